import { z } from 'zod';

/** A day, `2026-11-28`. */
export const daySchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'A day is written 2026-11-28.')
  .refine((text) => !Number.isNaN(Date.parse(text)), 'There is no such day.');

const text = (longest: number) => z.string().trim().max(longest);

/** What a record of people is about: a whole check, or one of its things. */
export const targetSchema = z.object({
  check: z.string().max(100),
  /** The id of the thing; the whole check where absent. */
  subject: z.string().max(2100).optional(),
});
export type Target = z.infer<typeof targetSchema>;

/** A failure that somebody has accepted for a time: it still shows, and counts no less. */
export const waiverSchema = z.object({
  reason: text(2000).min(1),
  approver: text(200).min(1),
  /** The last day on which it holds. */
  expires: daySchema,
  /** When and by which operator it was entered. */
  at: z.string(),
  by: z.string(),
});
export type Waiver = z.infer<typeof waiverSchema>;

/** Who takes care of a check or a thing, by when, and what they say. */
export const assignmentSchema = z.object({
  owner: text(200).optional(),
  due: daySchema.optional(),
  note: text(4000).optional(),
});
export type Assignment = z.infer<typeof assignmentSchema>;

export const careSchema = assignmentSchema.extend({ waiver: waiverSchema.optional() });
export type Care = z.infer<typeof careSchema>;

/** Whether a waiver or an attestation still counts: through its last day, UTC. */
export function holds({ expires }: { readonly expires: string }, now: Date): boolean {
  return now.toISOString().slice(0, 10) <= expires;
}

/** 10 MiB: a signed procedure, not a film. */
export const maxAttachmentBytes = 10 * 1024 * 1024;

export const attachmentSchema = z.object({
  name: z.string().max(255),
  bytes: z.number().int(),
  sha256: z.string(),
});

/** A person's word for what no program can see, with a paper where there is one. */
export const attestationSchema = z.object({
  id: z.string(),
  check: z.string(),
  /** What the person attests. */
  statement: text(4000).min(1),
  /** The person who attests: name and office. */
  by: text(200).min(1),
  /** The last day on which it counts. */
  expires: daySchema,
  at: z.string(),
  /** The operator who entered it. */
  recordedBy: z.string(),
  attachment: attachmentSchema.optional(),
  /** When it was withdrawn, and why. */
  withdrawn: z.object({ at: z.string(), reason: text(2000) }).optional(),
});
export type Attestation = z.infer<typeof attestationSchema>;

/** One line of the history of a check or a thing. */
export const historyEntrySchema = z.object({
  at: z.string(),
  /** The operator; absent where a verdict changed by itself. */
  operator: z.string().optional(),
  kind: z.enum(['verdict', 'assigned', 'waived', 'waiver-lifted', 'attested', 'withdrawn']),
  check: z.string(),
  subject: z.string().optional(),
  /** A sentence. */
  what: z.string(),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;
