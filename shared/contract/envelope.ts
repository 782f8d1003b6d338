import { z } from 'zod';
import { canaryProofSchema, canarySchema } from '../model/envelope/canary';
import { contextTemplateSchema, encryptionContextSchema } from '../model/envelope/context';
import {
  batchProgressSchema,
  batchResultSchema,
  decryptInputSchema,
  encryptInputSchema,
  envelopeInfoSchema,
  proofSchema,
  rekeyInputSchema,
  sourceSchema,
} from '../model/envelope/jobs';
import { measureInputSchema, measureResultSchema } from '../model/envelope/measure';
import { keyRefSchema } from '../model/key';
import { method } from './define';

const sourceId = z.string().max(100);
const canaryId = z.string().max(100);
const problems = z.array(z.object({ name: z.string(), message: z.string() }));

export const envelope = {
  pick: method({
    summary: 'Lets the operator pick files, or one folder; none where nothing was picked.',
    input: z.object({ what: z.enum(['files', 'folder']) }),
    output: z.object({ sources: z.array(sourceSchema), problems }),
  }),
  addFiles: method({
    summary: 'Takes in the files and folders that go with the call (dropped ones).',
    output: z.object({ sources: z.array(sourceSchema), problems }),
  }),
  encrypt: method({
    summary: 'Seals files and folders, each in an envelope of its own.',
    input: encryptInputSchema,
    output: batchResultSchema,
    progress: batchProgressSchema,
    action: true,
  }),
  decrypt: method({
    summary: 'Opens envelopes to a place, or verifies them only.',
    input: decryptInputSchema,
    output: batchResultSchema,
    progress: batchProgressSchema,
    action: true,
  }),
  rekey: method({
    summary:
      'Puts envelopes under other keys: a simple one by ReEncrypt of its data key, the other by encrypting it anew.',
    input: rekeyInputSchema,
    output: batchResultSchema,
    progress: batchProgressSchema,
    action: true,
  }),
  pause: method({
    summary: 'Holds a batch, or lets it go on; false where it has ended.',
    input: z.object({ batch: z.string().max(100), paused: z.boolean() }),
    output: z.object({ found: z.boolean() }),
  }),
  inspect: method({
    summary: 'What an envelope says of itself; asks no key and proves nothing.',
    input: z.object({ source: sourceId }),
    output: envelopeInfoSchema,
  }),
  prove: method({
    summary:
      'Proves that an envelope still opens: which key material opened it, whether that is the current one, and the hash.',
    input: z.object({
      source: sourceId,
      expectedSha256: z
        .string()
        .regex(/^[0-9a-fA-F]{64}$/, 'A SHA-256 has 64 hexadecimal digits.')
        .optional(),
      keys: z.array(keyRefSchema).min(1).max(10).optional(),
      context: encryptionContextSchema.optional(),
    }),
    output: proofSchema,
    progress: z.object({ done: z.number(), expected: z.number() }),
    action: true,
  }),
  templates: method({
    summary: 'The encryption contexts that are kept by name.',
    output: z.array(contextTemplateSchema),
  }),
  setTemplates: method({
    summary: 'Keeps these encryption contexts by name, in place of all others.',
    input: z.array(contextTemplateSchema).max(200),
    output: z.array(contextTemplateSchema),
    action: true,
  }),
  measure: method({
    summary:
      'Measures ways to encrypt many records with a key: latency, KMS requests, share of the quota, cost.',
    input: measureInputSchema,
    output: measureResultSchema,
    progress: z.object({ done: z.number(), expected: z.number() }),
    action: true,
  }),
  lastMeasure: method({
    summary: 'The last measurement; null where there was none.',
    output: measureResultSchema.nullable(),
  }),
  canaries: method({
    summary: 'The canaries: small envelopes that are kept for drills.',
    output: z.array(canarySchema),
  }),
  makeCanary: method({
    summary: 'Makes a canary: random bytes sealed under a key, of which the hash alone is kept.',
    input: z.object({ key: keyRefSchema, note: z.string().max(500) }),
    output: canarySchema,
    action: true,
  }),
  registerCanary: method({
    summary: 'Keeps a small simple envelope as a canary, after it was opened once.',
    input: z.object({ source: sourceId, note: z.string().max(500) }),
    output: canarySchema,
    action: true,
  }),
  proveCanary: method({
    summary: 'Opens a canary and compares its hash.',
    input: z.object({ id: canaryId }),
    output: canaryProofSchema,
    action: true,
  }),
  exportCanary: method({
    summary: 'Writes a canary to a file the operator picks; null where none was picked.',
    input: z.object({ id: canaryId }),
    output: z.object({ file: z.string() }).nullable(),
    action: true,
  }),
  removeCanary: method({
    summary: 'Removes a canary for good.',
    input: z.object({ id: canaryId }),
    output: z.object({ removed: z.boolean() }),
    action: true,
  }),
};
