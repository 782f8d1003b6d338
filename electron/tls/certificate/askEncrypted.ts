import type { Dialer } from '../net/types';
import { handshake } from '../handshake';
import { answerOfFailure, noConnection, type AskForChain } from './chainAnswer';
import { allSchemesForCertificates, schemesOf } from './keyFamilies';

/** Asks in TLS 1.3, where the certificates are encrypted: by a handshake as far as the server's flight. */
export function askEncrypted(dialer: Dialer): AskForChain {
  return async (families, sni) => {
    const outcome = await handshake(dialer, {
      version: 'TLS1.3',
      sni,
      signatureAlgorithms: families.flatMap((family) => schemesOf[family]),
      extensions: [allSchemesForCertificates()],
      until: 'certificate',
    });
    if (outcome.kind === 'done') {
      outcome.session.close();
      return { kind: 'failed', again: false, why: 'the handshake went on past the certificate.' };
    }
    const { seen } = outcome;
    if (!seen || seen.chain.length === 0) {
      return outcome.kind === 'refused' || outcome.kind === 'unreachable'
        ? noConnection(outcome.why)
        : answerOfFailure(outcome);
    }
    const { chain, scts, staple } = seen;
    return {
      kind: 'chain',
      chain: {
        sni: sni === null ? 'without' : 'with',
        version: 'TLS1.3',
        chain,
        staple: staple ?? undefined,
        scts: scts ?? undefined,
      },
    };
  };
}
