import { z } from 'zod';
import { verdictSchema } from '../verdict';

export const gradeLetters = ['A+', 'A', 'A-', 'B', 'C', 'D', 'E', 'F', 'T', 'M'] as const;

/** A rule that caps or lowers the grade, and what was seen. */
export const gradeReasonSchema = z.object({
  /** `ssl2`, `no-tls12`, `chain-untrusted`: stable. */
  rule: z.string(),
  /** The letter it caps at; A- for a warning. */
  letter: z.enum(gradeLetters),
  why: z.string(),
});

/** SSL Labs' Server Rating Guide 2009r. No letter where something it needs is unknown: `missing` says what. */
export const gradeSchema = z.object({
  letter: z.enum(gradeLetters).nullable(),
  score: z.number().nullable(),
  /** Each 0 to 100. */
  parts: z.object({
    protocol: z.number().nullable(),
    keyExchange: z.number().nullable(),
    cipherStrength: z.number().nullable(),
  }),
  caps: z.array(gradeReasonSchema),
  warnings: z.array(gradeReasonSchema),
  missing: z.array(z.string()),
});
export type Grade = z.infer<typeof gradeSchema>;

/** One exact difference between what is there and what a profile or policy wants. */
export const differenceSchema = z.object({
  /** `versions`, `suites`, `groups`, `certificate`, `hsts`, ... */
  about: z.string(),
  /** `remove`: there and not wanted; `add`: wanted and missing; `change`: another value. */
  kind: z.enum(['remove', 'add', 'change', 'cannot-tell']),
  what: z.string(),
});
export type Difference = z.infer<typeof differenceSchema>;

export const profileResultSchema = z.object({
  /** `mozilla-5.8/intermediate`. */
  id: z.string(),
  name: z.string(),
  verdict: verdictSchema,
  differences: z.array(differenceSchema),
});
export type ProfileResult = z.infer<typeof profileResultSchema>;

/** What the server's lists have in common with AWS's ELB policies, for its kind of certificate. */
export const elbPolicyResultSchema = z.object({
  /** Policies that this server's lists equal; several where the certificate's kind cannot tell them apart. */
  equal: z.array(z.string()),
  /** The nearest where none is equal. */
  nearest: z.string().nullable(),
  /** What to change, for each policy asked about. */
  toSatisfy: z.array(
    z.object({
      policy: z.string(),
      verdict: verdictSchema,
      differences: z.array(differenceSchema),
    }),
  ),
  note: z.string().optional(),
});
export type ElbPolicyResult = z.infer<typeof elbPolicyResultSchema>;

export const judgementSchema = z.object({
  grade: gradeSchema,
  profiles: z.array(profileResultSchema),
  elbPolicy: elbPolicyResultSchema,
  postQuantum: verdictSchema,
  /** The guide's three demands: `tls13`, `aead`, `no-fallback`. */
  guide: z.array(z.object({ id: z.string(), name: z.string(), verdict: verdictSchema })),
  /** Rows of the operator's own policy file. */
  ownPolicy: z.array(z.object({ id: z.string(), name: z.string(), verdict: verdictSchema })),
});
export type Judgement = z.infer<typeof judgementSchema>;
