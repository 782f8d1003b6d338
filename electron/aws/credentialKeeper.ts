import { AppError } from '../../shared/model/errors';
import type { AwsCredentials } from './session';
import { createSharedFlight } from './sharedFlight';

/** Credentials of one connection, in memory only. */
export interface CredentialKeeper {
  get(signal?: AbortSignal): Promise<AwsCredentials>;
  /** AWS no longer takes these: the next `get` fetches anew. */
  forget(credentials: AwsCredentials): void;
  /** Lets the next `get` try again at once after a failure. */
  retry(): void;
}

/** Credentials are renewed this long before they expire, or when a quarter of their life is left. */
const renewBeforeMs = 5 * 60_000;
/** A failure answers all calls of the next moments too, so that an inventory does not ask a thousand times. */
const failureHoldsMs = 5000;
/** Who gives up an MFA prompt is not asked again by what still runs, only by asking anew (`retry`). */
const givenUpHoldsMs = 60_000;

/** `fetch` is run once for any number of concurrent calls. */
export function createCredentialKeeper(
  fetch: (signal: AbortSignal) => Promise<AwsCredentials>,
  now: () => Date,
): CredentialKeeper {
  let kept: { credentials: AwsCredentials; renewAtMs: number } | undefined;
  let failure: { error: AppError; untilMs: number } | undefined;

  const fetchShared = createSharedFlight(async (signal) => {
    const credentials = await fetch(signal);
    const expiresMs = credentials.expiration?.getTime() ?? Infinity;
    const lifeMs = expiresMs - now().getTime();
    kept = { credentials, renewAtMs: expiresMs - Math.min(renewBeforeMs, lifeMs / 4) };
    failure = undefined;
    return credentials;
  });

  function isValid(credentials: AwsCredentials): boolean {
    return (credentials.expiration?.getTime() ?? Infinity) > now().getTime();
  }

  return {
    async get(signal) {
      const nowMs = now().getTime();
      if (kept && nowMs < kept.renewAtMs) return kept.credentials;
      if (failure && nowMs < failure.untilMs) {
        if (kept && isValid(kept.credentials)) return kept.credentials;
        throw failure.error;
      }
      try {
        return await fetchShared(signal);
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
        const holdsMs = error.code === 'mfa-required' ? givenUpHoldsMs : failureHoldsMs;
        failure = { error, untilMs: now().getTime() + holdsMs };
        // Not renewed, but what is there still holds.
        if (kept && isValid(kept.credentials)) return kept.credentials;
        throw error;
      }
    },
    forget(credentials) {
      if (kept?.credentials === credentials) kept = undefined;
    },
    retry() {
      failure = undefined;
    },
  };
}
