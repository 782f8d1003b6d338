import type { Outcome } from './types';

/** The defect was seen. */
export function vulnerable(why: string): Outcome {
  return { verdict: 'vulnerable', why };
}

/** The conditions are there; the hole itself cannot be proven from outside. */
export function potential(why: string): Outcome {
  return { verdict: 'potential', why };
}

/** Something that was seen rules the defect out. */
export function notVulnerable(why: string): Outcome {
  return { verdict: 'not-vulnerable', why };
}

/** Nothing was proven either way: an error, a timeout or a missing part. */
export function unknown(why: string): Outcome {
  return { verdict: 'unknown', why };
}
