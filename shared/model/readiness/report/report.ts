import { z } from 'zod';
import { frameworkIds } from '../frameworks';
import { groupIds } from '../groups';
import { attestationSchema } from '../people';
import { reportedPitfallSchema } from '../pitfalls/reported';
import { checkStateSchema, itemStateSchema, readinessStateSchema } from '../state';

/** The forms in which the checklist leaves the program, besides print. */
export const reportFormats = ['html', 'json', 'csv', 'ocsf', 'cbom', 'pack'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** What of the checklist a report has; everything where nothing is said. */
export const reportSelectionSchema = z.object({
  framework: z.enum(frameworkIds).optional(),
  groups: z.array(z.enum(groupIds)).optional(),
});
export type ReportSelection = z.infer<typeof reportSelectionSchema>;

/** A thing of a check, with the hashes of the documents that its verdict rests on, in their order. */
export const reportItemSchema = itemStateSchema.extend({ sha256: z.array(z.string()) });
export type ReportItem = z.infer<typeof reportItemSchema>;

export const reportCheckSchema = checkStateSchema.extend({
  items: z.array(reportItemSchema),
  /** Things that are left out for their number; all of them pass or do not apply. */
  leftOut: z.number().int(),
  /** What persons have attested for it, also what is over. */
  attestations: z.array(attestationSchema),
});
export type ReportCheck = z.infer<typeof reportCheckSchema>;

/** The checklist as judged at one time, whole or for one framework: what every format is made of. */
export const readinessReportSchema = readinessStateSchema
  .pick({ scope: true, sources: true, counts: true, groups: true, manifestSha256: true })
  .extend({
    writtenAt: z.string(),
    /** The program's version, and the operator who made the report. */
    version: z.string(),
    operator: z.string(),
    evaluatedAt: z.string(),
    selection: reportSelectionSchema,
    /** The number of the journal entry that has `manifestSha256`. */
    journalSeq: z.number().int().optional(),
    /** The seven, over all checks; none in a report of a part of them. */
    pitfalls: z.array(reportedPitfallSchema),
    checks: z.array(reportCheckSchema),
  });
export type ReadinessReport = z.infer<typeof readinessReportSchema>;
