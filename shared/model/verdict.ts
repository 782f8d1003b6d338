import { z } from 'zod';

/** The five readings of a check. An error, a denial or an unknown value is never a pass and never a fail. */
export const verdictValues = ['fail', 'cannot-tell', 'stale', 'pass', 'not-applicable'] as const;
export type VerdictValue = (typeof verdictValues)[number];

export const verdictSchema = z.object({
  value: z.enum(verdictValues),
  /** A sentence: why this reading. For `cannot-tell` it names the permission or the failing call. */
  reason: z.string(),
  /** What to do about it, where there is something to do. */
  remedy: z.string().optional(),
  /** `kms:GetKeyRotationStatus`, where a permission is what is missing. */
  permission: z.string().optional(),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** The order in which verdicts are listed: what needs a person first. */
export function compareVerdicts(a: VerdictValue, b: VerdictValue): number {
  return verdictValues.indexOf(a) - verdictValues.indexOf(b);
}

/** The same words for a verdict in the window, in CSV and on the command line. */
export const verdictWords: Readonly<Record<VerdictValue, string>> = {
  fail: 'Fail',
  'cannot-tell': 'Cannot tell',
  stale: 'Stale',
  pass: 'Pass',
  'not-applicable': 'Not applicable',
};
