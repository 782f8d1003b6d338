import { ssl2Kinds } from '../../../shared/model/tls/registry';
import type { Finding } from '../../../shared/model/tls/scan';
import type { Dialer } from '../net/types';
import { buildSsl2Hello, readSsl2Flight, type Ssl2Flight } from '../wire/ssl2';
import { converse, doubts } from './answer';
import type { Asker } from './asker';

export interface Ssl2Finding {
  readonly offered: Finding;
  /** The kinds that the server has; it tells them all in one answer. */
  readonly kinds: readonly number[];
  /** DER. */
  readonly certificate?: Buffer;
}

/** Asks for SSLv2, which has a hello of its own. */
export async function findSsl2(dialer: Dialer, asker: Asker): Promise<Ssl2Finding> {
  const flight = await asker.sure<Outcome>({
    ask: () => askOnce(dialer, asker.waitMs()),
    isCertain,
    unknown: (why) => ({ kind: 'unknown', why }),
  });
  dialer.signal.throwIfAborted();
  if (flight.kind !== 'hello') return { offered: refusal(flight), kinds: [] };
  const { kinds, certificate } = flight;
  const offered: Finding =
    kinds.length > 0
      ? { value: 'yes' }
      : { value: 'yes', why: 'The server speaks SSLv2, but names no kind of cipher.' };
  return { offered, kinds, ...(certificate && { certificate }) };
}

type Outcome = Ssl2Flight | { readonly kind: 'unknown'; readonly why: string };

function askOnce(dialer: Dialer, timeoutMs: number): Promise<Outcome> {
  return converse(dialer.open(), (connection) => {
    connection.write(buildSsl2Hello(ssl2Kinds.map(({ id }) => id)));
    return readSsl2Flight(connection, timeoutMs);
  });
}

function isCertain({ kind }: Outcome): boolean {
  return kind === 'hello' || kind === 'error' || kind === 'garbage';
}

function refusal(flight: Exclude<Outcome, { kind: 'hello' }>): Finding {
  switch (flight.kind) {
    case 'error':
      return { value: 'no', why: `The server refuses with the SSLv2 error ${flight.code}.` };
    case 'garbage':
      return { value: 'no', why: `The server's answer is no SSLv2: ${flight.why}.` };
    case 'closed':
      return { value: 'no', why: 'The server closes the connection.' };
    case 'unknown':
      return { value: 'unknown', why: flight.why };
    case 'reset':
    case 'timeout':
    case 'limit':
    default:
      return { value: 'unknown', why: doubts[flight.kind] };
  }
}
