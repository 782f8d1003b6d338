import { z } from 'zod';

export const findingStates = ['open', 'resolved', 'retested'] as const;

/** Something that went wrong or was missing, and who puts it right until when. */
export const findingSchema = z.object({
  id: z.string().max(60),
  text: z.string().trim().min(1).max(2000),
  /** The step that showed it. */
  step: z.string().max(60).optional(),
  owner: z.string().trim().min(1).max(200),
  /** `2027-01-31`. */
  due: z.iso.date(),
  state: z.enum(findingStates),
  /** The drill that showed it gone. */
  retest: z.string().max(60).optional(),
});
export type Finding = z.infer<typeof findingSchema>;
