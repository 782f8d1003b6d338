import { z } from 'zod';
import { bundleReportSchema } from '../model/drills/bundleReport';
import {
  canaryCoverageSchema,
  canaryKeepingSchema,
  canaryScheduleSchema,
} from '../model/drills/canarySchedule';
import { drillComparisonSchema } from '../model/drills/compare';
import { drillSchema } from '../model/drills/drill';
import { checkResults } from '../model/drills/entry';
import { findingSchema } from '../model/drills/finding';
import { drillOutcomeSchema } from '../model/drills/outcome';
import { minPassphraseLength, personSchema } from '../model/drills/person';
import { planBodySchema, planSchema } from '../model/drills/plan';
import { rehearsalFaultIds } from '../model/drills/rehearsal';
import { reminderSchema } from '../model/drills/reminders';
import { keyUsesSchema, lastUseSchema, riskReasons } from '../model/drills/risk';
import { templateIds } from '../model/drills/templates';
import { canarySchema } from '../model/envelope/canary';
import { errorInfoSchema } from '../model/errors';
import { keyRefSchema } from '../model/key';
import { method } from './define';

const id = z.string().max(100);
const passphrase = z.string().max(1000);
const newPassphrase = passphrase.min(
  minPassphraseLength,
  `A passphrase has at least ${minPassphraseLength} characters.`,
);
/** It stands in reports and in VERIFY.md: one line, and read from left to right as it is written. */
const personName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\u2028-\u202E\u2066-\u2069]*$/u, 'A name is one line of text.');
const inStep = { drill: id, step: id };

/** A drill with what it comes to. */
const drillView = z.object({ drill: drillSchema, outcome: drillOutcomeSchema });

export const drillSummarySchema = z.object({
  id,
  plan: id,
  planName: z.string(),
  planVersion: z.number().int(),
  practice: z.boolean(),
  startedAt: z.string(),
  closedAt: z.string().optional(),
  state: z.enum(['running', 'paused', 'closed']),
  result: z.enum(['passed', 'failed', 'incomplete']),
  totalSeconds: z.number(),
  rtoMinutes: z.number(),
  /** Changes that are not taken back yet. */
  toUndo: z.number().int(),
  signatures: z.number().int(),
  openFindings: z.number().int(),
});
export type DrillSummary = z.infer<typeof drillSummarySchema>;

const planRow = z.object({
  plan: planSchema,
  problems: z.array(z.string()),
  lastPassedAt: z.string().optional(),
  due: z.string(),
  dueState: z.enum(['later', 'soon', 'overdue']),
  /** Its drill that is not closed yet: no other can begin. */
  openDrill: id.optional(),
});

/** What is told while a step runs: its last sentence, and the drill as it stands. */
const stepProgress = z.object({ what: z.string(), drill: drillSchema.optional() });

export const drills = {
  plans: method({
    summary: 'The plans in their newest version, with when each is due.',
    output: z.array(planRow).max(1000),
  }),
  reminders: method({
    summary: 'What waits for a person: drills and findings that are due, changes not taken back.',
    output: z.array(reminderSchema).max(10_000),
  }),
  planVersions: method({
    summary: 'Every version of a plan, newest first.',
    input: z.object({ plan: id }),
    output: z.array(planSchema),
  }),
  planFromTemplate: method({
    summary: 'A plan to begin with, filled in as far as the account tells; nothing is stored.',
    input: z.object({ template: z.enum(templateIds), connection: z.string().max(200) }),
    output: z.object({ body: planBodySchema, problems: z.array(z.string()) }),
  }),
  savePlan: method({
    summary: 'Stores a plan, or its next version.',
    input: z.object({ plan: id.optional(), body: planBodySchema }),
    output: planSchema,
    action: true,
  }),
  retirePlan: method({
    summary: 'Takes a plan out of the calendar; its drills stay.',
    input: z.object({ plan: id }),
    action: true,
  }),
  suggestKeys: method({
    summary: 'The keys of the last inventory that a drill can be about, the most pressing first.',
    input: z.object({ connection: z.string().max(200) }),
    output: z
      .array(
        keyRefSchema.extend({
          name: z.string(),
          arn: z.string(),
          reasons: z.array(z.enum(riskReasons)),
          /** Absent where nothing is known of its uses. */
          uses: keyUsesSchema.optional(),
          lastUse: lastUseSchema.optional(),
        }),
      )
      .max(1000),
  }),

  canaryKeeping: method({
    summary:
      'The schedule of canaries, and which materials of its keys have one, as last looked at.',
    output: canaryKeepingSchema,
  }),
  setCanarySchedule: method({
    summary:
      'Chooses the keys that are kept with canaries; real accounts need the agreement to the calls.',
    input: z.object({
      schedule: canaryScheduleSchema,
      /** To ListKeyRotations once a day and GenerateDataKey for each canary. */
      agreed: z.boolean(),
    }),
    output: canaryKeepingSchema,
    action: true,
  }),
  lookAtCanaries: method({
    summary: 'Asks KMS for the materials of the keys on schedule.',
    output: canaryKeepingSchema,
  }),
  makeCanaries: method({
    summary: 'Seals a canary under each key that is due one: those on schedule, or those named.',
    input: z.object({
      keys: z.array(keyRefSchema).min(1).max(200).optional(),
      note: z.string().max(500).optional(),
      /** Also where none is due. */
      always: z.boolean().optional(),
    }),
    output: z.object({
      made: z.array(canarySchema),
      problems: z.array(z.object({ key: keyRefSchema, error: errorInfoSchema })),
    }),
    progress: z.object({ done: z.number().int(), expected: z.number().int() }),
    action: true,
  }),
  canaryCoverage: method({
    summary: 'Which materials of some keys have a canary; asks KMS.',
    input: z.object({ keys: z.array(keyRefSchema).min(1).max(200) }),
    output: z.array(canaryCoverageSchema),
  }),
  exportCanaries: method({
    summary: 'Writes the canaries to a file that the operator picks; null where none was picked.',
    output: z.object({ file: z.string(), canaries: z.number().int() }).nullable(),
    action: true,
  }),

  people: method({ summary: 'Who can sign.', output: z.array(personSchema) }),
  addPerson: method({
    summary: 'Makes a signing key under a passphrase, or takes a KMS key as one.',
    input: z.union([
      z.strictObject({ name: personName, passphrase: newPassphrase }),
      z.strictObject({
        name: personName,
        kms: keyRefSchema,
        /** Under it lies the key to which shares of material are sealed: custodians need it. */
        sharesPassphrase: newPassphrase.optional(),
      }),
    ]),
    output: personSchema,
    action: true,
  }),
  changePassphrase: method({
    summary: 'Puts a signing key under another passphrase.',
    input: z.object({ person: id, passphrase, newPassphrase }),
    action: true,
  }),
  retirePerson: method({
    summary: 'Lets a person sign nothing new any more.',
    input: z.object({ person: id }),
    action: true,
  }),

  start: method({
    summary: 'Begins a drill by the newest version of a plan.',
    input: z.object({
      plan: id,
      operator: id,
      approver: id,
      custodians: z.array(id).max(5).default([]),
      ticket: z.string().trim().max(200).optional(),
    }),
    output: drillView,
    action: true,
  }),
  list: method({
    summary: 'All drills, newest first.',
    output: z.array(drillSummarySchema).max(10_000),
  }),
  get: method({
    summary: 'One drill as it stands.',
    input: z.object({ drill: id }),
    output: drillView,
  }),
  acknowledge: method({
    summary: 'A participant acknowledges their duties, with their passphrase.',
    input: z.object({ drill: id, person: id, passphrase: passphrase.optional() }),
    output: drillView,
    action: true,
  }),
  preflight: method({
    summary: 'Asks, without touching anything, whether a step can be done (DryRun).',
    input: z.object(inStep),
    output: z.array(
      z.object({ what: z.string(), result: z.enum(checkResults), reason: z.string() }),
    ),
  }),
  runStep: method({
    summary: 'Does an automatic step, or begins a manual one.',
    input: z.object({
      ...inStep,
      mfaCode: z
        .string()
        .regex(/^\d{6}$/, 'An MFA code is six digits.')
        .optional(),
      /** What each custodian brings: the passphrase of the share kept here, or a share of their own. */
      custodians: z
        .array(
          z.object({
            person: id,
            passphrase: passphrase.optional(),
            secretShare: z
              .string()
              .regex(/^[0-9a-fA-F]{64}$/, 'A share is 64 hex digits.')
              .optional(),
          }),
        )
        .max(5)
        .optional(),
    }),
    output: drillView,
    progress: stepProgress,
    action: true,
  }),
  endStep: method({
    summary: 'Ends a manual step, or leaves a step out: that needs a reason.',
    input: z.object({
      ...inStep,
      outcome: z.enum(['passed', 'failed', 'skipped', 'not-applicable']),
      reason: z.string().max(2000),
    }),
    output: drillView,
    action: true,
  }),
  note: method({
    summary: 'Adds a note to a step.',
    input: z.object({ ...inStep, text: z.string().trim().min(1).max(20_000) }),
    output: drillView,
    action: true,
  }),
  attach: method({
    summary: 'Attaches files that the operator picks to a step; null where none was picked.',
    input: z.object(inStep),
    output: drillView.nullable(),
    action: true,
  }),
  attachDropped: method({
    summary: 'Attaches a file that was dropped on the window.',
    input: z.object({
      ...inStep,
      name: z.string().min(1).max(200),
      bytes: z.instanceof(Uint8Array),
    }),
    output: drillView,
    action: true,
  }),
  pause: method({
    summary: 'Pauses a drill; its clocks run on.',
    input: z.object({ drill: id, reason: z.string().trim().min(1).max(500) }),
    output: drillView,
    action: true,
  }),
  resume: method({
    summary: 'Goes on with a paused drill.',
    input: z.object({ drill: id }),
    output: drillView,
    action: true,
  }),
  undo: method({
    summary: 'Takes back one change, or finds that it was never made.',
    input: z.object({ drill: id, change: id }),
    output: drillView,
    action: true,
  }),
  findEvents: method({
    summary: 'Looks once for the CloudTrail events of calls that have none yet.',
    input: z.object({ drill: id }),
    output: z.object({ found: z.number().int(), missing: z.number().int() }),
  }),
  saveFinding: method({
    summary: 'Adds a finding, or changes one; after the closing too, as findings live on.',
    input: z.object({ drill: id, finding: findingSchema.partial({ id: true, state: true }) }),
    output: findingSchema,
    action: true,
  }),
  findings: method({
    summary: 'The findings of all drills.',
    output: z.array(findingSchema.extend({ drill: id, planName: z.string() })).max(10_000),
  }),

  close: method({
    summary: 'Closes the record: from now on it can be read and signed, not changed.',
    input: z.object({
      drill: id,
      /** The window shows the drill: what it prints goes into the bundle as report.pdf, under the signatures. */
      printed: z.boolean().default(false),
    }),
    output: drillView,
    action: true,
  }),
  sign: method({
    summary: 'Operator or approver signs the closed record.',
    input: z.object({ drill: id, person: id, passphrase: passphrase.optional() }),
    output: drillView,
    action: true,
  }),
  addAddendum: method({
    summary: 'Adds a signed addendum to a closed record.',
    input: z.object({
      drill: id,
      person: id,
      passphrase: passphrase.optional(),
      text: z.string().trim().min(1).max(20_000),
    }),
    output: drillView,
    action: true,
  }),
  exportBundle: method({
    summary: 'Writes the bundle to a file that the operator picks; null where none was picked.',
    input: z.object({ drill: id }),
    output: z.object({ file: z.string(), sumsSha256: z.string() }).nullable(),
    action: true,
  }),
  verifyBundle: method({
    summary: 'Checks a bundle that the operator picks; null where none was picked.',
    output: bundleReportSchema.nullable(),
    /** Bytes gone through, of those of all passes. */
    progress: z.object({ done: z.number(), expected: z.number() }),
  }),

  compare: method({
    summary: 'Two drills side by side.',
    input: z.object({ before: id, after: id }),
    output: drillComparisonSchema,
  }),
  exportCalendar: method({
    summary: 'Writes the due dates as a calendar file; null where none was picked.',
    output: z.object({ file: z.string(), dates: z.number().int() }).nullable(),
    action: true,
  }),
  rehearse: method({
    summary:
      'Drills a template, or a plan, on the practice account unattended, with faults if wanted.',
    input: z.object({
      plan: z.union([z.strictObject({ template: z.enum(templateIds) }), z.strictObject({ id })]),
      faults: z.array(z.enum(rehearsalFaultIds)).default([]),
    }),
    output: drillView,
    progress: stepProgress,
    action: true,
  }),
};
