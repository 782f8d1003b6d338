import { signatureSchemes, suiteInfo } from '../../../shared/model/tls/registry';
import { handshake } from '../handshake';
import type { Dialer } from '../net/types';
import type { Asker } from './asker';
import { helloOf } from './offers';
import type { VersionFinding } from './versionFinding';

export interface SchemesFinding {
  readonly schemes: readonly number[];
  /** Why there may be more; undefined where the server refused all others. */
  readonly why?: string;
}

/** Finds the schemes with which a TLS 1.2 server signs its key exchange, by removal. */
export async function findSchemes12(
  asker: Asker,
  { version, size, suites }: VersionFinding,
  sni: string | null,
): Promise<SchemesFinding> {
  const signed = suites.map(({ suite }) => suite).filter(isSigned);
  if (signed.length === 0) return { schemes: [] };
  return removeSchemes(async (schemes) => {
    const answer = await asker.ask(helloOf({ version, size, sni, suites: signed, schemes }));
    if (answer.kind !== 'hello') return answer;
    for (const message of answer.messages) {
      if (message.name !== 'serverKeyExchange' || message.keyExchange.kind === 'other') continue;
      const algorithm = message.keyExchange.signature?.algorithm;
      if (algorithm !== undefined) return { kind: 'signed', scheme: algorithm };
    }
    return { kind: 'unknown', why: 'The server signed nothing that could be read.' };
  });
}

/** Finds the schemes with which a TLS 1.3 server signs its CertificateVerify, by removal. */
export function findSchemes13(dialer: Dialer, sni: string | null): Promise<SchemesFinding> {
  return removeSchemes(async (schemes) => {
    const outcome = await handshake(dialer, {
      version: 'TLS1.3',
      sni,
      signatureAlgorithms: schemes,
    });
    const facts = outcome.kind === 'done' ? outcome.session.facts : outcome.seen;
    if (outcome.kind === 'done') outcome.session.close();
    if (typeof facts?.signatureScheme === 'number') {
      return { kind: 'signed', scheme: facts.signatureScheme };
    }
    if (outcome.kind === 'alert') return { kind: 'refused' };
    return { kind: 'unknown', why: 'why' in outcome ? outcome.why : 'The server signed nothing.' };
  });
}

type Outcome =
  | { readonly kind: 'signed'; readonly scheme: number }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unknown'; readonly why: string };

async function removeSchemes(
  ask: (schemes: readonly number[]) => Promise<Outcome>,
): Promise<SchemesFinding> {
  const schemes: number[] = [];
  let left = signatureSchemes.map(({ id }) => id);
  while (left.length > 0) {
    const outcome = await ask(left);
    if (outcome.kind === 'refused') break;
    if (outcome.kind === 'unknown') return { schemes, why: outcome.why };
    const { scheme } = outcome;
    // A server may sign as it always does where it finds nothing to its liking (RFC 5246 7.4.1.4.1).
    if (!left.includes(scheme)) return { schemes: [...new Set([...schemes, scheme])] };
    schemes.push(scheme);
    left = left.filter((one) => one !== scheme);
  }
  return { schemes };
}

function isSigned(suite: number): boolean {
  const info = suiteInfo(suite);
  return (
    (info?.keyExchange === 'ECDHE' || info?.keyExchange === 'DHE') &&
    ['RSA', 'ECDSA', 'DSS'].includes(info.authentication)
  );
}
