import { constants, createPublicKey, publicEncrypt, randomBytes, randomUUID } from 'node:crypto';
import { dayMs } from '../kms/lifecycle';
import type { Seeding } from './index';

/** One call that someone of the company made, so many days ago. */
export interface Step {
  readonly daysAgo: number;
  readonly region: string;
  readonly operation: string;
  /** `{key}` stands for the key's id. */
  readonly input?: Readonly<Record<string, unknown>>;
}

/** One key of an estate: how it was made, and what happened to it afterwards. */
export interface EstateKey {
  readonly region: string;
  readonly daysAgo: number;
  readonly description: string;
  readonly alias?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly create?: Readonly<Record<string, unknown>>;
  readonly later?: readonly Step[];
}

/** A step that the story has words for, besides AWS's operations: import of new random material. */
export const importMaterial = 'import material';

/**
 * Lives an estate's life in the order in which it happened, with the real operations on the account's
 * moving clock; the clock ends at the present.
 */
export async function live(seeding: Seeding, estate: readonly EstateKey[]): Promise<void> {
  const { account } = seeding;
  const present = account.clock.now();
  const ids = new Map<EstateKey, string>();
  const events = estate
    .flatMap((key, order) => [
      { at: key.daysAgo, order, run: () => create(seeding, key, ids) },
      ...(key.later ?? []).map((step) => ({
        at: step.daysAgo,
        order,
        run: () => perform(seeding, step, ids.get(key) ?? ''),
      })),
    ])
    .sort((a, b) => b.at - a.at || a.order - b.order);
  for (const { at, run } of events) {
    account.clock.set(present - at * dayMs);
    await run();
  }
  account.clock.set(present);
}

async function create(
  seeding: Seeding,
  key: EstateKey,
  ids: Map<EstateKey, string>,
): Promise<void> {
  const { KeyMetadata } = (await call(seeding, key.region, 'CreateKey', {
    Description: key.description,
    Tags: Object.entries(key.tags ?? {}).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
    ...key.create,
  })) as { KeyMetadata: { KeyId: string } };
  ids.set(key, KeyMetadata.KeyId);
  if (key.alias) {
    const input = { AliasName: key.alias, TargetKeyId: KeyMetadata.KeyId };
    await call(seeding, key.region, 'CreateAlias', input);
  }
}

async function perform(seeding: Seeding, step: Step, keyId: string): Promise<void> {
  if (step.operation === importMaterial) {
    await importRandom(seeding, step, keyId);
    return;
  }
  const input = JSON.parse(
    JSON.stringify({ KeyId: '{key}', ...step.input }).replaceAll('{key}', keyId),
  ) as object;
  await call(seeding, step.region, step.operation, input);
}

async function importRandom(seeding: Seeding, step: Step, keyId: string): Promise<void> {
  const parameters = (await call(seeding, step.region, 'GetParametersForImport', {
    KeyId: keyId,
    WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
    WrappingKeySpec: 'RSA_2048',
  })) as { ImportToken: Buffer; PublicKey: Buffer };
  const key = createPublicKey({ key: parameters.PublicKey, format: 'der', type: 'spki' });
  const wrapped = publicEncrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
    randomBytes(32),
  );
  const { validDays, ...input } = step.input ?? {};
  const expiry =
    typeof validDays === 'number'
      ? {
          ExpirationModel: 'KEY_MATERIAL_EXPIRES',
          ValidTo: seeding.account.clock.now() / 1000 + validDays * 86_400,
        }
      : { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' };
  await call(seeding, step.region, 'ImportKeyMaterial', {
    KeyId: keyId,
    ImportToken: parameters.ImportToken.toString('base64'),
    EncryptedKeyMaterial: wrapped.toString('base64'),
    ...expiry,
    ...input,
  });
}

function call(seeding: Seeding, region: string, operation: string, input: object) {
  const requestId = randomUUID();
  return seeding.kms.handle({ operation, input, region, caller: seeding.caller, requestId });
}
