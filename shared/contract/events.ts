import { z } from 'zod';
import {
  athenaChoicesSchema,
  athenaPlanSchema,
  athenaQuestionSchema,
} from '../model/events/athena';
import {
  coverageSchema,
  eventSourceKinds,
  forgottenSchema,
  importReportSchema,
} from '../model/events/coverage';
import { digestReportSchema } from '../model/events/digestReport';
import { eventFacetSchema, eventRowSchema } from '../model/events/event';
import { triageGroupSchema } from '../model/events/findings';
import { keyExchangeUseSchema } from '../model/events/keyExchanges';
import {
  eventPageSchema,
  eventQuerySchema,
  facetCountsSchema,
  histogramSchema,
} from '../model/events/query';
import { tellingReportSchema } from '../model/events/tellingContext';
import { throttlingReportSchema } from '../model/events/throttling/report';
import { eventStorageSchema, retainedSchema } from '../model/events/retention';
import { trailReportSchema } from '../model/events/trailCheck';
import { driftSchema, watchReportSchema } from '../model/events/watch/report';
import { watchSettingsSchema } from '../model/events/watch/rules';
import { method } from './define';

const importProgress = z.object({
  /** Files, objects or requests. */
  done: z.number().int(),
  expected: z.number().int(),
  events: z.number().int(),
  /** What is being read: `eu-central-1`, a file's name. */
  what: z.string(),
  remainingSeconds: z.number().optional(),
  /** Requests a second that are made in each Region. */
  perSecond: z.number().optional(),
});

const s3Place = z.object({
  connection: z.string().max(200),
  region: z.string().max(40),
  uri: z.string().max(1200),
  since: z.string().max(40).optional(),
  until: z.string().max(40).optional(),
});

export const events = {
  coverage: method({
    summary: 'What is stored of which account and Region, from when to when, and the gaps.',
    output: z.object({
      coverage: z.array(coverageSchema),
      total: z.number().int(),
      forgotten: forgottenSchema.optional(),
    }),
  }),
  lookup: method({
    summary: 'Asks CloudTrail’s event history in the chosen accounts and Regions for what is new.',
    output: importReportSchema,
    progress: importProgress,
    action: true,
  }),
  importFiles: method({
    summary: 'Takes in log files or a folder that the operator picks; null where none was picked.',
    input: z.object({ what: z.enum(['files', 'folder']) }),
    output: importReportSchema.nullable(),
    progress: importProgress,
    action: true,
  }),
  importDropped: method({
    summary: 'Takes in one log file that was dropped on the window.',
    input: z.object({ name: z.string().max(500), bytes: z.instanceof(Uint8Array) }),
    output: importReportSchema,
    action: true,
  }),
  importBucket: method({
    summary: 'Takes in what is missing of a trail’s bucket.',
    input: s3Place,
    output: importReportSchema,
    progress: importProgress,
    action: true,
  }),
  storage: method({
    summary: 'What the stored events take, and how many are older than so many days (null: none).',
    input: z.object({ days: z.number().int().min(1).max(36_500).nullable() }),
    output: eventStorageSchema,
  }),
  retain: method({
    summary: 'Deletes the stored events that are older than the settings keep them.',
    output: retainedSchema,
    action: true,
  }),
  page: method({
    summary: 'A page of the events that a query matches, newest first.',
    input: z.object({
      query: eventQuerySchema,
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(500),
    }),
    output: eventPageSchema,
  }),
  place: method({
    summary:
      'Where an event stands among those that a query matches; null where it is none of them.',
    input: z.object({ query: eventQuerySchema, eventId: z.string().max(100) }),
    output: z.object({ index: z.number().int().nullable() }),
  }),
  facets: method({
    summary: 'How many of the matching events have which value.',
    input: z.object({ query: eventQuerySchema, facets: z.array(eventFacetSchema).max(20) }),
    output: z.array(facetCountsSchema),
  }),
  histogram: method({
    summary: 'The matching events over time, by outcome.',
    input: z.object({ query: eventQuerySchema, buckets: z.number().int().min(1).max(1000) }),
    output: histogramSchema,
  }),
  event: method({
    summary: 'One event with its raw record, and other accounts’ copies of it.',
    input: z.object({ eventId: z.string().max(100) }),
    output: z.object({
      row: eventRowSchema,
      raw: z.string(),
      /** The same call as other accounts recorded it. */
      copies: z.array(z.object({ eventId: z.string(), account: z.string() })),
      /** Whence it came first; what Athena gives is rebuilt from columns. */
      source: z.enum(eventSourceKinds),
    }),
  }),
  exportEvents: method({
    summary: 'Writes the matching events to a file the operator picks; null where none was picked.',
    input: z.object({ query: eventQuerySchema, format: z.enum(['csv', 'json']) }),
    output: z.object({ file: z.string(), events: z.number().int() }).nullable(),
    action: true,
  }),
  triage: method({
    summary: 'Failed uses of keys, grouped by cause, caller and what they were about.',
    input: z.object({ query: eventQuerySchema }),
    output: z.object({ groups: z.array(triageGroupSchema).max(1000), events: z.number().int() }),
  }),
  keyExchanges: method({
    summary:
      'Callers by TLS version and key exchange: who is not yet safe from a quantum computer.',
    input: z.object({ query: eventQuerySchema }),
    output: z.array(keyExchangeUseSchema),
  }),
  tellingContexts: method({
    summary:
      'Encryption contexts in the stored events that look like personal data or secrets, masked.',
    output: tellingReportSchema,
  }),
  exportKeyExchanges: method({
    summary: 'Writes them as CSV to a file the operator picks; null where none was picked.',
    input: z.object({ query: eventQuerySchema }),
    output: z.object({ file: z.string(), callers: z.number().int() }).nullable(),
    action: true,
  }),
  throttling: method({
    summary:
      'How near KMS calls came to their request quotas in the chosen accounts and Regions, and which throttled calls are stored.',
    output: z.array(throttlingReportSchema),
    progress: z.object({ done: z.number().int(), expected: z.number().int() }),
    action: true,
  }),
  watch: method({
    summary: 'Dangerous changes and unusual uses in all stored events, and which are acknowledged.',
    output: watchReportSchema,
  }),
  acknowledge: method({
    summary: 'Sets an alert aside with a note; further events of it open it again.',
    input: z.object({ id: z.string().max(500), note: z.string().trim().min(1).max(400) }),
    /** Single values, so that the journal says what was acknowledged. */
    output: z.object({ rule: z.string(), severity: z.string(), reason: z.string() }),
    action: true,
  }),
  unacknowledge: method({
    summary: 'Opens an acknowledged alert again.',
    input: z.object({ id: z.string().max(500) }),
    action: true,
  }),
  watchSettings: method({
    summary: 'Which rules the watch follows, and from when on it tells.',
    output: watchSettingsSchema,
  }),
  setWatchSettings: method({
    summary: 'Sets all of them; gives them back.',
    input: watchSettingsSchema,
    output: watchSettingsSchema,
    action: true,
  }),
  openAlerts: method({
    summary:
      'How many alerts of high severity were open when the watch last looked; null before that.',
    output: z.object({ high: z.number().int(), lookedAt: z.string() }).nullable(),
  }),
  drift: method({
    summary: 'What changed on keys from one inventory to the next, and who did it.',
    output: z.array(driftSchema).max(1000),
  }),
  checkTrails: method({
    summary:
      'Whether the trails of the chosen accounts and Regions can be trusted, and alarms reach somebody.',
    output: z.array(trailReportSchema),
    progress: z.object({ done: z.number().int(), expected: z.number().int() }),
    action: true,
  }),
  validateBucket: method({
    summary: 'Proves a bucket’s log files by the digests that CloudTrail signed.',
    input: s3Place,
    output: digestReportSchema,
    progress: z.object({ done: z.number(), expected: z.number() }),
    action: true,
  }),
  validateFolder: method({
    summary:
      'Proves the log files of a folder that the operator picks; null where none was picked.',
    output: digestReportSchema.nullable(),
    progress: z.object({ done: z.number(), expected: z.number() }),
    action: true,
  }),
  exportEvidence: method({
    summary:
      'Writes the evidence of the validation whose report is of that time to a file the operator picks.',
    input: z.object({ asOf: z.string().max(40) }),
    output: z
      .object({ file: z.string(), sha256: z.string(), digests: z.number().int() })
      .nullable(),
    action: true,
  }),
  trailBuckets: method({
    summary: 'Trails of an account and Region with their buckets, to choose from.',
    input: s3Place.pick({ connection: true, region: true }),
    output: athenaChoicesSchema.shape.trails,
  }),
  athenaChoices: method({
    summary: 'Trails and Athena’s workgroups of an account and Region, to choose from.',
    input: s3Place.pick({ connection: true, region: true }),
    output: athenaChoicesSchema,
  }),
  planAthena: method({
    summary: 'What a question to Athena would read and cost; nothing is asked yet.',
    input: athenaQuestionSchema,
    output: athenaPlanSchema,
    progress: z.object({ objects: z.number().int(), bytes: z.number().int(), what: z.string() }),
  }),
  importAthena: method({
    summary: 'Asks Athena as a plan says that was shown, and takes the answer in.',
    /** `costUsd`: what the operator has agreed to, as the plan has it. */
    input: z.object({ planId: z.string().max(50), costUsd: z.number() }),
    output: importReportSchema.extend({ bytesScanned: z.number().int(), queryId: z.string() }),
    progress: importProgress,
    action: true,
  }),
};
