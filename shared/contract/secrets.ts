import { z } from 'zod';
import { secretScanOptionsSchema, secretScanSchema } from '../model/secrets';
import { method } from './define';

export const secrets = {
  scan: method({
    summary:
      'Looks for secrets in a folder that the operator picks; keeps where they are, never what they are.',
    input: secretScanOptionsSchema,
    output: secretScanSchema.nullable(),
    progress: z.object({ files: z.number().int(), found: z.number().int() }),
    action: true,
  }),
  last: method({
    summary: 'The last scan for secrets; null where there was none.',
    output: secretScanSchema.nullable(),
  }),
};
