import { z } from 'zod';
import { verdictSchema, verdictValues } from '../../verdict';
import type { CheckState } from '../state';
import { pitfalls } from './index';
import { pitfallIds } from './pitfall';
import { pitfallState } from './pitfallState';

/** A pitfall in a report, with the checks that tell of it. */
export const reportedPitfallSchema = z.object({
  id: z.enum(pitfallIds),
  title: z.string(),
  what: z.string(),
  verdict: verdictSchema,
  asOf: z.string().optional(),
  checks: z.array(z.object({ id: z.string(), verdict: z.enum(verdictValues) })),
});
export type ReportedPitfall = z.infer<typeof reportedPitfallSchema>;

/** All seven as they stand, of the states of all checks. */
export function reportedPitfalls(states: readonly CheckState[]): ReportedPitfall[] {
  return pitfalls.map((pitfall) => {
    const { verdict, tied, asOf } = pitfallState(pitfall, states);
    const { id, title, what } = pitfall;
    const checks = tied.map(({ check, state }) => ({ id: check.id, verdict: state.verdict.value }));
    return { id, title, what, verdict, checks, ...(asOf !== undefined && { asOf }) };
  });
}
