import type { KeyUse, Proof } from '../../shared/model/envelope/jobs';
import { AppError } from '../../shared/model/errors';
import type { AwsGateway } from '../aws/types';
import type { Outcome } from './work/types';

/**
 * What it proves that an envelope was opened: with which version of the key's material, whether that is
 * the present one, and whether the content is the expected one. Rotation keeps old material for opening
 * (AWS KMS, "Rotating keys"): an envelope that opens with earlier material proves that it still does.
 */
export async function proofOf(
  path: string,
  opened: Outcome,
  expectedSha256: string | undefined,
  gateway: AwsGateway,
  signal: AbortSignal,
): Promise<Proof> {
  const [key] = opened.keys;
  const { plaintextSha256, plaintextBytes } = opened;
  if (!key || plaintextSha256 === undefined || plaintextBytes === undefined) {
    throw new AppError('internal', 'The envelope was opened without a key.');
  }
  const current = await currentMaterial(key, gateway, signal);
  const material = relationOf(key, current);
  const expected = expectedSha256?.toLowerCase();
  const equal = expected === undefined ? undefined : expected === plaintextSha256;
  return {
    path,
    format: opened.format,
    plaintextSha256,
    plaintextBytes,
    ...(expected !== undefined && { expectedSha256: expected, equal }),
    key,
    ...(current.id !== undefined && { currentKeyMaterialId: current.id }),
    material,
    sentence: [sentences[material], current.why, equalitySentence(equal)]
      .filter((part) => part !== undefined)
      .join(' '),
  };
}

function relationOf({ keyMaterialId }: KeyUse, current: { id?: string }): Proof['material'] {
  if (keyMaterialId === undefined || current.id === undefined) return 'cannot-tell';
  return keyMaterialId === current.id ? 'current' : 'earlier';
}

const sentences: Readonly<Record<Proof['material'], string>> = {
  current: 'It opens, with the key’s present material: it was sealed since the last rotation.',
  earlier:
    'It opens, with earlier material of the key than the present: the key was rotated since, and old data stays readable.',
  'cannot-tell': 'It opens. Whether with present or earlier material of the key cannot be told.',
};

function equalitySentence(equal: boolean | undefined): string | undefined {
  if (equal === undefined) return undefined;
  return equal
    ? 'The content is the expected one: its hash is equal.'
    : 'The content is NOT the expected one: its hash is another.';
}

/** DescribeKey's word for it; why not, where it has none. */
async function currentMaterial(
  { keyArn, connection, region, keyMaterialId }: KeyUse,
  gateway: AwsGateway,
  signal: AbortSignal,
): Promise<{ id?: string; why?: string }> {
  if (keyMaterialId === undefined) {
    return { why: 'KMS does not name the material of this kind of key.' };
  }
  try {
    const { DescribeKeyCommand } = await import('@aws-sdk/client-kms');
    const { output } = await gateway.send(
      { connection, region },
      new DescribeKeyCommand({ KeyId: keyArn }),
      { signal },
    );
    const id = output.KeyMetadata?.CurrentKeyMaterialId;
    return id === undefined ? { why: 'KMS does not name the key’s present material.' } : { id };
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError)) throw error;
    return { why: error.message };
  }
}
