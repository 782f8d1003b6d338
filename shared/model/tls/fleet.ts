import { z } from 'zod';
import { gradeLetters } from './judgement';
import { answerSchema, tlsVersionSchema, vulnerabilityIds } from './scan';

/** A host name or IP address, without scheme, path or port. */
export const hostSchema = z.string().min(1).max(253);

/** An endpoint as the operator keeps it. */
export const endpointSchema = z.object({
  id: z.string(),
  name: z.string(),
  host: hostSchema,
  port: z.number().int().min(1).max(65535),
  /** The name to send; the host where null, none where empty. */
  sni: z.string().max(253).nullable(),
  owner: z.string(),
  tags: z.array(z.string()),
  /** The ELB policy that it is to satisfy, if one is demanded. */
  elbPolicy: z.string().nullable(),
  /** Clients need a certificate here (mTLS). */
  clientCertificate: z.boolean(),
  /** `by hand`, `import`, `elbv2/eu-central-1`, `practice`. */
  source: z.string(),
  createdAt: z.string(),
});
export type Endpoint = z.infer<typeof endpointSchema>;

/** What is needed to add one; with an id it changes that one. */
export const endpointEditSchema = z.object({
  id: z.string().max(100).optional(),
  name: z.string().max(200).default(''),
  host: hostSchema,
  port: z.number().int().min(1).max(65535).default(443),
  sni: z.string().max(253).nullable().default(null),
  owner: z.string().max(200).default(''),
  tags: z.array(z.string().max(100)).max(50).default([]),
  elbPolicy: z.string().max(100).nullable().default(null),
  clientCertificate: z.boolean().default(false),
  source: z.string().max(200).default('by hand'),
});
export type EndpointEdit = z.infer<typeof endpointEditSchema>;

/** One address's scan in a few values: what the list shows. */
export const scanSummarySchema = z.object({
  /** The scan's number in the store. */
  scan: z.number().int(),
  at: z.string(),
  address: z.string().optional(),
  reachable: z.boolean(),
  unreachable: z.string().optional(),
  grade: z.enum(gradeLetters).nullable(),
  /** Why the grade is no better (caps, then warnings), or what kept it from being given; sentences. */
  reasons: z.array(z.string()).optional(),
  versions: z.array(z.object({ version: tlsVersionSchema, offered: answerSchema })),
  /** Of the chain that ends first. */
  notAfter: z.string().optional(),
  daysLeft: z.number().optional(),
  issuer: z.string().optional(),
  keyTypes: z.array(z.string()),
  /** The strictest Mozilla profile that it satisfies: `modern`, `intermediate`, `old`, `none`. */
  profile: z.enum(['modern', 'intermediate', 'old', 'none', 'unknown']),
  /** The ELB policy that its lists equal, or the nearest with a tilde before it. */
  elbPolicy: z.string().optional(),
  postQuantum: answerSchema,
  vulnerable: z.array(z.enum(vulnerabilityIds)),
  unknowns: z.number().int(),
  ms: z.number(),
});
export type ScanSummary = z.infer<typeof scanSummarySchema>;

/** One thing that is otherwise in the later scan. */
export const scanDifferenceSchema = z.object({
  /** `protocol`, `suite`, `group`, `certificate`, `grade`, `vulnerability`, `http`, `feature`. */
  about: z.string(),
  /** `worse`, `better`, or `changed` where that cannot be said. */
  direction: z.enum(['worse', 'better', 'changed']),
  /** A sentence: `TLS 1.0 is offered again.` */
  what: z.string(),
  before: z.string().optional(),
  after: z.string().optional(),
});
export type ScanDifference = z.infer<typeof scanDifferenceSchema>;

/** An endpoint and its last scan of each address. */
export const endpointRowSchema = z.object({
  endpoint: endpointSchema,
  last: z.array(scanSummarySchema),
  /** What changed with the last scan. */
  differences: z.array(scanDifferenceSchema),
  /** The addresses do not answer alike. */
  addressesDiffer: z.boolean(),
});
export type EndpointRow = z.infer<typeof endpointRowSchema>;

/** When scans run by themselves, and how politely. */
export const scheduleSchema = z.object({
  every: z.enum(['never', 'day', 'week', 'month']),
  /** Endpoints at once. */
  concurrency: z.number().int().min(1).max(200),
  /** Connections at once to one address. */
  connectionsPerHost: z.number().int().min(1).max(32),
  /** Between two connections to one address. */
  pauseMs: z.number().int().min(0).max(10_000),
  /** Asks OCSP responders and CRLs over the network. */
  revocation: z.boolean(),
  /** Vulnerability probes that are switched off. */
  skipProbes: z.array(z.enum(vulnerabilityIds)),
  /** Scans older than so many days are removed; the last one of an endpoint is always kept. */
  keepDays: z.number().int().min(1).max(3650),
  /** When the next one is due; absent with `never`. What is given here is not stored. */
  nextAt: z.string().optional(),
});
export type Schedule = z.infer<typeof scheduleSchema>;
