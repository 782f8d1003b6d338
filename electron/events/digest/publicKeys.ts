import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../../../shared/model/errors';
import type { TrailPublicKey } from './digestFile';

const listSchema = z.object({
  PublicKeyList: z.array(z.object({ Value: z.base64(), Fingerprint: z.string() })),
});

/**
 * The keys of files that hold what `aws cloudtrail list-public-keys` prints, of any Regions: a
 * fingerprint names one key wherever it is used. Throws AppError `file-failed`.
 */
export async function readPublicKeys(paths: readonly string[]): Promise<TrailPublicKey[]> {
  const lists = await Promise.all(paths.map(readOne));
  return lists.flat();
}

async function readOne(path: string): Promise<TrailPublicKey[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new AppError('file-failed', `The public keys ${path} cannot be read (${code}).`);
  }
  try {
    return listSchema.parse(JSON.parse(text)).PublicKeyList.map(({ Value, Fingerprint }) => ({
      fingerprint: Fingerprint,
      value: Buffer.from(Value, 'base64'),
    }));
  } catch {
    throw new AppError(
      'file-failed',
      `${path} is not what "aws cloudtrail list-public-keys --output json" prints.`,
    );
  }
}
