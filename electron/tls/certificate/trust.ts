import type { PresentedChain } from '../../../shared/model/tls/certificate';
import type { Answer } from '../../../shared/model/tls/scan';
import type { Verdict } from '../../../shared/model/verdict';
import { walk } from './chainOrder';
import { isSelfSigned } from './describe';
import { called } from './pathProblems';
import { findPaths, type PathSearch, type Roots } from './paths';
import type { RootStore } from './roots';
import type { X509 } from './x509';

/** Whom a chain is trusted by, and whether the server sent all that it takes. */
export interface Trust {
  readonly trust: PresentedChain['trust'];
  readonly complete: Answer;
}

/**
 * Judges a chain against every store. `pass`: a valid path leads to a root of the store; `fail`: every
 * path has a fault, and the reason names it; `cannot-tell`: the store or a certificate cannot be read,
 * or a signature cannot be verified here. `unread`: so many certificates that were sent are not in the chain.
 */
export function judgeTrust(
  chain: readonly X509[],
  stores: readonly RootStore[],
  now: Date,
  unread = 0,
): Trust {
  const [leaf] = chain;
  if (!leaf) return { trust: [], complete: 'unknown' };
  const judged = stores.map((store) => {
    if (store.kind === 'unreadable') {
      const reason = `The store ${store.name} was not asked: ${store.why}.`;
      return { store: store.name, verdict: { value: 'cannot-tell' as const, reason } };
    }
    const search = findPaths(leaf, chain, store, now);
    return { store: store.name, verdict: trustVerdict(store, search, unread), search };
  });
  return {
    trust: judged.map(({ store, verdict }) => ({ store, verdict })),
    complete: completeness(
      chain,
      judged.map(({ search }) => search),
    ),
  };
}

function trustVerdict(store: Roots, search: PathSearch, unread: number): Verdict {
  const valid = search.tried.find(({ problems }) => problems.length === 0);
  if (valid) {
    const root = valid.path.at(-1) as X509;
    return { value: 'pass', reason: `Leads to ${called(root)} in the store ${store.name}.` };
  }
  const open = search.tried.find(({ problems }) => problems.every(({ sure }) => !sure));
  if (open) {
    return { value: 'cannot-tell', reason: sentence(open.problems.map(({ text }) => text)) };
  }
  if (search.cutShort) {
    return { value: 'cannot-tell', reason: 'There are more possible paths than were tried.' };
  }
  if (unread > 0) {
    const reason = `${unread} of the certificates that were sent were not read, and the way may lead over them.`;
    return { value: 'cannot-tell', reason };
  }
  if (store.skipped > 0) {
    const reason = `${store.skipped} certificates of the store ${store.name} cannot be read, and the root may be one of them.`;
    return { value: 'cannot-tell', reason };
  }
  return failure(search);
}

/** The faults of the path that came furthest. */
function failure({ tried }: PathSearch): Verdict {
  const [best] = tried.toSorted(
    (a, b) => Number(b.reachesRoot) - Number(a.reachesRoot) || b.path.length - a.path.length,
  );
  const faults = (best?.problems ?? []).filter(({ sure }) => sure).map(({ text }) => text);
  return {
    value: 'fail',
    reason: sentence(faults),
    remedy: best?.reachesRoot
      ? 'Let the authority issue a new certificate.'
      : 'Send the whole chain, and use an authority that your clients trust.',
  };
}

/**
 * `yes`: the certificates that were sent lead to a root of a store, or to a root that was sent along.
 * `no`: they end below an issuer that the certificate says where to fetch, and that is no known root.
 * Else nobody can tell: the missing issuer may be a root that no store here holds.
 */
function completeness(
  chain: readonly X509[],
  searches: readonly (PathSearch | undefined)[],
): Answer {
  if (searches.some((search) => search?.tried.some(({ reachesRoot }) => reachesRoot))) return 'yes';
  const last = walk(chain).at(-1);
  if (last && isSelfSigned(last)) return 'yes';
  if (searches.length === 0 || searches.some((search) => !search || search.cutShort))
    return 'unknown';
  return last && last.extensions.issuerUrls.length > 0 ? 'no' : 'unknown';
}

function sentence(texts: readonly string[]): string {
  const text = [...new Set(texts)].join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
