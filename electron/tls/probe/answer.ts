import { alertName, suiteName } from '../../../shared/model/tls/registry';
import type { Connection, OpenOutcome } from '../net/types';
import type { Flight } from '../wire/serverFlight';

/** What a question to the server came to. Only `refused` is a no; `unknown` never is. */
export type Answer =
  | Extract<Flight, { kind: 'hello' }>
  | {
      readonly kind: 'refused';
      readonly how: Refusal;
      readonly alert?: number;
      readonly why: string;
    }
  | { readonly kind: 'unknown'; readonly how: Doubt; readonly why: string };

/** `closed`: hung up without an alert. */
type Refusal = 'alert' | 'closed';
type Doubt =
  | 'reset'
  | 'timeout'
  | 'limit'
  | 'garbage'
  | 'no-connection'
  | 'gave-up'
  /** An alert about something else than version, suites and groups. */
  | 'other-alert';

/** Opens a connection, lets `talk` use it and closes it; `unknown` where none came about. */
export async function converse<T>(
  open: Promise<OpenOutcome>,
  talk: (connection: Connection) => Promise<T>,
): Promise<T | Extract<Answer, { kind: 'unknown' }>> {
  const opened = await open;
  if (opened.kind !== 'open') return { kind: 'unknown', how: 'no-connection', why: opened.why };
  try {
    return await talk(opened.connection);
  } finally {
    opened.connection.close();
  }
}

/** What a flight means as an answer. */
export function answerOf(flight: Flight): Answer {
  switch (flight.kind) {
    case 'hello':
      return flight;
    case 'alert':
      return answerOfAlert(flight.description);
    case 'closed':
      return closed;
    case 'garbage':
      return {
        kind: 'unknown',
        how: 'garbage',
        why: `The server's answer is no TLS: ${flight.why}.`,
      };
    case 'reset':
    case 'timeout':
    case 'limit':
    default:
      return { kind: 'unknown', how: flight.kind, why: doubts[flight.kind] };
  }
}

const closed: Answer = {
  kind: 'refused',
  how: 'closed',
  why: 'The server closes the connection.',
};

function answerOfAlert(alert: number): Answer {
  if (alert === closeNotify) return closed;
  const name = alertName(alert);
  return otherAlerts.has(alert)
    ? { kind: 'unknown', how: 'other-alert', why: `The server refuses us altogether: ${name}.` }
    : { kind: 'refused', how: 'alert', alert, why: `The server refuses with the alert ${name}.` };
}

const closeNotify = 0;
/** access_denied, unrecognized_name, no_application_protocol, ech_required: whatever we offered. */
const otherAlerts: ReadonlySet<number> = new Set([49, 112, 120, 121]);

/** What says nothing about the question. */
export const doubts = {
  reset: 'The connection was reset.',
  timeout: 'The server did not answer in time.',
  limit: 'The server sent more than any answer needs.',
} as const;

export type HelloAnswer = Extract<Answer, { kind: 'hello' }>;

/** The server chose something that was not offered: whatever that means, it is no yes. */
export function nonsense({ hello }: HelloAnswer): Answer {
  const chosen = `${hello.version}, ${suiteName(hello.suite)}`;
  return {
    kind: 'unknown',
    how: 'garbage',
    why: `The server chose what was not offered: ${chosen}.`,
  };
}
