import { isAuthority } from './describe';
import type { GeneralName } from './generalNames';
import { namesKept } from './nameConstraints';
import type { X509 } from './x509';

/** Something that keeps a path from being trusted; not `sure` where only this program cannot tell. */
export interface PathProblem {
  readonly sure: boolean;
  readonly text: string;
}

/**
 * Validates a path from the server's certificate to the root by RFC 5280, section 6, as TLS clients do:
 * times, basic constraints, path length, key usage, extended key usage, name constraints, digests that
 * are broken, critical extensions. Signatures are the path's finder's; policies bind no TLS client.
 */
export function pathProblems(path: readonly X509[], now: Date): PathProblem[] {
  return path.flatMap((certificate, at) => [
    ...timeProblems(certificate, now),
    ...extensionProblems(certificate),
    ...(at < path.length - 1 ? digestProblems(certificate) : []),
    ...usageProblems(certificate, at),
    ...(at > 0 ? issuerProblems(path, at) : []),
  ]);
}

/** How a sentence calls a certificate. */
export function called(certificate: X509): string {
  return certificate.subject.text || `The certificate ${certificate.serialText}`;
}

function timeProblems(certificate: X509, now: Date): PathProblem[] {
  const { notBefore, notAfter } = certificate;
  if (now > notAfter) return [sure(`${called(certificate)} expired on ${day(notAfter)}`)];
  if (now < notBefore)
    return [sure(`${called(certificate)} is not valid before ${day(notBefore)}`)];
  return [];
}

function extensionProblems(certificate: X509): PathProblem[] {
  const { broken, precertificate, unknownCritical } = certificate.extensions;
  const name = called(certificate);
  return [
    ...(certificate.algorithmsAgree ? [] : [sure(`${name} names two signature algorithms`)]),
    ...(precertificate ? [sure(`${name} is a precertificate, not a certificate`)] : []),
    ...broken.map((oid) => unsure(`the extension ${oid} of ${name} cannot be read`)),
    ...unknownCritical.map((oid) =>
      unsure(`${name} has the critical extension ${oid}, which is not known here`),
    ),
  ];
}

function digestProblems(certificate: X509): PathProblem[] {
  const { hash = '' } = certificate.signatureKind;
  if (!['MD2', 'MD4', 'MD5', 'SHA1'].includes(hash)) return [];
  const word = hash === 'SHA1' ? 'SHA-1' : hash;
  return [sure(`${called(certificate)} is signed with ${word}, which clients no longer accept`)];
}

function usageProblems(certificate: X509, at: number): PathProblem[] {
  const { extendedKeyUsage, keyUsage } = certificate.extensions;
  const name = called(certificate);
  const problems: PathProblem[] = [];
  // "Any usage" is not enough for OpenSSL and Firefox, in authorities as in the server's own.
  if (extendedKeyUsage && !extendedKeyUsage.includes('serverAuth')) {
    problems.push(sure(`${name} is not for TLS servers (extended key usage)`));
  }
  const wanted =
    at === 0 ? ['digitalSignature', 'keyEncipherment', 'keyAgreement'] : ['keyCertSign'];
  if (keyUsage && !keyUsage.some((usage) => wanted.includes(usage))) {
    problems.push(
      sure(`${name} has no key usage for ${at === 0 ? 'TLS servers' : 'signing certificates'}`),
    );
  }
  return problems;
}

/** What the certificate at a place says of those below it. */
function issuerProblems(path: readonly X509[], at: number): PathProblem[] {
  const issuer = path[at] as X509;
  const { basicConstraints, nameConstraints } = issuer.extensions;
  const name = called(issuer);
  const problems: PathProblem[] = [];
  // Roots older than X.509 version 3 have no word for it: being in the store is enough.
  const oldRoot = at === path.length - 1 && issuer.version < 3;
  if (!isAuthority(issuer) && !oldRoot) problems.push(sure(`${name} is no certificate authority`));
  const between = path.slice(1, at).filter((certificate) => !selfIssued(certificate)).length;
  const longest = basicConstraints?.pathLength;
  if (longest !== undefined && between > longest) {
    problems.push(sure(`${name} allows ${longest} authorities below it, and there are ${between}`));
  }
  if (!nameConstraints) return problems;
  for (const [place, below] of path.slice(0, at).entries()) {
    if (place > 0 && selfIssued(below)) continue;
    const kept = namesKept(nameConstraints, namesOf(below));
    if (kept === 'no')
      problems.push(sure(`${name} may not issue for the names in ${called(below)}`));
    if (kept === 'unknown') {
      problems.push(
        unsure(`${name} limits a kind of name in ${called(below)} that is not known here`),
      );
    }
  }
  return problems;
}

function selfIssued(certificate: X509): boolean {
  return certificate.issuer.key === certificate.subject.key;
}

function namesOf({ extensions, subject }: X509): GeneralName[] {
  const names = [...(extensions.subjectAltNames ?? [])];
  if (!subject.empty) names.push({ kind: 'directory', text: subject.key, bytes: subject.raw });
  return names;
}

function day(time: Date): string {
  return time.toISOString().slice(0, 10);
}

function sure(text: string): PathProblem {
  return { sure: true, text };
}

function unsure(text: string): PathProblem {
  return { sure: false, text };
}
