import type { Verdict } from '../../verdict';
import type { TrailCheck } from '../trailCheck';
import type { Asked, Refused } from './evidence';

/** What a rule gives: its verdict, and what it rests on. */
export type Finding = Pick<TrailCheck, 'verdict' | 'evidence'>;

export function pass(reason: string): Verdict {
  return { value: 'pass', reason };
}

export function fail(reason: string, remedy: string): Verdict {
  return { value: 'fail', reason, remedy };
}

export function stale(reason: string, remedy: string): Verdict {
  return { value: 'stale', reason, remedy };
}

export function notApplicable(reason: string): Verdict {
  return { value: 'not-applicable', reason };
}

/** The verdict where AWS gave no answer: names the permission or the failing call. */
export function cannotTell({
  message,
  permission,
}: Pick<Refused, 'message' | 'permission'>): Verdict {
  return {
    value: 'cannot-tell',
    reason: message,
    ...(permission !== undefined && { permission }),
  };
}

/** A call as evidence, with what its answer says; of a refused one, why. */
export function evidenceOf<T>(
  asked: Asked<T>,
  facts: (answer: T) => Readonly<Record<string, string>>,
): TrailCheck['evidence'][number] {
  const { operation, region, requestId, asOf } = asked.call;
  return {
    operation,
    region,
    ...(requestId !== undefined && { requestId }),
    asOf,
    facts:
      'answer' in asked
        ? { ...facts(asked.answer) }
        : { error: asked.refused.code, message: asked.refused.message.slice(0, 1000) },
  };
}
