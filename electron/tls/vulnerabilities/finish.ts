import type { OfferedSuite, ProtocolResult, TlsVersion } from '../../../shared/model/tls/scan';
import { describeFailure, type HandshakeOutcome } from '../handshake';
import { suiteOf } from '../handshake/suites';
import { findSuites } from './offered';
import { sentence } from './words';

/** A version up to TLS 1.2 and suites of it that our own client can finish a handshake with. */
export interface FinishTerms {
  readonly version: TlsVersion;
  readonly suites: number[];
}

/**
 * The newest of TLS 1.0 to 1.2 with suites of a kind with which a handshake can be finished; else
 * whether there surely are no suites of that kind, with the reason.
 */
export function finishTermsFor(
  protocols: readonly ProtocolResult[],
  matches: (suite: OfferedSuite) => boolean = () => true,
): FinishTerms | { readonly surelyNone: boolean; readonly why: string } {
  const { hits, gaps } = findSuites(protocols, ['TLS1.2', 'TLS1.1', 'TLS1.0'], matches);
  for (const { version, suites } of hits) {
    const known = suites.map(({ id }) => Number(id)).filter((id) => suiteOf(id) !== undefined);
    if (known.length > 0) return { version, suites: known };
  }
  if (gaps.length > 0) return { surelyNone: false, why: sentence(gaps) };
  return hits.length > 0
    ? {
        surelyNone: false,
        why: 'This scanner cannot finish a handshake with the suites that are offered.',
      }
    : { surelyNone: true, why: 'Nothing from TLS 1.0 to TLS 1.2 offers a suite for it.' };
}

/** Why a handshake was not finished, as a sentence. */
export function unfinished(outcome: Exclude<HandshakeOutcome, { kind: 'done' }>): string {
  if (outcome.kind === 'seen') return 'The handshake was not finished.';
  return 'why' in outcome ? outcome.why : describeFailure(outcome);
}
