import type { Verdict } from '../verdict';

/** The three readings of a rule, each with its reason. */
export function pass(reason: string): Verdict {
  return { value: 'pass', reason };
}

export function fail(reason: string): Verdict {
  return { value: 'fail', reason };
}

export function unknown(reason: string): Verdict {
  return { value: 'cannot-tell', reason };
}
