import { z } from 'zod';
import { secretPlaceSchema, secretScanOptionsSchema, secretScanSchema } from '../model/secrets';
import { method } from './define';

const places = z.array(secretPlaceSchema);

export const secrets = {
  last: method({
    summary:
      'The last scan for secrets, null where there was none, and the places that it looked into.',
    output: z.object({ scan: secretScanSchema.nullable(), places }),
  }),
  pick: method({
    summary: 'Lets the operator pick files, or one folder; none where nothing was picked.',
    input: z.object({ what: z.enum(['files', 'folder']) }),
    output: places,
  }),
  add: method({
    summary: 'Takes in the files and folders that go with the call (dropped ones).',
    output: places,
  }),
  scan: method({
    summary:
      'Looks for secrets in the files and folders that were given; keeps where they are, never what they are.',
    input: secretScanOptionsSchema.extend({ places: z.array(z.string().max(100)).min(1).max(100) }),
    output: secretScanSchema,
    progress: z.object({ files: z.number().int(), found: z.number().int() }),
    action: true,
  }),
  ignore: method({
    summary:
      'Declares that a finding of the last scan is no secret; the same value in the same file does not count any more.',
    input: z.object({
      file: z.string().max(5000),
      line: z.number().int().min(1),
      kind: z.string().max(200),
      /** Which of several in the line. */
      mark: z.string().max(20),
      reason: z.string().trim().min(1).max(2000),
    }),
    output: secretScanSchema,
    action: true,
  }),
  stopIgnoring: method({
    summary: 'Lets what was declared to be no secret count again.',
    input: z.object({ id: z.string().max(100) }),
    output: secretScanSchema,
    action: true,
  }),
};
