import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { GetParametersForImportCommand, ImportKeyMaterialCommand } from '@aws-sdk/client-kms';
import { AppError } from '../../../shared/model/errors';
import type { StepContext } from '../run/stepContext';

/** Asks AWS for a key to wrap material with; it holds for a day and for several attempts. */
export async function importParameters(ctx: StepContext, key: string): Promise<ImportParameters> {
  const parameters = await ctx.send(
    ctx.home,
    new GetParametersForImportCommand({
      KeyId: key,
      WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
      WrappingKeySpec: 'RSA_4096',
    }),
    { resource: key },
  );
  if (!parameters.PublicKey || !parameters.ImportToken) {
    throw new AppError('bad-response', 'GetParametersForImport gave no key to wrap with.');
  }
  return { key, publicKey: parameters.PublicKey, token: parameters.ImportToken };
}

export interface ImportParameters {
  readonly key: string;
  readonly publicKey: Uint8Array;
  readonly token: Uint8Array;
}

/**
 * Wraps key material for AWS (RSA-4096, OAEP with SHA-256) and imports it. Throws AppError with AWS's
 * `IncorrectKeyMaterialException` where it is not what the key had.
 */
export async function importMaterial(
  ctx: StepContext,
  { key, publicKey, token }: ImportParameters,
  material: Uint8Array,
  words: string,
): Promise<void> {
  const wrapping = createPublicKey({
    key: Buffer.from(publicKey),
    format: 'der',
    type: 'spki',
  });
  const wrapped = publicEncrypt(
    { key: wrapping, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
    material,
  );
  const command = new ImportKeyMaterialCommand({
    KeyId: key,
    ImportToken: token,
    EncryptedKeyMaterial: wrapped,
    ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
  });
  const change = {
    kind: 'import-material',
    target: key,
    words,
    lasting: false,
  } as const;
  await ctx.change(change, ctx.home, command);
}
