import { readFile, stat } from 'node:fs/promises';
import { AppError } from '../../shared/model/errors';
import type { FoundSecret } from '../../shared/model/secrets';
import { digestsOf, type Ignored } from './ignored';
import { secretsIn } from './secretsIn';

/**
 * Reads a finding once more, to know it again after this: gives HMACs of its value alone. Throws
 * AppError `conflict` where the file is not the one that was scanned.
 */
export async function declare({
  file,
  line,
  kind,
  modifiedMs,
}: FoundSecret): Promise<Pick<Ignored, 'salt' | 'digests'>> {
  const changed = new AppError('conflict', `${file} has changed since the scan. Scan again.`);
  const read = async () => {
    const bytes = await readFile(file);
    return (await stat(file)).mtimeMs === modifiedMs ? bytes : undefined;
  };
  const bytes = await read().catch(() => undefined);
  if (!bytes) throw changed;
  const secrets = await secretsIn(file, bytes.toString('utf8'));
  const values = secrets.flatMap((one) =>
    one.line === line && one.kind === kind ? [one.value] : [],
  );
  if (values.length === 0) throw changed;
  return digestsOf(values);
}
