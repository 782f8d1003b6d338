import { z } from 'zod';
import { evidenceDocumentSchema } from '../model/readiness/document';
import {
  assignmentSchema,
  attestationSchema,
  careSchema,
  historyEntrySchema,
  maxAttachmentBytes,
  targetSchema,
  waiverSchema,
} from '../model/readiness/people';
import { pitfallFactSchema } from '../model/readiness/pitfalls/facts/fact';
import { pitfallIds } from '../model/readiness/pitfalls/pitfall';
import {
  readinessReportSchema,
  reportFormats,
  reportSelectionSchema,
} from '../model/readiness/report/report';
import { readinessSettingsSchema } from '../model/readiness/settings';
import { trustedSchema } from '../model/readiness/trusted';
import { itemStateSchema, readinessStateSchema, trendPointSchema } from '../model/readiness/state';
import { verdictValues } from '../model/verdict';
import { method } from './define';

const checkId = z.string().max(100);

export const readiness = {
  state: method({
    summary: 'The checklist as it was last judged; asks no network. What has aged since is stale.',
    output: readinessStateSchema,
  }),
  run: method({
    summary: 'Reads the chosen accounts and the endpoints anew, then judges every check.',
    input: z.object({
      /** Only these sources (`keys`, `trails`, ...); all where absent. */
      sources: z.array(z.string().max(40)).max(20).optional(),
    }),
    output: readinessStateSchema,
    progress: z.object({
      /** Sources read, of all; the last step is the judging. */
      done: z.number().int(),
      expected: z.number().int(),
      /** What is being read: `the keys, the trails`. */
      what: z.string(),
      /** How far those are, added up: 1 for one that is nearly through. */
      share: z.number().optional(),
    }),
    action: true,
  }),
  items: method({
    summary: 'The things of one check with their verdicts, gravest first.',
    input: z.object({
      check: checkId,
      verdicts: z.array(z.enum(verdictValues)).optional(),
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(500),
    }),
    output: z.object({ items: z.array(itemStateSchema), total: z.number().int() }),
  }),
  evidence: method({
    summary: 'What was asked for one thing of a check, and what came back, each with its hash.',
    input: z.object({ check: checkId, subject: z.string().max(2100) }),
    output: z.object({
      item: itemStateSchema,
      documents: z.array(z.object({ document: evidenceDocumentSchema, sha256: z.string() })),
      /** The number of the journal entry that has the hash over all documents. */
      journalSeq: z.number().int().optional(),
    }),
  }),
  pitfall: method({
    summary: 'What the evidence says to one of the seven pitfalls, beside its checks.',
    input: z.object({ id: z.enum(pitfallIds) }),
    output: z.array(pitfallFactSchema),
  }),
  history: method({
    summary: 'What became of a check or of one of its things, newest first.',
    input: targetSchema.extend({ limit: z.number().int().min(1).max(500) }),
    output: z.array(historyEntrySchema),
  }),
  trend: method({
    summary: 'The evaluations in which something was otherwise, oldest first.',
    input: z.object({ limit: z.number().int().min(1).max(1000) }),
    output: z.array(trendPointSchema),
  }),
  assign: method({
    summary:
      'Sets owner, due day and note of a check or of one of its things; null takes one away.',
    input: targetSchema.extend({
      owner: assignmentSchema.shape.owner.nullable(),
      due: assignmentSchema.shape.due.nullable(),
      note: assignmentSchema.shape.note.nullable(),
    }),
    output: careSchema,
    action: true,
  }),
  waive: method({
    summary: 'Accepts the failure of a check or of one of its things for a time; it still shows.',
    input: targetSchema.extend(waiverSchema.omit({ at: true, by: true }).shape),
    output: careSchema,
    action: true,
  }),
  liftWaiver: method({
    summary: 'Takes a waiver back.',
    input: targetSchema,
    output: careSchema,
    action: true,
  }),
  attestations: method({
    summary: 'What persons have attested for a check, newest first, also what is over.',
    input: z.object({ check: checkId }),
    output: z.array(attestationSchema),
  }),
  attest: method({
    summary: 'Records a person’s word for a check, with a file where one is given.',
    input: attestationSchema
      .pick({ check: true, statement: true, by: true, expires: true })
      .extend({
        file: z
          .object({
            name: z.string().min(1).max(255),
            bytes: z
              .instanceof(Uint8Array)
              .refine((bytes) => bytes.length > 0, 'The file is empty.')
              .refine(
                (bytes) => bytes.length <= maxAttachmentBytes,
                'The file is too large: 10 MiB at most.',
              ),
          })
          .optional(),
      }),
    output: attestationSchema,
    action: true,
  }),
  withdraw: method({
    summary: 'Withdraws an attestation; it stays in the history.',
    input: z.object({ id: z.string().max(100), reason: z.string().trim().min(1).max(2000) }),
    output: attestationSchema,
    action: true,
  }),
  saveAttachment: method({
    summary:
      'Writes the file of an attestation where the operator picks; null where none was picked.',
    input: z.object({ id: z.string().max(100) }),
    output: z.object({ file: z.string() }).nullable(),
    action: true,
  }),
  report: method({
    summary:
      'The checklist as the print view shows it, judged anew: what passes is cut after 5,000 things.',
    input: reportSelectionSchema,
    output: readinessReportSchema,
  }),
  exportReport: method({
    summary:
      'Writes the checklist, judged anew, where the operator picks; null where none was picked.',
    input: reportSelectionSchema.extend({ format: z.enum(reportFormats) }),
    output: z
      .object({
        file: z.string(),
        /** Of the file. */
        sha256: z.string(),
      })
      .nullable(),
    action: true,
  }),
  settings: method({
    summary: 'What the rules demand.',
    output: readinessSettingsSchema,
  }),
  setSettings: method({
    summary: 'Sets what the rules demand, and judges anew.',
    input: readinessSettingsSchema.omit({ trustedAccounts: true }),
    output: readinessSettingsSchema,
    action: true,
  }),
  trust: method({
    summary:
      'Declares that key policies and grants may let in an account or an organisation, and judges anew what depends on it.',
    input: trustedSchema.pick({ id: true, why: true }),
    output: readinessSettingsSchema,
    action: true,
  }),
  stopTrusting: method({
    summary: 'Takes that back, and judges anew what depends on it.',
    input: trustedSchema.pick({ id: true }),
    output: readinessSettingsSchema,
    action: true,
  }),
};
