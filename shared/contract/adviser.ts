import { z } from 'zod';
import { accountFactSchema } from '../model/adviser/account/fact';
import { adviserDraftSchema } from '../model/adviser/draft';
import { method } from './define';

export const adviser = {
  account: method({
    summary:
      'What the chosen accounts have for the scenarios, from what was read for the checklist; asks no network.',
    output: z.object({
      facts: z.array(accountFactSchema),
      /** The chosen Regions. */
      regions: z.array(z.string()),
    }),
  }),
  draft: method({
    summary: 'The answers and numbers of the last time.',
    output: adviserDraftSchema,
  }),
  keepDraft: method({
    summary: 'Keeps answers and numbers for the next time.',
    input: adviserDraftSchema,
  }),
};
