import { administratorAccess } from '../iam/model';
import type { Caller } from '../sigv4/verify';
import { createClock, type PracticeClock } from './clock';
import { openCollections, type Collections } from './collections';
import type { Storage } from './storage';

/** Whose account it is: AWS's own example number, so that no one takes it for a real one. */
export const practiceAccountId = '111122223333';

/** Everything that one practice account is made of; services keep their state in its collections. */
export interface Account {
  readonly accountId: string;
  readonly clock: PracticeClock;
  readonly state: Collections;
  readonly regions: readonly string[];
}

/** Who signs with the account's own access key. */
export function operatorOf(accountId: string, accessKeyId: string): Caller {
  const arn = `arn:aws:iam::${accountId}:user/practice-operator`;
  const userId = 'AIDAPRACTICEOPERATOR1';
  return {
    accountId,
    accessKeyId,
    arn,
    userId,
    identity: {
      type: 'User',
      entityArn: arn,
      uniqueId: userId,
      userName: 'practice-operator',
      policies: [administratorAccess],
      tags: {},
    },
  };
}

/** Opens the account over its storage; the clock stands where it was left. */
export function openAccount(
  storage: Storage,
  regions: readonly string[],
  realNow: () => number,
): Account {
  const state = openCollections(storage);
  const meta = state.of<{ offsetMs: number }>('clock');
  const clock = createClock(realNow, meta.get('clock')?.offsetMs ?? 0, (offsetMs) => {
    meta.put('clock', { offsetMs });
    state.commit();
  });
  return { accountId: practiceAccountId, clock, state, regions };
}
