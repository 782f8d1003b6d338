import { z } from 'zod';
import { caaSchema, presentedChainSchema } from './certificate';
import { judgementSchema } from './judgement';
import {
  dhParametersSchema,
  featuresSchema,
  groupSchema,
  httpSchema,
  protocolSchema,
  scannedEndpointSchema,
  scanPartSchema,
  scanStatsSchema,
  signatureAlgorithmSchema,
  vulnerabilitySchema,
} from './scan';

/** What was seen of one address: everything a verdict may lean on, and no verdict. */
export const observationSchema = z.object({
  endpoint: scannedEndpointSchema,
  startedAt: z.string(),
  /** What was asked for; a part that is missing here was not looked at. */
  parts: z.array(scanPartSchema),
  /** False where no connection came about at all: `unreachable` says how. */
  reachable: z.boolean(),
  unreachable: z.string().optional(),
  protocols: z.array(protocolSchema),
  groups: z.array(groupSchema),
  groupsComplete: z.boolean(),
  signatureAlgorithms: z.array(signatureAlgorithmSchema),
  dhParameters: z.array(dhParametersSchema),
  features: featuresSchema.optional(),
  certificates: z.array(presentedChainSchema),
  /** Why a chain is missing, where one is. */
  certificatesNote: z.string().optional(),
  caa: caaSchema.optional(),
  http: httpSchema.optional(),
  vulnerabilities: z.array(vulnerabilitySchema),
  /** Slow answers, rate limits, retries: what the operator should know of how it went. */
  notes: z.array(z.string()),
  stats: scanStatsSchema,
});
export type Observation = z.infer<typeof observationSchema>;

/** One address's scan as it is stored and shown: what was seen, and what it comes to. */
export const scanResultSchema = observationSchema.extend(judgementSchema.shape);
export type ScanResult = z.infer<typeof scanResultSchema>;
