import { issuedBy } from './chainOrder';
import { called, pathProblems, type PathProblem } from './pathProblems';
import type { RootStore } from './roots';
import type { X509 } from './x509';

export type Roots = Extract<RootStore, { kind: 'roots' }>;

/** A way that was tried from the server's certificate upwards. */
export interface TriedPath {
  readonly path: readonly X509[];
  /** It ended at a root of the store. */
  readonly reachesRoot: boolean;
  readonly problems: readonly PathProblem[];
}

/** Every way found, and whether the search was cut short by its bound. */
export interface PathSearch {
  readonly tried: readonly TriedPath[];
  readonly cutShort: boolean;
}

/** Bounds of the search: a hostile chain of cross-signed authorities could make it grow without end. */
const maxSignatures = 100;
const maxPathLength = 10;

/**
 * Tries the paths from a certificate over the others that were sent to the roots of a store
 * (RFC 4158): all alternatives of cross-signed authorities, until one is valid.
 */
export function findPaths(
  certificate: X509,
  sent: readonly X509[],
  roots: Roots,
  now: Date,
): PathSearch {
  const tried: TriedPath[] = [];
  const search = { signatures: 0, cutShort: false };

  /** Goes on from a path's last certificate; true once a valid path is found. */
  function extend(path: readonly X509[], problems: readonly PathProblem[]): boolean {
    const last = path.at(-1) as X509;
    if (roots.fingerprints.has(last.sha256) && end(path, problems)) return true;
    const anchors = (roots.bySubject.get(last.issuer.key) ?? []).filter(notIn(path));
    const others = sent.filter(
      (candidate) =>
        candidate.subject.key === last.issuer.key &&
        !roots.fingerprints.has(candidate.sha256) &&
        notIn(path)(candidate),
    );
    let deadEnd = !roots.fingerprints.has(last.sha256);
    for (const issuer of [...anchors, ...others].sort(byKeyId(last))) {
      if (search.signatures >= maxSignatures || path.length >= maxPathLength) {
        search.cutShort = true;
        return false;
      }
      search.signatures += 1;
      const link = issuedBy(last, issuer);
      if (link === 'invalid') continue;
      deadEnd = false;
      const found = link === 'valid' ? problems : [...problems, unverified(last)];
      const longer = [...path, issuer];
      if (anchors.includes(issuer) ? end(longer, found) : extend(longer, found)) return true;
    }
    if (deadEnd) tried.push({ path, reachesRoot: false, problems: [deadEndProblem(path)] });
    return false;
  }

  function end(path: readonly X509[], linkProblems: readonly PathProblem[]): boolean {
    const problems = [...linkProblems, ...pathProblems(path, now)];
    tried.push({ path, reachesRoot: true, problems });
    return problems.length === 0;
  }

  extend([certificate], []);
  return { tried, cutShort: search.cutShort };
}

/** No certificate twice, nor the same authority in another certificate: such a path is a circle. */
function notIn(path: readonly X509[]) {
  return (candidate: X509) =>
    !path.some(
      ({ key, subject }) =>
        subject.key === candidate.subject.key && key.raw.equals(candidate.key.raw),
    );
}

/** Issuers whose key id is the one that the certificate names come first (RFC 4158, 3.5.12). */
function byKeyId({ extensions }: X509) {
  const wanted = extensions.authorityKeyId;
  const rank = (candidate: X509) => {
    const own = candidate.extensions.subjectKeyId;
    if (!wanted || !own) return 1;
    return wanted.equals(own) ? 0 : 2;
  };
  return (a: X509, b: X509) => rank(a) - rank(b);
}

function unverified(certificate: X509): PathProblem {
  const { name } = certificate.signatureKind;
  return {
    sure: false,
    text: `the signature of ${called(certificate)} (${name}) cannot be verified here`,
  };
}

function deadEndProblem(path: readonly X509[]): PathProblem {
  const last = path.at(-1) as X509;
  const own = last.issuer.key === last.subject.key;
  const text = own
    ? `${called(last)} is ${path.length === 1 ? 'self-signed' : 'a root'} and not in the store`
    : `the issuer of ${called(last)}, ${last.issuer.text}, was not sent and is not in the store`;
  return { sure: true, text };
}
