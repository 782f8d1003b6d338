import type { Variant } from './messages';

/** What the server answered to each variant, in words that can be compared. */
export type Answers = Readonly<Record<Variant, string>>;

/** Every variant got the same answer. */
export function sameForAll(answers: Answers): boolean {
  return new Set(Object.values(answers)).size === 1;
}

/** Each variant got the same answer in every round. */
export function isStable(rounds: readonly Answers[]): boolean {
  return new Set(rounds.map((round) => JSON.stringify(round))).size === 1;
}

/**
 * How much a difference helps an attacker. Weak: only a wholly right message stands out, so that an
 * attack needs millions of messages. Strong: messages that merely begin right stand out too (ROBOT
 * paper, section 3.3).
 */
export function strengthOf(answers: Answers): 'weak' | 'strong' {
  const wrong = answers['wrong-first-bytes'];
  return wrong === answers['zero-byte-misplaced'] && wrong === answers['zero-byte-missing']
    ? 'weak'
    : 'strong';
}
