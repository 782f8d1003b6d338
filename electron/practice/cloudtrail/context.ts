import type { Buckets } from '../s3/buckets';
import type { Caller } from '../sigv4/verify';
import type { Members } from '../protocol/rules';
import type { Collection, Collections } from '../account/collections';
import type { Delivery } from './delivery';
import type { EventLog } from './eventLog';
import type { History } from './history/history';
import type { SigningKeys } from './signingKeys';
import type { TrailRecord } from './trail';

/** What an operation of CloudTrail may use while it answers one request. */
export interface TrailContext {
  readonly operation: string;
  readonly region: string;
  readonly accountId: string;
  readonly caller: Caller;
  readonly now: number;
  readonly state: Collections;
  readonly trails: Collection<TrailRecord>;
  readonly log: EventLog;
  readonly delivery: Delivery;
  readonly keys: SigningKeys;
  readonly buckets: Buckets;
  readonly history: History | undefined;
  /** Waits some seconds at most for what is due to be delivered, in one Region or in all. */
  readonly settle: (trail: TrailRecord, region?: string) => Promise<void>;
}

export interface TrailOperation {
  readonly name: string;
  readonly readOnly: boolean;
  readonly members: Members;
  run(input: never, context: TrailContext): object | Promise<object>;
}

/** Declares one operation; its input is what `members` let through. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it types the input of `run`
export function trailOperation<I>(definition: {
  readonly name: string;
  readonly readOnly: boolean;
  readonly members: Members;
  run(input: I, context: TrailContext): object | Promise<object>;
}): TrailOperation {
  return definition;
}
