import type { Judgement } from './judgement';
import type { OwnPolicy } from './ownPolicy';
import type { Observation } from './result';

export interface JudgeOptions {
  readonly now: Date;
  readonly elbPolicies?: readonly string[] | undefined;
  readonly ownPolicy?: OwnPolicy | undefined;
  readonly clientCertificateExpected?: boolean | undefined;
}

/** What an observation comes to. Until the rules are there nothing is judged: no grade, `cannot-tell`. */
export function judge(_observation: Observation, _options: JudgeOptions): Judgement {
  const verdict = { value: 'cannot-tell', reason: 'This version does not judge it yet.' } as const;
  return {
    grade: {
      letter: null,
      score: null,
      parts: { protocol: null, keyExchange: null, cipherStrength: null },
      caps: [],
      warnings: [],
      missing: ['the rules of the grade'],
    },
    profiles: [],
    elbPolicy: { equal: [], nearest: null, toSatisfy: [] },
    postQuantum: verdict,
    guide: [],
    ownPolicy: [],
  };
}
