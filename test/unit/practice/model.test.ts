import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { kmsForTest, type KmsForTest } from './kmsForTest';

/** What a person who has read AWS's documentation expects of one key. */
interface ModelKey {
  readonly arn: string;
  readonly keyId: string;
  state: 'Enabled' | 'Disabled' | 'PendingDeletion' | 'gone';
  deletionDay: number;
  /** On-demand rotations that were begun, the one in progress among them. */
  rotations: number;
  rotating: boolean;
}
interface ModelCiphertext {
  readonly blob: string;
  readonly key: ModelKey;
  readonly context: string;
  readonly plaintext: string;
}
interface Model {
  day: number;
  readonly keys: ModelKey[];
  readonly ciphertexts: ModelCiphertext[];
}

const pick = fc.nat({ max: 3 });
const context = fc.constantFrom('', 'a', 'b');
const step = fc.oneof(
  fc.record({ do: fc.constant('create' as const) }),
  fc.record({
    do: fc.constantFrom(
      'EnableKey' as const,
      'DisableKey' as const,
      'CancelKeyDeletion' as const,
      'RotateKeyOnDemand' as const,
    ),
    key: pick,
  }),
  fc.record({
    do: fc.constant('ScheduleKeyDeletion' as const),
    key: pick,
    days: fc.integer({ min: 7, max: 30 }),
  }),
  fc.record({
    do: fc.constant('encrypt' as const),
    key: pick,
    context,
    plaintext: fc.constantFrom('AAAA', 'BBBB'),
  }),
  fc.record({
    do: fc.constant('decrypt' as const),
    ciphertext: fc.nat({ max: 9 }),
    context,
    named: fc.option(pick),
  }),
  fc.record({ do: fc.constant('advance' as const), days: fc.integer({ min: 1, max: 20 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const contextOf = (name: string) => (name === '' ? {} : { EncryptionContext: { purpose: name } });
const disabled = (key: ModelKey) => `DisabledException: ${key.arn} is disabled.`;
const pending = (key: ModelKey) => `KMSInvalidStateException: ${key.arn} is pending deletion.`;
const missing = (key: ModelKey) => `NotFoundException: Key '${key.arn}' does not exist`;
const noAccess =
  'AccessDeniedException: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.';

function usable(key: ModelKey): string {
  if (key.state === 'gone') return missing(key);
  if (key.state === 'PendingDeletion') return pending(key);
  return key.state === 'Disabled' ? disabled(key) : 'ok';
}

function expectedChange(operation: string, key: ModelKey): string {
  if (key.state === 'gone') return missing(key);
  const isPending = key.state === 'PendingDeletion';
  if (operation === 'CancelKeyDeletion') {
    return isPending ? 'ok' : `KMSInvalidStateException: ${key.arn} is not pending deletion.`;
  }
  if (isPending) return pending(key);
  if (operation !== 'RotateKeyOnDemand') return 'ok';
  if (key.state === 'Disabled') return disabled(key);
  if (key.rotating) {
    return `ConflictException: A rotation of ${key.arn} is in progress or begins within 20 minutes.`;
  }
  return key.rotations < 25
    ? 'ok'
    : `LimitExceededException: The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${key.arn}`;
}

function change(operation: string, key: ModelKey, day: number, days: number): void {
  if (operation === 'EnableKey') key.state = 'Enabled';
  else if (operation === 'DisableKey' || operation === 'CancelKeyDeletion') key.state = 'Disabled';
  else if (operation === 'RotateKeyOnDemand') {
    key.rotations++;
    key.rotating = true;
  } else {
    key.state = 'PendingDeletion';
    key.deletionDay = day + days;
  }
}

function expectedDecrypt(
  sealed: ModelCiphertext,
  asked: string,
  named: ModelKey | undefined,
): string {
  if (sealed.key.state === 'gone') return noAccess;
  if (named?.state === 'gone') return missing(named);
  if (named && named !== sealed.key) {
    return 'IncorrectKeyException: The key ID in the request does not identify a CMK that can perform this operation.';
  }
  const state = usable(sealed.key);
  if (state !== 'ok') return state;
  return asked === sealed.context ? 'ok' : 'InvalidCiphertextException: ';
}

async function play(world: KmsForTest, model: Model, one: Step): Promise<void> {
  switch (one.do) {
    case 'create': {
      const { KeyMetadata } = await world.call<{ KeyMetadata: { KeyId: string; Arn: string } }>(
        'CreateKey',
      );
      const { KeyId: keyId, Arn: arn } = KeyMetadata;
      model.keys.push({
        keyId,
        arn,
        state: 'Enabled',
        deletionDay: 0,
        rotations: 0,
        rotating: false,
      });
      return;
    }
    case 'advance':
      world.advanceDays(one.days);
      model.day += one.days;
      for (const key of model.keys) {
        key.rotating = false;
        if (key.state === 'PendingDeletion' && key.deletionDay <= model.day) key.state = 'gone';
      }
      return;
    case 'encrypt': {
      const key = model.keys[one.key];
      if (!key) return;
      const input = { KeyId: key.keyId, Plaintext: one.plaintext, ...contextOf(one.context) };
      const expected = usable(key);
      if (expected !== 'ok') {
        expect(await world.outcome('Encrypt', input)).toBe(expected);
        return;
      }
      const { CiphertextBlob } = await world.call<{ CiphertextBlob: Buffer }>('Encrypt', input);
      const blob = CiphertextBlob.toString('base64');
      model.ciphertexts.push({ blob, key, context: one.context, plaintext: one.plaintext });
      return;
    }
    case 'decrypt': {
      const sealed = model.ciphertexts[one.ciphertext];
      if (!sealed) return;
      const named = one.named === null ? undefined : model.keys[one.named];
      const input = {
        CiphertextBlob: sealed.blob,
        ...contextOf(one.context),
        ...(named && { KeyId: named.keyId }),
      };
      const expected = expectedDecrypt(sealed, one.context, named);
      expect(await world.outcome('Decrypt', input)).toBe(expected);
      if (expected !== 'ok') return;
      const { Plaintext } = await world.call<{ Plaintext: Buffer }>('Decrypt', input);
      expect(Plaintext.toString('base64')).toBe(sealed.plaintext);
      return;
    }
    case 'EnableKey':
    case 'DisableKey':
    case 'CancelKeyDeletion':
    case 'RotateKeyOnDemand':
    case 'ScheduleKeyDeletion': {
      const key = model.keys[one.key];
      if (!key) return;
      const days = 'days' in one ? one.days : 0;
      const input = { KeyId: key.keyId, ...('days' in one && { PendingWindowInDays: days }) };
      const expected = expectedChange(one.do, key);
      expect(await world.outcome(one.do, input)).toBe(expected);
      if (expected === 'ok') change(one.do, key, model.day, days);
    }
  }
}

it('agrees with the model on any sequence of operations; nothing opens that should not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async (steps) => {
      const world = kmsForTest();
      const model: Model = { day: 0, keys: [], ciphertexts: [] };
      for (let count = 0; count < 3; count++) await play(world, model, { do: 'create' });
      for (const one of steps) {
        if (one.do === 'create' && model.keys.length >= 4) continue;
        await play(world, model, one);
      }
      for (const key of model.keys) {
        const { KeyMetadata } = await world
          .call<{ KeyMetadata: { KeyState: string } }>('DescribeKey', { KeyId: key.keyId })
          .catch(() => ({ KeyMetadata: { KeyState: 'gone' } }));
        expect(KeyMetadata.KeyState).toBe(key.state);
      }
    }),
    { numRuns: 100 },
  );
}, 60_000);
