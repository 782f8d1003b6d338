import type { ProtocolResult, TlsVersion } from '../../../shared/model/tls/scan';
import type { Dialer } from '../net/types';
import { spokenVersions } from './clientHello';
import { handshake } from './handshake';
import { suiteOf } from './suites';
import type { HandshakeOptions, HandshakeOutcome } from './types';

/** A version that the server offers, and its suites that this client can finish with, where they are known. */
export interface Plan {
  readonly version: TlsVersion;
  readonly suites?: readonly number[];
}

/** What this client can speak of what the server offers, newest first. */
export function plansFor(protocols: readonly ProtocolResult[]): Plan[] {
  return spokenVersions.flatMap((version) => {
    const protocol = protocols.find((one) => one.version === version);
    if (protocol?.offered !== 'yes') return [];
    const suites = protocol.suites.map(({ id }) => Number(id)).filter((id) => suiteOf(id));
    if (suites.length > 0) return [{ version, suites }];
    return protocol.suitesComplete ? [] : [{ version }];
  });
}

/**
 * A handshake in the newest version that works: an older one is tried where a newer one ends without a
 * word about the certificate that the server wants. Offers only what the server takes, so hellos are short.
 */
export async function handshakeBest(
  dialer: Dialer,
  protocols: readonly ProtocolResult[],
  options: Omit<HandshakeOptions, 'version' | 'suites'> = {},
): Promise<HandshakeOutcome> {
  let outcome: HandshakeOutcome = {
    kind: 'cannot',
    why: 'The server offers no version and suite with which this scanner can finish a handshake.',
  };
  for (const plan of plansFor(protocols)) {
    outcome = await handshake(dialer, { ...options, ...plan });
    if (brokeOff(outcome)) {
      // The server offers this version: it may be that it limits us.
      dialer.slowDown();
      outcome = await handshake(dialer, { ...options, ...plan });
    }
    const { kind } = outcome;
    if (kind === 'done' || kind === 'seen' || kind === 'refused' || kind === 'unreachable') break;
    if (outcome.seen?.certificateRequest) break;
  }
  return outcome;
}

function brokeOff(outcome: HandshakeOutcome): boolean {
  const { kind } = outcome;
  return (kind === 'closed' || kind === 'reset' || kind === 'timeout') && !outcome.seen;
}
