import type { FaultKind, PracticeRequest, RequestOutcome } from '../../../shared/contract/practice';
import type { AwsError } from '../protocol/awsError';
import type { Caller, HttpRequest } from '../sigv4/verify';
import type { Answer } from './answer';
import type { Faults } from './faults';
import type { RequestLog } from './requestLog';

/** What becomes known of a request while it is answered. */
export interface RequestNote {
  operation: string;
  region?: string | undefined;
  key?: string | undefined;
  caller?: Caller | undefined;
  fault?: FaultKind | undefined;
  error?: AwsError | undefined;
}

/** What watches the requests of the account, and disturbs them where the operator wants it. */
export interface Observer {
  readonly faults: Faults;
  readonly requests: RequestLog;
  /** The account's time, milliseconds since 1970. */
  readonly now: () => number;
}

/** Answers a request and writes down how it went. */
export async function observed(
  request: HttpRequest,
  requestId: string,
  { requests, now }: Observer,
  answerTo: (note: RequestNote) => Answer | Promise<Answer>,
): Promise<Answer> {
  const at = now();
  const startedAt = performance.now();
  const note: RequestNote = { operation: 'unknown' };
  const answer = await answerTo(note);
  const { operation, region, key, caller, fault, error } = note;
  const userAgent = request.headers['user-agent'];
  const seen: Omit<PracticeRequest, 'seq'> = {
    at: new Date(at).toISOString(),
    requestId,
    operation,
    outcome: outcomeOf(answer, error),
    durationMs: Math.round((performance.now() - startedAt) * 10) / 10,
    ...(region !== undefined && { region }),
    ...(key !== undefined && { key: key.slice(0, 300) }),
    ...(caller && { principal: caller.arn }),
    ...(fault && { fault }),
    ...(!answer.unanswered && { status: answer.status }),
    ...(error && { error: error.code, message: error.message }),
    ...(userAgent !== undefined && { userAgent: userAgent.slice(0, 300) }),
  };
  requests.add(seen);
  return answer;
}

/** How the services of AWS say what a fault makes them say. */
export interface FaultErrors {
  readonly throttled: AwsError;
  readonly internal: AwsError;
}

/**
 * Lets the fault that is due strike: gives the answer that is none, throws the error that AWS would
 * answer with, or says that the permission is missing, for the service to refuse in its own words.
 */
export function meetFault(
  note: RequestNote,
  region: string,
  faults: Faults,
  errors: () => FaultErrors,
): { readonly unanswered?: Answer; readonly denied: boolean } {
  note.fault = faults.meet(note.operation, region);
  switch (note.fault) {
    case 'throttle':
      throw errors().throttled;
    case 'server-error':
      throw errors().internal;
    case 'time-out':
    case 'cut': {
      const unanswered = { status: 0, contentType: '', body: '', unanswered: note.fault };
      return { unanswered, denied: false };
    }
    case 'deny':
    case undefined:
      break;
  }
  return { denied: note.fault === 'deny' };
}

function outcomeOf(answer: Answer, error: AwsError | undefined): RequestOutcome {
  if (answer.unanswered) return 'unanswered';
  if (!error) return answer.status < 400 ? 'ok' : 'failed';
  if (error.code.startsWith('AccessDenied')) return 'denied';
  return error.code.startsWith('Throttling') ? 'throttled' : 'failed';
}
