import { z } from 'zod';
import { gradeLetters } from './judgement';
import { tlsVersionSchema, vulnerabilityIds } from './scan';

const days = z.number().int().min(1).max(100_000);
const bits = z.number().int().min(1).max(100_000);
/** A name, or a pattern with `*` for any characters. */
const pattern = z.string().min(1).max(200);

const must = z.strictObject({
  /** Nothing older may be offered. */
  minimumVersion: tlsVersionSchema.optional(),
  /** Each must be offered. */
  versions: z.array(tlsVersionSchema).max(6).optional(),
  /** Each must be offered. */
  groups: z.array(pattern).max(50).optional(),
  minimumGrade: z.enum(gradeLetters).exclude(['T', 'M']).optional(),
  minimumRsaBits: bits.optional(),
  minimumCurveBits: bits.optional(),
  minimumDhBits: bits.optional(),
  /** From the first day of a certificate to its last. */
  maximumCertificateDays: days.optional(),
  minimumDaysLeft: days.optional(),
  hstsMinimumDays: days.optional(),
  trusted: z.literal(true).optional(),
  hostname: z.literal(true).optional(),
  forwardSecrecy: z.literal(true).optional(),
  aead: z.literal(true).optional(),
  ocspStaple: z.literal(true).optional(),
  postQuantum: z.literal(true).optional(),
  clientCertificate: z.literal(true).optional(),
  redirect: z.literal(true).optional(),
  mozillaProfile: z.enum(['modern', 'intermediate', 'old']).optional(),
  elbPolicy: z.string().min(1).max(100).optional(),
});

const mustNot = z.strictObject({
  versions: z.array(tlsVersionSchema).max(6).optional(),
  /** Standard names, or patterns: `TLS_RSA_*`, `*_CBC_*`. */
  suites: z.array(pattern).max(200).optional(),
  groups: z.array(pattern).max(50).optional(),
  /** `all`, or their names. */
  vulnerabilities: z.union([z.literal('all'), z.array(z.enum(vulnerabilityIds))]).optional(),
});

/** The operator's own policy for endpoints: what must be, what must not; docs/tls-scans.md. */
export const ownPolicySchema = z
  .strictObject({
    name: z.string().max(200).optional(),
    must: must.optional(),
    mustNot: mustNot.optional(),
  })
  .refine(({ must: a, mustNot: b }) => a !== undefined || b !== undefined, {
    message: 'Say under `must` or `mustNot` what is demanded.',
  });
export type OwnPolicy = z.infer<typeof ownPolicySchema>;
