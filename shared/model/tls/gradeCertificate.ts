import type { PresentedChain } from './certificate';
import type { Findings, Gap, GradeReason } from './grade';
import { namedChains } from './offers';
import type { Observation } from './result';

/** What certificates cap: trust (T), name (M), broken signatures and keys (F). */
export function certificateCaps(observation: Observation): Findings {
  const chains = namedChains(observation);
  const found = chains.map(chainCaps);
  const missing =
    chains.length === 0
      ? 'the certificate'
      : observation.certificatesNote !== undefined
        ? 'every certificate that the server has'
        : undefined;
  return {
    reasons: found.flatMap(({ reasons }) => reasons),
    gaps: [
      ...found.flatMap(({ gaps }) => gaps),
      ...(missing === undefined ? [] : [{ what: missing, reach: 'T' as const }]),
    ],
  };
}

function chainCaps(presented: PresentedChain): Findings {
  const { chain, daysLeft, validity, hostname, revocation } = presented;
  const reasons: GradeReason[] = [];
  const gaps: Gap[] = [];
  const [own] = chain;
  const trust = trustCap(presented);
  reasons.push(...trust.reasons);
  gaps.push(...trust.gaps);
  if (validity.value === 'cannot-tell') {
    gaps.push({ what: 'whether the certificate is valid now', reach: 'T' });
  } else if (daysLeft < 0) {
    reasons.push({ rule: 'expired', letter: 'T', why: validity.reason });
  }
  if (revocation.value === 'fail') {
    reasons.push({ rule: 'revoked', letter: 'T', why: revocation.reason });
  }
  if (hostname.value === 'fail') {
    reasons.push({ rule: 'host-mismatch', letter: 'M', why: hostname.reason });
  } else if (hostname.value === 'cannot-tell') {
    gaps.push({ what: 'whether the certificate is for this host', reach: 'M' });
  }
  reasons.push(...signatureCaps(chain));
  if (own?.key.exponent === '1') {
    reasons.push({
      rule: 'rsa-exponent-1',
      letter: 'F',
      why: 'The RSA key has the exponent 1, which hides nothing.',
    });
  }
  return { reasons, gaps };
}

/** Trusted by one store is trusted; stores that were read and do not agree cap at B. */
function trustCap({ chain, trust }: PresentedChain): Findings {
  const by = (value: string) => trust.filter(({ verdict }) => verdict.value === value);
  const passed = by('pass');
  const failed = by('fail');
  // An own bundle stands last, and says most of an own server.
  const first = failed.at(-1);
  if (passed.some(({ store }) => store !== 'system' && store !== 'mozilla')) return nothing;
  if (passed.length > 0) {
    if (!first) return nothing;
    const why = `Not every store trusts the chain: ${first.store} does not. ${first.verdict.reason}`;
    return { reasons: [{ rule: 'chain-some-stores', letter: 'B', why }], gaps: [] };
  }
  if (!first || by('cannot-tell').length > 0) {
    return { reasons: [], gaps: [{ what: 'whether the chain is trusted', reach: 'T' }] };
  }
  const self = chain[0]?.selfSigned === true;
  const reason: GradeReason = self
    ? { rule: 'self-signed', letter: 'T', why: 'The certificate is signed by itself.' }
    : { rule: 'chain-untrusted', letter: 'T', why: first.verdict.reason };
  return { reasons: [reason], gaps: [] };
}

const nothing: Findings = { reasons: [], gaps: [] };

/** A root's own signature proves nothing and counts for nothing. */
function signatureCaps(chain: PresentedChain['chain']): GradeReason[] {
  return chain
    .filter(({ selfSigned }, index) => index === 0 || !selfSigned)
    .flatMap(({ signatureHash = '', subject }): GradeReason[] => {
      const hash = signatureHash.toUpperCase().replace('-', '');
      const why = `${subject} is signed with ${signatureHash}.`;
      if (hash === 'SHA1') return [{ rule: 'sha1-signature', letter: 'T', why }];
      return hash === 'MD5' || hash === 'MD2' ? [{ rule: 'md5-signature', letter: 'F', why }] : [];
    });
}
