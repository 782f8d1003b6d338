import { z } from 'zod';
import { numbersSchema } from './numbers';
import { draftAnswersSchema } from './questions';
import { scenarioIds } from './scenario';

/** What the operator has answered and set, kept from one time to the next. */
export const adviserDraftSchema = z.object({
  answers: draftAnswersSchema,
  /** Of each scenario whose numbers were changed. */
  numbers: z.partialRecord(z.enum(scenarioIds), numbersSchema),
});
export type AdviserDraft = z.infer<typeof adviserDraftSchema>;

export const emptyDraft: AdviserDraft = { answers: {}, numbers: {} };
