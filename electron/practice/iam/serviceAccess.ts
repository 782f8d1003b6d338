import type { Caller } from '../sigv4/verify';
import { decide } from './decide';
import { accessDenied } from './denial';
import { globalKeys } from './globalKeys';
import { createPolicyReader } from './policy';

/** What a caller asks a service for whose resources have no policy of their own. */
export interface ServiceRequest {
  readonly caller: Caller;
  readonly region: string;
  /** The account's time. */
  readonly now: number;
  /** `cloudtrail:LookupEvents` */
  readonly action: string;
  /** An ARN, or `*`. */
  readonly resource: string;
  /** The permission is taken away for this request, whatever policies say. */
  readonly denied?: boolean | undefined;
}

/** Checks that the caller's own policies allow a request; throws AWS's AccessDeniedException. */
export type ServiceAccess = (request: ServiceRequest) => void;

export function createServiceAccess(): ServiceAccess {
  const read = createPolicyReader();
  return (request) => {
    const { caller, denied } = request;
    const { identity } = caller;
    const session = identity?.session?.sessionPolicy;
    const asked = { ...request, lookup: globalKeys(request) };
    const refusal = denied
      ? ({ kind: 'missing', from: 'identity-based policy' } as const)
      : decide(asked, {
          identity: (identity?.policies ?? []).map(read),
          session: session === undefined ? undefined : read(session),
          resourceAccountId: caller.accountId,
        });
    if (refusal) throw accessDenied(asked, refusal);
  };
}
