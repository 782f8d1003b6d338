import type { Verdict } from '../../../shared/model/verdict';
import { checkCrl } from './crl';
import { isSelfSigned } from './describe';
import { checkOcsp, ocspRequest, type RevocationAnswer } from './ocsp';
import type { X509 } from './x509';

/** What is asked of a URL that a certificate names. */
export interface HttpAsk {
  readonly url: string;
  /** A POST with this body; a GET where absent. */
  readonly body?: { readonly type: string; readonly bytes: Buffer };
}

/** Never rejects; bounded in bytes and time by whoever makes it (`createHttpFetch`). */
export type HttpFetch = (
  ask: HttpAsk,
) => Promise<
  | { readonly kind: 'answer'; readonly status: number; readonly body: Buffer }
  | { readonly kind: 'failed'; readonly why: string }
>;

/** At most so many places of each kind are asked for one certificate. */
const maxPlaces = 2;

/**
 * Whether a server's certificate is revoked: by the verified staple, else, where `fetch` is given
 * (revocation over the network is switched on), by OCSP and then by CRL at the URLs that it names.
 * `cannot-tell` where nobody says; `not-applicable` where there is nobody to ask.
 */
export async function judgeRevocation(
  { certificate, issuer }: { readonly certificate: X509; readonly issuer: X509 | undefined },
  options: {
    readonly staple?: RevocationAnswer | undefined;
    readonly fetch?: HttpFetch | undefined;
    readonly now: Date;
  },
): Promise<Verdict> {
  const { fetch, now, staple } = options;
  const byStaple = staple && verdictOf(staple, 'the stapled OCSP answer');
  if (byStaple) return byStaple;
  const { crlUrls, ocspUrls } = certificate.extensions;
  if (isSelfSigned(certificate)) {
    return { value: 'not-applicable', reason: 'Nobody can revoke a self-signed certificate.' };
  }
  if (ocspUrls.length === 0 && crlUrls.length === 0) {
    return { value: 'not-applicable', reason: 'The certificate names nobody to ask.' };
  }
  if (!fetch) {
    const stapled =
      staple?.kind === 'verified' ? 'The staple says "unknown"' : 'No valid staple came';
    const reason = `${stapled}, and asking the authority over the network is switched off.`;
    return { value: 'cannot-tell', reason };
  }
  if (!issuer) {
    const reason =
      "The issuer's certificate was not sent and is no known root: no answer could be verified.";
    return { value: 'cannot-tell', reason };
  }
  return askAll({ certificate, issuer }, fetch, now);
}

async function askAll(
  { certificate, issuer }: { certificate: X509; issuer: X509 },
  fetch: HttpFetch,
  now: Date,
): Promise<Verdict> {
  const body = { type: 'application/ocsp-request', bytes: ocspRequest(certificate, issuer) };
  const { crlUrls, ocspUrls } = certificate.extensions;
  const asks = [
    ...ocspUrls.slice(0, maxPlaces).map((url) => ({
      ask: { url, body },
      read: (der: Buffer) => checkOcsp(der, { certificate, issuer }, now),
    })),
    ...crlUrls.slice(0, maxPlaces).map((url) => ({
      ask: { url },
      read: (der: Buffer) => checkCrl(der, { certificate, issuer, url }, now),
    })),
  ];
  const failures: string[] = [];
  for (const { ask, read } of asks) {
    const got = await fetch(ask);
    if (got.kind === 'failed' || got.status !== 200) {
      failures.push(`${ask.url}: ${got.kind === 'failed' ? got.why : `HTTP status ${got.status}`}`);
      continue;
    }
    const answer = read(got.body);
    const verdict = verdictOf(answer, ask.url);
    if (verdict) return verdict;
    failures.push(`${ask.url}: ${answer.kind === 'verified' ? 'does not know it' : answer.why}`);
  }
  return { value: 'cannot-tell', reason: `No answer to go by. ${failures.join('; ')}.` };
}

function verdictOf(answer: RevocationAnswer, source: string): Verdict | undefined {
  if (answer.kind !== 'verified' || answer.status === 'unknown') return undefined;
  const asOf = answer.producedAt.toISOString();
  if (answer.status === 'good') {
    return { value: 'pass', reason: `Not revoked, says ${source} of ${asOf}.` };
  }
  const since = answer.revokedAt ? ` on ${answer.revokedAt.toISOString()}` : '';
  return {
    value: 'fail',
    reason: `Revoked${since}, says ${source} of ${asOf}.`,
    remedy: 'Replace the certificate and its key now.',
  };
}
