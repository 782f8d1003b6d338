import type { ErrorCode, ErrorInfo } from '../../shared/model/errors';

/** Failures that are of the way to AWS or of the session, not of one key or one permission. */
const wholesale: ReadonlySet<ErrorCode> = new Set([
  'no-credentials',
  'expired-credentials',
  'invalid-credentials',
  'clock-skew',
  'mfa-required',
  'runtime-refused',
  'unreachable',
  'timeout',
]);

/** Failures of this kind in a row, with no answer between them, after which nothing more is asked. */
const limit = 8;

/** Stops a Region's run when AWS cannot be reached at all: ten thousand timeouts tell no more than eight. */
export interface Breaker {
  answered(): void;
  failed(error: ErrorInfo): void;
  /** Why nothing more is asked; undefined while there is hope. */
  readonly open: ErrorInfo | undefined;
}

export function createBreaker(): Breaker {
  let inARow = 0;
  let open: ErrorInfo | undefined;
  return {
    answered() {
      inARow = 0;
    },
    failed(error) {
      if (!wholesale.has(error.code)) {
        inARow = 0;
        return;
      }
      inARow++;
      if (inARow >= limit) {
        open ??= {
          ...error,
          message: `Not asked, because the calls before it failed: ${error.message}`,
        };
      }
    },
    get open() {
      return open;
    },
  };
}
