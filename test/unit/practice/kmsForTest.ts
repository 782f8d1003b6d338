import { openAccount, operatorOf, type Account } from '../../../electron/practice/account/account';
import { memoryStorage } from '../../../electron/practice/account/storage';
import { createThrottle } from '../../../electron/practice/account/throttle';
import { createKms, type Kms } from '../../../electron/practice/kms/index';
import type { KeyRecord } from '../../../electron/practice/kms/model';
import { AwsError } from '../../../electron/practice/protocol/awsError';

export const home = 'eu-central-1';

export interface KmsForTest {
  readonly account: Account;
  readonly kms: Kms;
  /** Calls an operation as the account's operator. */
  call<O = Record<string, unknown>>(operation: string, input?: object, region?: string): Promise<O>;
  /** The same, and gives `Code: text` of the refusal, or 'ok'. */
  outcome(operation: string, input?: object, region?: string): Promise<string>;
  /** The stored key, to be changed by `put`. */
  key(keyId: string, region?: string): KeyRecord;
  advanceDays(days: number): void;
  /** Lets what KMS does in the background (rotation on demand, Creating, Updating) come to its end. */
  advanceSeconds(seconds: number): void;
}

/** KMS in memory, without HTTP, on a clock that stands still until it is moved. */
export function kmsForTest(): KmsForTest {
  const start = Date.parse('2026-01-01T00:00:00Z');
  const account = openAccount(memoryStorage(), [home], () => start);
  const kms = createKms({
    account,
    throttle: createThrottle(() => 0),
    enforceQuotas: () => false,
  });
  const caller = operatorOf(account.accountId, 'AKIATEST');
  const call = async (operation: string, input: object = {}, region = home) =>
    ((await kms.handle({ operation, input, region, caller, requestId: 'test' })) ?? {}) as never;
  return {
    account,
    kms,
    call,
    async outcome(operation, input, region) {
      try {
        await call(operation, input, region);
        return 'ok';
      } catch (error) {
        if (error instanceof AwsError) return `${error.code}: ${error.message}`;
        throw error;
      }
    },
    key(keyId, region = home) {
      const key = kms.ring.find(region, keyId);
      if (!key) throw new Error(`no key ${keyId}`);
      return key;
    },
    advanceDays: (days) => account.clock.advance(days * 86_400_000),
    advanceSeconds: (seconds) => account.clock.advance(seconds * 1000),
  };
}
