import { z } from 'zod';
import { scanResultSchema } from '../model/tls/result';
import {
  endpointEditSchema,
  endpointRowSchema,
  endpointSchema,
  scanDifferenceSchema,
  scanSummarySchema,
  scheduleSchema,
} from '../model/tls/fleet';
import { method } from './define';

/** Rows travel in parts of at most this many. */
export const maxEndpointsPerPart = 250;

const endpointId = z.string().max(100);
const scanId = z.number().int();

export const tls = {
  endpoints: method({
    summary: 'The configured endpoints, each with its last scans; in parts, asks no network.',
    output: z.object({ total: z.number().int() }),
    progress: z.object({ rows: z.array(endpointRowSchema).max(maxEndpointsPerPart) }),
  }),
  saveEndpoint: method({
    summary: 'Adds an endpoint, or changes the one with the id.',
    input: endpointEditSchema,
    output: endpointSchema,
    action: true,
  }),
  removeEndpoints: method({
    summary: 'Removes endpoints and their scans.',
    input: z.object({ ids: z.array(endpointId).min(1).max(10_000) }),
    output: z.object({ removed: z.number().int() }),
    action: true,
  }),
  readImport: method({
    summary: 'Reads a list or CSV of endpoints and says what it holds; changes nothing.',
    input: z.object({ text: z.string().max(4_000_000) }),
    output: z.object({
      endpoints: z.array(endpointEditSchema),
      /** Lines that are no endpoint, and why. */
      problems: z.array(z.object({ line: z.number().int(), message: z.string() })),
      alreadyThere: z.number().int(),
    }),
  }),
  importEndpoints: method({
    summary: 'Adds what was read; endpoints that are there already stay as they are.',
    input: z.object({ endpoints: z.array(endpointEditSchema).max(10_000) }),
    output: z.object({ added: z.number().int(), alreadyThere: z.number().int() }),
    action: true,
  }),
  discover: method({
    summary: 'Asks the chosen accounts for load balancers, CloudFront and API Gateway endpoints.',
    output: z.object({
      endpoints: z.array(endpointEditSchema),
      /** What could not be asked: service, account, Region, and the missing permission. */
      problems: z.array(z.object({ what: z.string(), message: z.string() })),
    }),
    progress: z.object({ done: z.number(), expected: z.number() }),
    action: true,
  }),
  scan: method({
    summary: 'Scans endpoints now: every address of each; stores and tells each result as it ends.',
    input: z.object({
      /** All where absent. */
      ids: z.array(endpointId).max(10_000).optional(),
    }),
    output: z.object({
      scanned: z.number().int(),
      unreachable: z.number().int(),
      ms: z.number(),
    }),
    progress: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('count'),
        done: z.number().int(),
        expected: z.number().int(),
        running: z.array(z.string()).max(50),
      }),
      z.object({ kind: z.literal('row'), row: endpointRowSchema }),
    ]),
    action: true,
  }),
  result: method({
    summary: 'One stored scan, whole.',
    input: z.object({ scan: scanId }),
    output: scanResultSchema,
  }),
  history: method({
    summary:
      'The scans of one endpoint, newest first, each with what changed since the one before.',
    input: z.object({ id: endpointId }),
    output: z.array(scanSummarySchema.extend({ differences: z.array(scanDifferenceSchema) })),
  }),
  compare: method({
    summary: 'What differs between two stored scans, of one endpoint or of two.',
    input: z.object({ from: scanId, to: scanId }),
    output: z.array(scanDifferenceSchema),
  }),
  schedule: method({
    summary: 'When scans run by themselves, and how politely.',
    output: scheduleSchema,
  }),
  setSchedule: method({
    summary: 'Sets when scans run by themselves, and how politely.',
    input: scheduleSchema,
    output: scheduleSchema,
    action: true,
  }),
  policyFile: method({
    summary: "The operator's own policy for endpoints (YAML), and what is wrong with it.",
    input: z.object({ set: z.string().max(200_000).optional() }),
    output: z.object({
      text: z.string(),
      problems: z.array(z.object({ line: z.number().int().optional(), message: z.string() })),
    }),
    action: true,
  }),
  exportResults: method({
    summary:
      'Writes the last scans of endpoints to a file the operator picks; null where none was picked.',
    input: z.object({
      format: z.enum(['json', 'csv', 'sarif']),
      ids: z.array(endpointId).max(10_000).optional(),
    }),
    output: z.object({ file: z.string(), results: z.number().int() }).nullable(),
    action: true,
  }),
  practiceEndpoints: method({
    summary: 'The TLS servers of the practice account, ready to be added; empty without it.',
    output: z.array(endpointEditSchema),
  }),
};
