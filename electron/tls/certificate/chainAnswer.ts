import type { KeyFamily } from './keyFamilies';
import type { RawChain } from './rawChain';

/** How a server answers a client that takes certificates of some kinds only. */
export type ChainAnswer =
  | { readonly kind: 'chain'; readonly chain: RawChain }
  /** By an alert or by hanging up: it has no such certificate. */
  | { readonly kind: 'refused' }
  /** Nobody knows; a sentence says why. `again`: another try, slower, may bring it. */
  | { readonly kind: 'failed'; readonly why: string; readonly again: boolean };

/** Asks once, for certificates of these kinds; null: no name is sent. */
export type AskForChain = (
  families: readonly KeyFamily[],
  sni: string | null,
) => Promise<ChainAnswer>;

/** What an answer that brought no chain says: an alert or an end of the connection is a refusal. */
export function answerOfFailure(failure: {
  readonly kind: string;
  readonly why?: string;
}): ChainAnswer {
  switch (failure.kind) {
    case 'alert':
    case 'closed':
      return { kind: 'refused' };
    case 'reset':
      return { kind: 'failed', again: true, why: 'the server reset the connection.' };
    case 'timeout':
      return { kind: 'failed', again: true, why: 'the server did not answer in time.' };
    case 'limit':
      return { kind: 'failed', again: false, why: 'the server sent more than is read.' };
    default:
      return { kind: 'failed', again: false, why: failure.why ?? 'the server broke the protocol.' };
  }
}

/** What it says that no connection came about. */
export function noConnection(why: string): ChainAnswer {
  return { kind: 'failed', again: true, why: `no connection (${why}).` };
}
