import type { Objective, PlanBody, PlanStep } from './plan';
import { stepFacts, stepKinds, type StepKind } from './stepKinds';

export const templateIds = [
  'quarterly',
  'break-glass',
  'imported-material',
  'region-loss',
  'account-loss',
  'compromise',
] as const;
export type TemplateId = (typeof templateIds)[number];

export interface Template {
  readonly id: TemplateId;
  readonly name: string;
  readonly about: string;
}

export const templates: readonly Template[] = [
  {
    id: 'quarterly',
    name: 'Quarterly standard',
    about: 'Everything: losing a key in every way that AWS has, and getting it back.',
  },
  {
    id: 'break-glass',
    name: 'Break glass only',
    about:
      'Whether the emergency role opens what the usual one cannot, with an MFA code and an alarm.',
  },
  {
    id: 'imported-material',
    name: 'Imported material',
    about: 'Material is deleted and comes back from the shares of two custodians.',
  },
  { id: 'region-loss', name: 'Loss of a Region', about: 'The replica takes over and hands back.' },
  {
    id: 'account-loss',
    name: 'Loss of an account',
    about: 'The backup account opens what the lost one sealed.',
  },
  {
    id: 'compromise',
    name: 'Compromise (table-top)',
    about: 'Talked through: a key is replaced, data keys are re-encrypted, people are told.',
  },
];

/** Where a plan is drilled; the rest of a template fits everywhere. */
export type TemplatePlace = Pick<PlanBody, 'scope'> &
  Partial<Pick<PlanBody, 'identities' | 'alarms' | 'restore' | 'massRestore'>>;

/** A plan to begin with; everything in it can be changed. */
export function planFromTemplate(id: TemplateId, place: TemplatePlace): PlanBody {
  const template = templates.find((one) => one.id === id);
  const { kinds, scenario, objectives, manual = [], custodians = 0 } = makings[id];
  const steps = kinds.flatMap((kind) => (kind === 'manual' ? manual : [stepOf(kind)]));
  return {
    name: template?.name ?? id,
    template: id,
    scenario,
    identities: {},
    alarms: { withinMinutes: 30 },
    ...(kinds.includes('mass-restore') && {
      massRestore: { dataKeys: 1_000_000, quotaPercent: 50 },
    }),
    ...place,
    objectives: [...objectives],
    rtoMinutes: 240,
    rpoMinutes: 60,
    custodians,
    cadenceDays: 90,
    remindDays: 14,
    steps,
  };
}

/** Whether something of a template can be shown without people: what can be rehearsed unattended. */
export function canRehearse(id: TemplateId): boolean {
  const { objectives, manual = [] } = makings[id];
  return objectives.some((one) => !one.steps.some((step) => manual.some((own) => own.id === step)));
}

function stepOf(kind: StepKind): PlanStep {
  return { id: kind, kind, title: stepFacts[kind].title, instructions: '', evidence: [] };
}

function manualStep(
  id: string,
  title: string,
  instructions: string,
  evidence: string[] = [],
): PlanStep {
  return { id, kind: 'manual', title, instructions, evidence };
}

const compromise = manualStep(
  'compromise',
  'Talk through a compromise',
  'Suppose that someone outside could decrypt with this key since last week. Say who decides and who is told. Name the key that takes over, how data keys are re-encrypted to it (ReEncrypt), how long that takes, and what is read from the log to know what was opened. Note the answers, and what nobody knew.',
);

const objective = (id: string, text: string, criterion: string, ...steps: string[]): Objective => ({
  id,
  text,
  criterion,
  steps,
});

const access = objective(
  'access',
  'The emergency role gives access',
  'The usual identity is refused, the role without a code too; with a code it opens the canary.',
  'break-glass',
);
const rotation = objective(
  'rotation',
  'What was sealed before a rotation opens',
  'The canary opens with key material that is not the current one; the hash is equal.',
  'old-ciphertext',
);
const regions = objective(
  'region',
  'Another Region takes over',
  'The canary opens at the replica; it becomes the primary and hands back.',
  'replica',
);
const account = objective(
  'account',
  'Another account opens the data',
  'The canary opens with the backup account’s credentials.',
  'backup-account',
);
const lifecycle = objective(
  'lifecycle',
  'A disabled key and a deletion are noticed and taken back',
  'Decrypt fails, the alarm goes off, the key comes back and the canary opens.',
  'disable-enable',
  'deletion-rehearsal',
);
const material = objective(
  'material',
  'Imported material comes back',
  'Wrong material is refused; the custodians’ shares give the same key material id and the canary opens.',
  'imported-material',
);
const data = objective(
  'data',
  'One real object comes back unchanged',
  'The hash of what comes out is the one that was noted.',
  'restore-object',
);
const time = objective(
  'time',
  'The whole estate opens within the recovery time objective',
  'The hours at the request quota are fewer than the objective.',
  'mass-restore',
);
const talked = objective(
  'decisions',
  'Everybody knows what to do after a compromise',
  'Each question has an answer and a name.',
  'compromise',
);

interface Making {
  readonly kinds: readonly StepKind[];
  readonly scenario: string;
  readonly objectives: readonly Objective[];
  readonly manual?: readonly PlanStep[];
  readonly custodians?: number;
}

const makings: Readonly<Record<TemplateId, Making>> = {
  quarterly: {
    // Every step that there is, in its order.
    kinds: stepKinds,
    scenario:
      'A key that production depends on is lost in one way after another: rotated away, its Region gone, its account gone, disabled by mistake, scheduled for deletion, its material deleted. Each time the data must open again.',
    objectives: [access, rotation, regions, account, lifecycle, material, data, time, talked],
    manual: [compromise],
    custodians: 2,
  },
  'break-glass': {
    kinds: ['prepare', 'inventory', 'break-glass', 'remove', 'close-out'],
    scenario: 'Nobody of the usual team can reach the key; the person on call breaks glass.',
    objectives: [access],
  },
  'imported-material': {
    kinds: ['prepare', 'inventory', 'imported-material', 'remove', 'close-out'],
    scenario:
      'The imported material of a key is deleted. AWS has no copy: the custodians bring their shares.',
    objectives: [material],
    custodians: 2,
  },
  'region-loss': {
    kinds: ['prepare', 'inventory', 'replica', 'mass-restore', 'remove', 'close-out'],
    scenario:
      'The home Region is gone for days. The replica takes over, and hands back afterwards.',
    objectives: [regions, time],
  },
  'account-loss': {
    kinds: ['prepare', 'inventory', 'backup-account', 'restore-object', 'remove', 'close-out'],
    scenario:
      'The production account cannot be entered any more. The backup account opens what was sealed there.',
    objectives: [account, data],
  },
  compromise: {
    kinds: ['inventory', 'manual', 'close-out'],
    scenario:
      'A key may have been used by someone outside. It is replaced, and the data re-protected.',
    objectives: [talked],
    manual: [compromise],
  },
};
