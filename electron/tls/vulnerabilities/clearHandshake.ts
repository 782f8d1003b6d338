import { randomBytes } from 'node:crypto';
import type { OfferedSuite, ProtocolResult } from '../../../shared/model/tls/scan';
import type { Connection, Dialer } from '../net/types';
import { buildClientHello, type HelloOptions } from '../wire/clientHello';
import { readServerFlight, type Flight } from '../wire/serverFlight';
import { isOffered, onlyTls13 } from './offered';
import { nameOf } from './words';

/** A connection on which the server has said all that it says in clear, up to its ServerHelloDone. */
export interface ClearHandshake {
  readonly kind: 'open';
  readonly connection: Connection;
  readonly flight: Extract<Flight, { kind: 'hello' }>;
  readonly clientRandom: Buffer;
  /** From hello to the flight's end: what an answer takes, more or less. */
  readonly elapsedMs: number;
}

/** A version to speak and the suites to offer in it. */
export interface Terms {
  readonly version: 'SSLv3' | 'TLS1.0' | 'TLS1.1' | 'TLS1.2';
  readonly suites: readonly number[];
}

const clearVersions = ['TLS1.2', 'TLS1.1', 'TLS1.0', 'SSLv3'] as const;

/**
 * The newest version with a handshake in clear in which suites of a kind (all, where none is named)
 * are offered; else whether there surely is none, with the reason.
 */
export function termsFor(
  protocols: readonly ProtocolResult[],
  matches: (suite: OfferedSuite) => boolean = () => true,
): Terms | { readonly surelyNone: boolean; readonly why: string } {
  for (const version of clearVersions) {
    const protocol = protocols.find((one) => one.version === version);
    const suites = protocol?.suites.filter(matches).map(({ id }) => Number(id)) ?? [];
    if (suites.length > 0) return { version, suites };
  }
  if (onlyTls13(protocols)) return { surelyNone: true, why: 'Only TLS 1.3 is offered.' };
  const open = clearVersions.find((version) => {
    const protocol = protocols.find((one) => one.version === version);
    return (
      isOffered(protocols, version) !== 'no' &&
      !(protocol?.suitesComplete && protocol.offered === 'yes')
    );
  });
  if (open)
    return { surelyNone: false, why: `No suite of ${nameOf(open)} is known to try it with.` };
  return { surelyNone: true, why: 'No version from SSLv3 to TLS 1.2 offers a suite for it.' };
}

/** Every group and signature algorithm that a server may insist on, the common ones first. */
export const groups = [
  29, 23, 24, 25, 30, 22, 21, 20, 19, 18, 26, 27, 28, 14, 13, 12, 11, 10, 9, 256, 257, 258,
];
export const signatureAlgorithms = [
  0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0603, 0x0806, 0x0601, 0x0807, 0x0808, 0x0809,
  0x080a, 0x080b, 0x0303, 0x0301, 0x0203, 0x0201, 0x0402, 0x0302, 0x0202, 0x0101,
];

type Failed = { readonly kind: 'failed'; readonly why: string };

/**
 * Connects, sends a hello and reads the flight; gives why where it does not come to its end. A server
 * that breaks off or says nothing may be limiting us: it is asked once more, by fewer connections.
 */
export async function openClear(
  dialer: Dialer,
  terms: Terms,
  more: Pick<HelloOptions, 'extensions'> = {},
): Promise<ClearHandshake | Failed> {
  const first = await tryClear(dialer, terms, more);
  if (first.kind === 'open' || !first.again) return first;
  dialer.slowDown();
  return tryClear(dialer, terms, more);
}

async function tryClear(
  dialer: Dialer,
  terms: Terms,
  more: Pick<HelloOptions, 'extensions'>,
): Promise<ClearHandshake | (Failed & { readonly again: boolean })> {
  const opened = await dialer.open();
  if (opened.kind !== 'open') {
    const { kind, why } = opened;
    return { kind: 'failed', why, again: kind === 'timeout' || kind === 'reset' };
  }
  const { connection } = opened;
  const before = performance.now();
  const { sni } = dialer.target;
  const random = randomBytes(32);
  connection.write(
    buildClientHello({ ...terms, sni, groups, signatureAlgorithms, random, ...more }),
  );
  const flight = await readServerFlight(connection, { until: 'done' });
  const elapsedMs = performance.now() - before;
  if (flight.kind === 'hello' && flight.brokenOff === undefined) {
    return { kind: 'open', connection, flight, clientRandom: random, elapsedMs };
  }
  connection.close();
  dialer.signal.throwIfAborted();
  const why = `The handshake did not get as far as it must: ${failureOf(flight)}.`;
  const again = ['closed', 'reset', 'timeout'].includes(flight.kind) || flight.kind === 'hello';
  return { kind: 'failed', why, again };
}

/** How long silence must last to be one, by how long the hello took: an answer takes no longer. */
export function patienceMs(helloMs: number): number {
  return Math.min(2_000, 300 + 4 * helloMs);
}

function failureOf(flight: Flight): string {
  switch (flight.kind) {
    case 'hello':
      return `the server's flight broke off (${flight.brokenOff ?? ''})`;
    case 'alert':
      return `alert ${flight.description}`;
    case 'garbage':
      return flight.why;
    case 'closed':
    case 'reset':
      return `the connection was ${flight.kind}`;
    case 'timeout':
      return 'no answer in time';
    case 'limit':
      return 'the server sent too much';
    default:
      return flight satisfies never;
  }
}
