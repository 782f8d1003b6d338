import { z } from 'zod';
import { verdictSchema } from '../verdict';

/**
 * What can be wrong with a trail's files. `modified`: the hash differs from the one that the digest
 * names; `forged`: a digest's signature does not fit; `missing`: named by a digest and not there;
 * `moved`: it does not lie where it says; `restarted`: a chain begins anew although older digests are
 * there; `unreadable`: no gzip, or not what it should hold.
 */
export const trailFaultKinds = [
  'modified',
  'forged',
  'missing',
  'moved',
  'restarted',
  'unreadable',
] as const;

export const trailFaultSchema = z.object({
  kind: z.enum(trailFaultKinds),
  file: z.enum(['digest', 'log']),
  /** Key of the object in the bucket, from `AWSLogs/` on or with the trail's prefix. */
  object: z.string(),
  /** Of a log file or a missing digest: key of the digest that names it, from `AWSLogs/` on. */
  namedBy: z.string().optional(),
  why: z.string(),
  /** SHA-256 of the uncompressed file, hex: as the digest names it, and as it is. */
  expected: z.string().optional(),
  actual: z.string().optional(),
  /** What should be there beside what is: hashes, signatures, places, times. */
  differs: z.array(
    z.object({ what: z.string(), expected: z.string().optional(), found: z.string().optional() }),
  ),
});
export type TrailFault = z.infer<typeof trailFaultSchema>;

export const digestResultSchema = z.object({
  object: z.string(),
  start: z.string(),
  end: z.string(),
  /**
   * `valid`: signed by AWS's key, unchanged, in its place. `unproven`: no signature or no public key
   * was at hand. `invalid`: see `faults`. `missing`: the digest after it names it, and it is not there.
   */
  state: z.enum(['valid', 'unproven', 'invalid', 'missing']),
  why: z.string().optional(),
  /** It begins a chain: nothing before it can be proven by it. */
  startsChain: z.boolean(),
  logFiles: z.object({
    named: z.number().int(),
    valid: z.number().int(),
    faulty: z.number().int(),
    unread: z.number().int(),
  }),
});
export type DigestResult = z.infer<typeof digestResultSchema>;

export const digestChainSchema = z.object({
  account: z.string(),
  region: z.string(),
  trail: z.string(),
  /** Oldest first. */
  digests: z.array(digestResultSchema),
  /** From the first digest's start to the last one's end; nothing is said of what lies outside. */
  from: z.string().optional(),
  to: z.string().optional(),
  /** Digests that were seen outside the asked time, which are not judged. */
  outside: z.number().int(),
});

/** What became of a validation of log files by their digests. */
export const digestReportSchema = z.object({
  /** The folder or `s3://bucket/prefix`. */
  where: z.string(),
  since: z.string().optional(),
  until: z.string().optional(),
  asOf: z.string(),
  chains: z.array(digestChainSchema),
  faults: z.array(trailFaultSchema),
  /** What could not be read or proven, and why: never a pass. */
  unknowns: z.array(
    z.object({
      object: z.string(),
      why: z.string(),
      /** The missing one, where it was denied. */
      permission: z.string().optional(),
    }),
  ),
  digests: z.number().int(),
  logFiles: z.number().int(),
  /** Uncompressed bytes of log files that were hashed. */
  bytes: z.number().int(),
  verdict: verdictSchema,
});
export type DigestReport = z.infer<typeof digestReportSchema>;
