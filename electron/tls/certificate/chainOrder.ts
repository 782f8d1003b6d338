import type { Answer } from '../../../shared/model/tls/scan';
import { isSelfSigned } from './describe';
import { checkSignature, type SignatureCheck } from './signature';
import type { ReadCertificate, X509 } from './x509';

/** What there is to say of the order in which a server sends its chain. */
export interface ChainOrder {
  /** Each is signed by the next one. */
  readonly ordered: Answer;
  /** Sentences: wrong order, extra or unreadable certificates, a root sent along. */
  readonly notes: readonly string[];
}

/** Looks at a chain as it was sent, the server's own certificate first (RFC 5246, 7.4.2; RFC 8446, 4.4.2). */
export function judgeOrder(chain: readonly ReadCertificate[]): ChainOrder {
  const notes: string[] = [];
  const readable = chain.flatMap((read) => (read.kind === 'certificate' ? [read.certificate] : []));
  if (readable.length < chain.length) {
    notes.push(`${chain.length - readable.length} of ${chain.length} certificates cannot be read.`);
    return { ordered: 'unknown', notes };
  }
  const links = readable.slice(1).map((issuer, at) => issuedBy(readable[at] as X509, issuer));
  const ordered = links.includes('invalid')
    ? 'no'
    : links.includes('unsupported')
      ? 'unknown'
      : 'yes';
  const needed = walk(readable);
  const extra = readable.filter((certificate) => !includes(needed, certificate));
  if (extra.length > 0) {
    const names = extra.map(({ subject }) => subject.text).join('; ');
    notes.push(`Sent and not part of the chain: ${names}.`);
  }
  if (ordered === 'no' && needed.length > 2 && !inOrder(needed, readable)) {
    notes.push('The certificates of the chain are sent in the wrong order.');
  }
  const [first] = readable;
  if (first && readable.slice(1).some((other) => issuedBy(other, first) === 'valid')) {
    const own = isSelfSigned(first) ? 'a root' : 'an authority';
    notes.push(`The first certificate is that of ${own}; the server's own should come first.`);
  }
  if (new Set(readable.map(({ sha256 }) => sha256)).size < readable.length) {
    notes.push('A certificate is sent twice.');
  }
  const root = needed.slice(1).find(isSelfSigned);
  if (root) notes.push(`The root is sent along, which no client needs: ${root.subject.text}.`);
  return { ordered, notes };
}

/** Whether one certificate's name and signature say that the other issued it. */
export function issuedBy(certificate: X509, issuer: X509): SignatureCheck {
  if (certificate.issuer.key !== issuer.subject.key) return 'invalid';
  const { signatureKind, tbs, signature } = certificate;
  return checkSignature(signatureKind, issuer.key, tbs, signature);
}

/** From the server's certificate along the issuers that were sent. */
export function walk(chain: readonly X509[]): X509[] {
  const path = chain.slice(0, 1);
  for (let last = path[0]; last;) {
    const child = last;
    const next = chain.find(
      (candidate) => !includes(path, candidate) && issuedBy(child, candidate) !== 'invalid',
    );
    if (next) path.push(next);
    last = next;
  }
  return path;
}

/** The same certificate may be there as another reading of it. */
function includes(list: readonly X509[], certificate: X509): boolean {
  return list.some(({ sha256 }) => sha256 === certificate.sha256);
}

function inOrder(path: readonly X509[], sent: readonly X509[]): boolean {
  const places = path.map((certificate) => sent.indexOf(certificate));
  return places.every((place, at) => at === 0 || place > (places[at - 1] ?? -1));
}
