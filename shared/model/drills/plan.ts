import { z } from 'zod';
import { keyRefSchema } from '../key';
import { stepKinds } from './stepKinds';

const name = z.string().trim().min(1, 'It is empty.').max(200, 'It has more than 200 characters.');
const text = z.string().max(10_000, 'It has more than 10,000 characters.');
/** A whole number within bounds. */
const whole = (from: number, to: number) =>
  z
    .number('It is a whole number.')
    .int('It is a whole number.')
    .min(from, `It is ${from.toLocaleString('en')} at least.`)
    .max(to, `It is ${to.toLocaleString('en')} at most.`);
const secondsAYear = 31_536_000;
/** SHA-256 of what must come out, hex. */
const restoredSha256 = z.string().regex(/^[0-9a-f]{64}$/, 'A SHA-256 is of 64 hex digits.');
/** `practice`, `environment`, `profile:NAME`; `practice:USER` is a user of the practice account. */
const connection = z.string().min(1).max(200);
const region = z.string().regex(/^[a-z0-9-]{1,40}$/, 'A Region is like eu-central-1.');
const stepId = z.string().regex(/^[a-z0-9-]{1,60}$/, 'A step’s id is of small letters and digits.');

export const planStepSchema = z.object({
  id: stepId,
  kind: z.enum(stepKinds),
  title: name,
  /** For a manual step: what to do. For an automatic one: what to add to what Claviger does. */
  instructions: text.default(''),
  /** What a manual step must have attached before it can pass: `photo of the sealed envelope`. */
  evidence: z.array(name).max(20).default([]),
  /** The time that it may take; no more than a wish where absent. */
  withinSeconds: whole(1, secondsAYear).optional(),
});
export type PlanStep = z.infer<typeof planStepSchema>;

/** Something that the drill is to show, and what counts as shown: fixed before the start. */
export const objectiveSchema = z.object({
  id: stepId,
  text: name,
  criterion: name,
  /** The steps that must pass for it. */
  steps: z.array(stepId).min(1, 'Choose a step that shows it.').max(40),
  /** They must take no longer, all together. */
  withinSeconds: whole(1, secondsAYear).optional(),
});
export type Objective = z.infer<typeof objectiveSchema>;

export const planBodySchema = z.object({
  name,
  template: z.string().max(60),
  scenario: text,
  scope: z.object({
    connection,
    region,
    /** Where the replica of the drill’s multi-Region key is made. */
    replicaRegion: region.optional(),
    /** The keys whose state and canaries the drill looks at. */
    keys: z.array(keyRefSchema).max(200),
  }),
  identities: z
    .object({
      /** The usual identity of who breaks glass; may not decrypt. */
      usual: connection.optional(),
      breakGlassRole: z
        .string()
        .regex(/^arn:aws[\w-]*:iam::\d{12}:role\/.{1,500}$/, 'A role is named by its ARN.')
        .optional(),
      mfaSerial: z.string().max(300).optional(),
      /** The recovery account’s own credentials. */
      backup: connection.optional(),
    })
    .default({}),
  /** Names of CloudWatch alarms that must go off. */
  alarms: z
    .object({
      keyState: name.optional(),
      /** So long an alarm may take. */
      withinMinutes: whole(1, 240),
    })
    .default({ withinMinutes: 30 }),
  /** The real object that is restored; one of the drill’s own where neither this nor a file is named. */
  restore: z
    .object({
      bucket: z
        .string()
        .regex(
          /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
          'A bucket’s name has 3 to 63 small letters, digits, dots and hyphens.',
        ),
      key: z.string().min(1, 'It is empty.').max(1024, 'It has more than 1,024 characters.'),
      /** The newest where absent. */
      versionId: z.string().min(1).max(1024).optional(),
      sha256: restoredSha256,
    })
    .optional(),
  /** A file instead, as from a backup: an envelope, or what is its own content. */
  restoreFile: z
    .object({
      path: z
        .string()
        .regex(/^(\/|[A-Za-z]:[\\/]|\\\\)/, 'A file is named by its whole path.')
        .max(1024, 'It has more than 1,024 characters.'),
      sha256: restoredSha256,
    })
    .optional(),
  massRestore: z
    .object({
      /** Data keys that must be decrypted to open the whole estate again. */
      dataKeys: whole(1, 1e15),
      /** The share of the request quota that a restore may use, in percent. */
      quotaPercent: whole(1, 100),
      /** What is opened again: `objects of the archive buckets`. */
      what: name.optional(),
      /** It may take so long; the recovery time objective where absent. */
      withinHours: whole(1, 8760).optional(),
    })
    .optional(),
  objectives: z.array(objectiveSchema).min(1, 'A drill is to show something.').max(40),
  /** Recovery time and recovery point objective. */
  rtoMinutes: whole(1, 525_600),
  rpoMinutes: whole(0, 525_600),
  /** How many custodians take part; two where material is imported. */
  custodians: whole(0, 5),
  cadenceDays: whole(1, 1100),
  /** Days before the next one is due that it is called to mind. */
  remindDays: whole(0, 90),
  steps: z.array(planStepSchema).min(1, 'A drill has a step at least.').max(40),
});
export type PlanBody = z.infer<typeof planBodySchema>;

/** One version of a plan; a change makes the next. */
export const planSchema = planBodySchema.extend({
  id: z.string().max(60),
  version: z.number().int().positive(),
  savedAt: z.string(),
  savedBy: z.string(),
  /** SHA-256 of the canonical JSON of everything else, hex. */
  hash: z.string(),
});
export type Plan = z.infer<typeof planSchema>;

/** What is wrong with a plan, a sentence each; none where it can be drilled. */
export function planProblems(plan: PlanBody): string[] {
  const problems: string[] = [];
  const ids = plan.steps.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) problems.push(`Two steps have the id ${twice}.`);
  for (const { text: objective, steps } of plan.objectives) {
    const gone = steps.find((step) => !ids.includes(step));
    if (gone !== undefined)
      problems.push(`The objective “${objective}” names a step ${gone} that is not there.`);
  }
  const at = (kind: string) => plan.steps.findIndex((step) => step.kind === kind);
  const has = (kind: string) => at(kind) >= 0;
  const keyed = plan.steps.find((step) => needsDrillKeys.has(step.kind));
  if (keyed && (!has('prepare') || at('prepare') > plan.steps.indexOf(keyed))) {
    problems.push(`${keyed.title} needs the drill’s keys: put a step that makes them before it.`);
  }
  if (has('prepare') && !has('remove')) {
    problems.push(
      'The drill’s keys are made and never removed: add a step that puts everything back.',
    );
  }
  if (
    has('prepare') &&
    has('remove') &&
    at('remove') < plan.steps.findLastIndex((step) => needsDrillKeys.has(step.kind))
  ) {
    problems.push('The drill’s keys are removed before the last step that needs them.');
  }
  if (has('close-out') && at('close-out') !== plan.steps.length - 1) {
    problems.push('The proof is collected last: move that step to the end.');
  }
  const { identities, scope } = plan;
  if (has('replica') && scope.replicaRegion === undefined) {
    problems.push('Decrypting in the other Region needs a Region for the replica.');
  }
  if (scope.replicaRegion === scope.region) {
    problems.push('The replica must lie in another Region than the primary.');
  }
  if (
    has('break-glass') &&
    !(identities.usual && identities.breakGlassRole && identities.mfaSerial)
  ) {
    problems.push(
      'Breaking glass needs the usual identity, the emergency role’s ARN and the MFA device.',
    );
  }
  if (has('backup-account') && identities.backup === undefined) {
    problems.push('Decrypting from the backup account needs a connection to that account.');
  }
  if (has('imported-material') && plan.custodians < 2) {
    problems.push('Imported material is under dual control: two custodians at least.');
  }
  if (plan.restore && plan.restoreFile) {
    problems.push('One thing is restored: name an object or a file, not both.');
  }
  if (has('restore-object') && !has('prepare') && !plan.restore && !plan.restoreFile) {
    problems.push(
      'Restoring an object needs the object: bucket, key and the hash of what must come out.',
    );
  }
  if ((plan.restore ?? plan.restoreFile) && !has('restore-object')) {
    problems.push('An object to restore is named, and no step restores it.');
  }
  if (has('mass-restore') && plan.massRestore === undefined) {
    problems.push('Working out a mass restore needs the number of data keys.');
  }
  for (const step of plan.steps) {
    if (step.kind === 'manual' && step.instructions.trim() === '') {
      problems.push(`${step.title} is done by people: write down what they do.`);
    }
  }
  return problems;
}

const needsDrillKeys: ReadonlySet<string> = new Set([
  'break-glass',
  'old-ciphertext',
  'replica',
  'backup-account',
  'disable-enable',
  'deletion-rehearsal',
  'imported-material',
]);
