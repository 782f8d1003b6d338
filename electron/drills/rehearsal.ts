import { randomBytes } from 'node:crypto';
import { PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import { AppError } from '../../shared/model/errors';
import type { Drill } from '../../shared/model/drills/drill';
import type { PlanBody } from '../../shared/model/drills/plan';
import type { RehearsalFault } from '../../shared/model/drills/rehearsal';
import { stepFacts } from '../../shared/model/drills/stepKinds';
import type { DrillStore } from './drillStore';
import type { Lifecycle } from './lifecycle';
import { rehearsalPrefix } from './openDrills';
import { passingPerson, type Unlocked } from './people/people';
import { openShare } from './people/shares';
import { planOf } from './planStore';
import type { Neighbours, PracticeSide } from './ports';
import type { Engine, StepRun } from './run/engine';
import type { StepInputs } from './run/stepContext';
import { practiceUser } from './run/identities';

export interface Rehearsal {
  readonly body: PlanBody;
  readonly faults: readonly RehearsalFault[];
  readonly signal: AbortSignal;
  readonly tell: StepRun['tell'];
}

export interface RehearsalParts {
  readonly store: DrillStore;
  readonly engine: Engine;
  readonly lifecycle: Lifecycle;
  readonly neighbours: Neighbours;
  readonly version: string;
  /** Lets shares be sealed to somebody who is in memory only. */
  readonly admit: (person: string, sealingKey: string) => void;
}

/** The plan without what people do: what can be rehearsed unattended. */
export function automaticPart(body: PlanBody): PlanBody {
  const { steps: all, objectives, ...rest } = body;
  const steps = all.filter(({ kind }) => stepFacts[kind].automatic);
  const ids = new Set(steps.map(({ id }) => id));
  return {
    ...rest,
    name: `Rehearsal: ${body.name}`.slice(0, 200),
    steps,
    objectives: objectives.filter((one) => one.steps.every((step) => ids.has(step))),
  };
}

/**
 * Drills on the practice account from the first step to the signed record, with people who are there
 * for this once; faults are planted before the step that must show them. Throws AppError.
 */
export async function rehearse(parts: RehearsalParts, rehearsal: Rehearsal): Promise<Drill> {
  const { store, engine, lifecycle, neighbours, version, admit } = parts;
  const { faults, signal, tell } = rehearsal;
  const body = automaticPart(rehearsal.body);
  if (body.objectives.length === 0) {
    throw new AppError(
      'bad-request',
      'Everything that this plan is to show rests on what people do, so that it cannot be rehearsed unattended. Make a plan on the practice account and start it.',
    );
  }
  const { connection } = body.scope;
  const { practice } = neighbours;
  if (!practice || connection !== 'practice') {
    throw new AppError('bad-request', 'Only the practice account is drilled unattended.');
  }
  const now = async () => (await neighbours.connections.now(connection)).toISOString();
  const at = await now();
  const person = (name: string) => {
    const { unlocked, sealingKey } = passingPerson(name, new Date(at));
    admit(unlocked.person.id, sealingKey);
    return unlocked;
  };
  const operator = person('Rehearsal operator');
  const approver = person('Rehearsal approver');
  const custodians = Array.from({ length: body.custodians }, (_, index) =>
    person(`Rehearsal custodian ${index + 1}`),
  );
  const { accountId } = await neighbours.connections.identify(connection, signal);
  let drill = lifecycle.begin({
    plan: planOf(body, {
      id: `${rehearsalPrefix}${body.template}`,
      version: 1,
      savedAt: at,
      savedBy: 'rehearsal',
    }),
    cast: {
      operator: operator.person,
      approver: approver.person,
      custodians: custodians.map((one) => one.person),
    },
    practice: true,
    account: accountId,
    ticket: undefined,
    version,
    at,
  });
  for (const custodian of custodians) drill = lifecycle.acknowledge(drill, custodian, await now());

  const stage = { practice, neighbours, faults, body };
  try {
    for (const { id, kind } of body.steps) {
      await plant(stage, kind, store.get(drill.id), signal);
      const inputs: StepInputs = {
        ...(kind === 'break-glass' && { mfaCode: await freshCode(practice, body) }),
        ...(kind === 'imported-material' && {
          shares: bringShares(store, drill.id, custodians, faults.includes('wrong-share')),
        }),
      };
      drill = await engine.run({ drill: drill.id, step: id, inputs, signal, tell });
      if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
    }
  } finally {
    await clear(stage);
  }
  drill = lifecycle.close(drill, await now(), undefined);
  drill = await lifecycle.sign(drill, operator, await now(), signal);
  return lifecycle.sign(drill, approver, await now(), signal);
}

/** MFA codes count once, and change every half minute. */
async function freshCode(practice: PracticeSide, { identities }: PlanBody): Promise<string> {
  await practice.pass(31_000);
  const name = (identities.usual ?? '').replace('practice:', '');
  const code = (await practiceUser(practice, name)).mfa?.code;
  if (code === undefined) throw new AppError('mfa-required', `${name} has no MFA device.`);
  return code;
}

function bringShares(
  store: DrillStore,
  drill: string,
  custodians: readonly Unlocked[],
  wrong: boolean,
): NonNullable<StepInputs['shares']> {
  return custodians.flatMap(({ person, opening }, index) => {
    const sealed = store.share(drill, person.id);
    if (sealed === undefined) return [];
    const share = wrong && index === 0 ? randomBytes(32) : openShare(sealed, opening);
    return [{ person: person.id, share }];
  });
}

interface Stage {
  readonly practice: PracticeSide;
  readonly neighbours: Neighbours;
  readonly faults: readonly RehearsalFault[];
  readonly body: PlanBody;
}

const throttledRestore = { operation: 's3:GetObject', kind: 'throttle' } as const;

/** Makes go wrong what was asked for, right before the step that must show it. */
async function plant(
  { practice, neighbours, faults, body }: Stage,
  kind: string,
  drill: Drill,
  signal: AbortSignal,
): Promise<void> {
  const { scope, alarms } = body;
  if (kind === 'replica' && faults.includes('replica-policy')) {
    const region = scope.replicaRegion ?? '';
    const target = { connection: scope.connection, region };
    const command = new PutKeyPolicyCommand({
      KeyId: drill.facts['key replica'],
      Policy: driftedPolicy(drill.account ?? ''),
    });
    await neighbours.gateway.send(target, command, { signal });
  }
  if (kind === 'disable-enable' && faults.includes('alarm-not-wired') && alarms.keyState) {
    await practice.muteAlarm(scope.region, alarms.keyState, true);
  }
  if (kind === 'restore-object') {
    if (faults.includes('throttled-restore')) await practice.setFault(throttledRestore);
  } else if (faults.includes('throttled-restore')) await practice.clearFault(throttledRestore);
}

/** Leaves nothing planted behind. */
async function clear({ practice, faults, body }: Stage): Promise<void> {
  const { scope, alarms } = body;
  if (faults.includes('alarm-not-wired') && alarms.keyState) {
    await practice.muteAlarm(scope.region, alarms.keyState, false);
  }
  if (faults.includes('throttled-restore')) await practice.clearFault(throttledRestore);
}

/** Whoever “tidied up” the replica’s policy left looking and removing, and forgot decrypting. */
function driftedPolicy(account: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Account looks after the key',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: [
          'kms:Describe*',
          'kms:Get*',
          'kms:List*',
          'kms:PutKeyPolicy',
          'kms:ScheduleKeyDeletion',
          'kms:CancelKeyDeletion',
        ],
        Resource: '*',
      },
    ],
  });
}
