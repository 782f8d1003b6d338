import { z } from 'zod';
import { method } from '../../../../shared/contract/define';
import { digestReportSchema } from '../../../../shared/model/events/digestReport';
import type { TrailPublicKey } from '../digestFile';
import type { DigestEvidence } from '../evidence/evidenceIndex';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** What the thread that validates is asked. */
export const proofContract = {
  proof: {
    validate: method({
      summary: 'Validates log files by their digests.',
      input: z.object({
        /** Read by the thread itself; where there is none it asks for each file. */
        folder: z.string().optional(),
        where: z.string(),
        bucket: z.string().optional(),
        range: z.object({ since: z.number().optional(), until: z.number().optional() }),
        now: z.date(),
      }),
      output: z.object({
        report: digestReportSchema,
        digests: z.custom<DigestEvidence[]>(Array.isArray),
        keys: z.custom<TrailPublicKey[]>(Array.isArray),
      }),
      progress: z.object({ done: z.number(), expected: z.number() }),
    }),
  },
};

/** What that thread asks: only main reaches AWS. */
export const trailContract = {
  trail: {
    list: method({
      summary: 'Keys of the files, in parts.',
      input: z.object({ since: z.number().optional(), until: z.number().optional() }),
      progress: z.array(z.string()),
    }),
    open: method({
      summary: 'A file with its metadata; null where there is none.',
      input: z.object({ key: z.string() }),
      output: z
        .object({
          bytes,
          metadata: z.record(z.string(), z.string()),
          writtenAt: z.string().optional(),
        })
        .nullable(),
    }),
    publicKeys: method({
      summary: "CloudTrail's public keys of a Region.",
      input: z.object({
        region: z.string(),
        range: z.object({ since: z.number().optional(), until: z.number().optional() }),
      }),
      output: z.array(z.object({ fingerprint: z.string(), value: bytes })),
    }),
  },
};
