import { readFile, stat } from 'node:fs/promises';
import { AppError } from '../../shared/model/errors';
import type { FoundSecret } from '../../shared/model/secrets';
import { digestWithSalt, type Ignored } from './ignored';
import { secretsIn } from './secretsIn';

/**
 * Reads a finding once more, to know it again after this: gives an HMAC of its value alone. `place` is
 * which one it is of those of its kind in its line, from 0. Throws
 * AppError `conflict` where the file is not the one that was scanned.
 */
export async function declare(
  { file, line, kind, modifiedMs }: FoundSecret,
  place: number,
): Promise<Pick<Ignored, 'salt' | 'digest'>> {
  const changed = new AppError('conflict', `${file} has changed since the scan. Scan again.`);
  const read = async () => {
    const bytes = await readFile(file);
    return (await stat(file)).mtimeMs === modifiedMs ? bytes : undefined;
  };
  const bytes = await read().catch(() => undefined);
  if (!bytes) throw changed;
  const secrets = await secretsIn(file, bytes.toString('utf8'));
  const named = secrets.filter((one) => one.line === line && one.kind === kind)[place];
  if (!named) throw changed;
  return digestWithSalt(named.value);
}
