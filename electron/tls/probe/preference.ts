import type { ProtocolResult } from '../../../shared/model/tls/scan';
import type { Answer } from './answer';
import type { Chain, TakenSuite } from './removal';

export type Preference = ProtocolResult['preference'];

/**
 * Whose order counts, and the suites in it (by code point where the server has none). A server whose
 * first choice was not the client's has an order; else the accepted suites are offered in reverse.
 * @param list the suites as they were offered, first part first
 */
export async function orderOf(
  list: readonly number[],
  chains: readonly Chain[],
  ask: (suites: readonly number[]) => Promise<Answer>,
): Promise<{ suites: TakenSuite[]; preference: Preference }> {
  const taken = chains.flatMap((chain) => chain.taken);
  const byCode = taken.toSorted((a, b) => a.suite - b.suite);
  if (taken.length < 2) return { suites: byCode, preference: 'unknown' };
  const preference = await preferenceOf(list, chains, ask);
  if (preference !== 'server') return { suites: byCode, preference };
  return { suites: await merge(chains, ask), preference };
}

async function preferenceOf(
  list: readonly number[],
  chains: readonly Chain[],
  ask: (suites: readonly number[]) => Promise<Answer>,
): Promise<Preference> {
  const places = chains.map(({ taken }) => taken.map(({ suite }) => list.indexOf(suite)));
  if (places.some((chain) => chain.some((place, index) => place < (chain[index - 1] ?? -1)))) {
    return 'server';
  }
  const accepted = places.flat().toSorted((a, b) => b - a);
  const reversed = accepted.map((place) => list[place] ?? 0);
  // Some stacks put ChaCha20 first where the client does: then the server's order does not show.
  const guard = guards.find((suite) => !reversed.includes(suite));
  const answer = await ask(guard === undefined ? reversed : [guard, ...reversed]);
  if (answer.kind !== 'hello') return 'unknown';
  return answer.hello.suite === reversed[0] ? 'client' : 'server';
}

/** Suites that every stack knows; one that this server does not take stands before the others. */
const guards = [0x002f, 0x0033, 0xc013, 0xc009, 0x009c, 0x1305];

/** Chains that came in parallel, as one: each question offers the first of each. */
async function merge(
  chains: readonly Chain[],
  ask: (suites: readonly number[]) => Promise<Answer>,
): Promise<TakenSuite[]> {
  let left = chains.map(({ taken }) => [...taken]).filter((chain) => chain.length > 0);
  const ordered: TakenSuite[] = [];
  while (left.length > 1) {
    const heads = left.flatMap(([head]) => (head ? [head.suite] : []));
    const answer = await ask(heads);
    const chosen = left.find(
      ([head]) => answer.kind === 'hello' && head?.suite === answer.hello.suite,
    );
    const next = (chosen ?? left[0])?.shift();
    if (next) ordered.push(next);
    left = left.filter((chain) => chain.length > 0);
  }
  return [...ordered, ...left.flat()];
}
