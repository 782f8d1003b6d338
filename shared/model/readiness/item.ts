import { z } from 'zod';
import { verdictSchema } from '../verdict';

/** Kinds of things that get a verdict of their own. */
export const subjectKinds = [
  'key',
  'account-region',
  'account',
  'endpoint',
  'resource',
  'principal',
  'organisation',
] as const;

/** The thing that a verdict is about. */
export const subjectSchema = z.object({
  kind: z.enum(subjectKinds),
  /** Stable over runs: what owners, waivers and history are kept under. */
  id: z.string().max(2100),
  /** For a person: alias, bucket name, `host:443`. */
  name: z.string(),
  connection: z.string().optional(),
  account: z.string().optional(),
  region: z.string().optional(),
});

/** One check's verdict of one thing, and what it rests on. */
export const itemSchema = z.object({
  subject: subjectSchema,
  verdict: verdictSchema,
  /** Ids of evidence documents. */
  evidence: z.array(z.string()),
  /** The oldest answer that the verdict rests on, ISO 8601 UTC; absent where it rests on none. */
  asOf: z.string().optional(),
});
export type Item = z.infer<typeof itemSchema>;
