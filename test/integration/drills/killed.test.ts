import { DescribeKeyCommand, ListKeysCommand, ListResourceTagsCommand } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operationOf } from '../../../electron/aws/operations';
import type { AwsGateway, Target } from '../../../electron/aws/types';
import { openDrillStore } from '../../../electron/drills/drillStore';
import { createLifecycle } from '../../../electron/drills/lifecycle';
import { passingPerson } from '../../../electron/drills/people/people';
import { openShare } from '../../../electron/drills/people/shares';
import { planOf } from '../../../electron/drills/planStore';
import { createEngine } from '../../../electron/drills/run/engine';
import type { StepInputs } from '../../../electron/drills/run/stepContext';
import { leftChanged, nextStep, toUndo, type Drill } from '../../../shared/model/drills/drill';
import { drillOutcome } from '../../../shared/model/drills/outcome';
import type { PlanBody } from '../../../shared/model/drills/plan';
import type { TemplateId } from '../../../shared/model/drills/templates';
import type { Store } from '../../../electron/store/index';
import { openInSuite, type Suite } from './openInSuite';

const regions = ['eu-central-1', 'eu-west-1'];
const { signal } = new AbortController();
const at = () => new Date().toISOString();

/** Power is cut: no error of the program’s own. */
class Killed extends Error {}

let suite: Suite;
beforeAll(async () => (suite = await openInSuite()), 120_000);
afterAll(() => suite.close());

interface Life {
  /** Its calls go through until this writing one, which is cut off before or after it is sent. */
  readonly killAt?: number;
  readonly when?: 'before' | 'after';
  /** It dies before it has written this entry of its own. */
  readonly entries?: number;
}

/** One process: it does what it is told until it is killed. */
function startProcess(
  { killAt = Infinity, when = 'before', entries = Infinity }: Life,
  sealingKeys: Map<string, string>,
) {
  const { store, drills: feature } = suite.services;
  const { gateway, practice } = feature.neighbours;
  if (!practice) throw new Error('there is no practice account');
  let writes = 0;
  let written = 0;
  let dead = false;
  const alive = () => {
    if (dead) throw new Killed('killed');
  };
  const dying: AwsGateway = {
    rateFor: (operation, to) => gateway.rateFor(operation, to),
    async send(target, command, options) {
      alive();
      if (!operationOf(command).writes) return gateway.send(target, command, options);
      writes += 1;
      if (writes < killAt) return gateway.send(target, command, options);
      if (when === 'after') await gateway.send(target, command, options);
      dead = true;
      throw new Killed('killed');
    },
  };
  const db: Store = {
    ...store,
    transaction: (work) => {
      alive();
      written += 1;
      dead = written >= entries;
      alive();
      return store.transaction(work);
    },
  };
  const drills = openDrillStore(db);
  const engine = createEngine({
    store: drills,
    db,
    sealingKey: (person) => sealingKeys.get(person),
    neighbours: {
      ...feature.neighbours,
      gateway: dying,
      practice: {
        ...practice,
        pass: (ms) => {
          alive();
          return practice.pass(ms);
        },
      },
    },
  });
  return { drills, engine, lifecycle: createLifecycle(drills), practice, writes: () => writes };
}

type Running = ReturnType<typeof startProcess>;
interface Play {
  readonly body: PlanBody;
  readonly custodians: readonly ReturnType<typeof passingPerson>[];
  readonly sealingKeys: Map<string, string>;
}

function begin({ lifecycle }: Running, { body, custodians }: Play): Drill {
  const someone = (name: string) => passingPerson(name, new Date()).unlocked.person;
  const version = { id: 'killed', version: 1, savedAt: at(), savedBy: 'test' };
  let drill = lifecycle.begin({
    plan: planOf(body, version),
    cast: {
      operator: someone('ann'),
      approver: someone('ben'),
      custodians: custodians.map(({ unlocked }) => unlocked.person),
    },
    practice: true,
    account: '111122223333',
    ticket: undefined,
    version: '0',
    at: at(),
  });
  for (const { unlocked } of custodians) drill = lifecycle.acknowledge(drill, unlocked, at());
  return drill;
}

/** Does what is left of a drill, or of its steps up to one; what was left changed comes first. */
async function goOn(
  { drills, engine, practice }: Running,
  id: string,
  { custodians }: Play,
  last?: string,
): Promise<Drill> {
  for (;;) {
    const drill = drills.get(id);
    if (drill.steps.find((step) => step.id === last)?.outcome === 'passed') return drill;
    const left = leftChanged(drill).find(({ kind }) => kind !== 'delete-material');
    if (left) {
      await engine.undo(id, left.id, signal);
      continue;
    }
    // The next step may rest on what a slow one has not done.
    const step = drill.steps.find(isSlow) ?? nextStep(drill);
    if (!step) return drill;
    const shares = custodians.flatMap(({ unlocked: { person, opening } }) => {
      const sealed = drills.share(id, person.id);
      return sealed === undefined ? [] : [{ person: person.id, share: openShare(sealed, opening) }];
    });
    const mfaCode = step.kind === 'break-glass' ? await freshCode(practice) : undefined;
    const inputs: StepInputs = { shares, mfaCode };
    await engine.run({ drill: id, step: step.id, inputs, signal, tell: () => {} });
    if (step.kind === 'manual') {
      const end = { outcome: 'passed', reason: 'Everybody knew.' } as const;
      drills.append(id, { kind: 'step-ended', at: at(), step: step.id, ...end });
    }
  }
}

/** A code counts once. */
async function freshCode(practice: Running['practice']): Promise<string> {
  await practice.pass(31_000);
  const users = await practice.users();
  return users.find(({ name }) => name === 'dora-oncall')?.mfa?.code ?? '';
}

/** A busy machine makes no RSA key in time: no fault of the drill, which lets the step be done again. */
function isSlow({ outcome, reason = '' }: Drill['steps'][number]): boolean {
  return outcome === 'cannot-tell' && reason.includes('in time');
}

/** The keys of a drill in the account, by ARN, with their states: nobody is asked but AWS. */
async function keysOf(drill: string): Promise<Map<string, string>> {
  const { gateway } = suite.services;
  const found = new Map<string, string>();
  for (const region of regions) {
    const target = { connection: 'practice', region };
    const { output } = await gateway.send(target, new ListKeysCommand({ Limit: 1000 }));
    for (const { KeyArn = '' } of output.Keys ?? []) {
      if ((await drillOf(target, KeyArn)) !== drill) continue;
      const described = await gateway.send(target, new DescribeKeyCommand({ KeyId: KeyArn }));
      found.set(KeyArn, described.output.KeyMetadata?.KeyState ?? '');
    }
  }
  return found;
}

const drillsOfKeys = new Map<string, string>();

/** The drill that a key's tags name. They never change, and each call more is an event more to look through. */
async function drillOf(target: Target, arn: string): Promise<string> {
  const known = drillsOfKeys.get(arn);
  if (known !== undefined) return known;
  const tags = await suite.services.gateway
    .send(target, new ListResourceTagsCommand({ KeyId: arn }))
    .catch(() => undefined);
  const drill = tags?.output.Tags?.find(({ TagKey }) => TagKey === 'drill')?.TagValue ?? '';
  drillsOfKeys.set(arn, drill);
  return drill;
}

/** Every key of the drill in the account is either put back already or in the list of what is to undo. */
async function requireListed(drill: Drill, when: string): Promise<void> {
  const listed = toUndo(drill);
  for (const [arn, state] of await keysOf(drill.id)) {
    const isListed = listed.some(
      ({ target, kind, state: of }) =>
        target === arn || (kind.startsWith('create-') && of === 'planned'),
    );
    const isBack = drill.changes.some(
      ({ kind, note = '', state: of }) =>
        kind.startsWith('create-') && of === 'undone' && note.includes(arn),
    );
    expect(isListed || (isBack && isGoing(state)), `${arn} ${state} ${when}`).toBe(true);
  }
}

async function requireNothingLeft(drill: string): Promise<void> {
  const states = [...(await keysOf(drill)).values()];
  expect(states.filter((state) => !isGoing(state))).toEqual([]);
}

function isGoing(state: string): boolean {
  return state === 'PendingDeletion' || state === 'PendingReplicaDeletion';
}

async function play(template: TemplateId, ...kinds: string[]): Promise<Play> {
  const { body } = await suite.client.drills.planFromTemplate({ template, connection: 'practice' });
  const steps = body.steps.filter(({ kind }) => kinds.includes(kind));
  const ids = steps.map(({ id }) => id);
  const custodians = Array.from({ length: body.custodians }, (_, index) =>
    passingPerson(`custodian ${index}`, new Date()),
  );
  return {
    body: {
      ...body,
      steps,
      scope: { ...body.scope, keys: [] },
      identities: {},
      alarms: { withinMinutes: 1 },
      objectives: [{ id: 'all', text: 'All', criterion: 'All', steps: ids }],
    },
    custodians,
    sealingKeys: new Map(
      custodians.map(({ unlocked, sealingKey }) => [unlocked.person.id, sealingKey]),
    ),
  };
}

describe('a drill that is killed', () => {
  // First: its calls are looked for among all events around their time, and the others make thousands.
  it('in every step of the quarterly standard goes on to a drill that passes', async () => {
    const scene = await quarterly();
    const { id } = begin(startProcess({}, scene.sealingKeys), scene);
    let kills = 0;
    for (const { id: step } of scene.body.steps) {
      const passed = (drill: Drill) =>
        drill.steps.find((one) => one.id === step)?.outcome === 'passed';
      if (passed(startProcess({}, scene.sealingKeys).drills.get(id))) continue;
      // It has begun the step and written of it, and dies before the next that it would write.
      const dying = goOn(startProcess({ entries: 2 }, scene.sealingKeys), id, scene, step);
      await expect(dying, step).rejects.toThrow(Killed);
      kills += 1;
      const whole = startProcess({}, scene.sealingKeys);
      const drill = whole.drills.get(id);
      await requireListed(drill, `in ${step}`);
      expect(passed(drill), step).toBe(false);
      await goOn(whole, id, scene, step);
    }
    expect(kills).toBeGreaterThan(10);
    const end = startProcess({}, scene.sealingKeys).drills.get(id);
    expect(drillOutcome(end)).toMatchObject({ result: 'passed' });
    expect(toUndo(end)).toEqual([]);
    await requireNothingLeft(id);
  }, 600_000);

  it.each([
    [
      'disable and deletion',
      'quarterly',
      ['prepare', 'disable-enable', 'deletion-rehearsal', 'remove'],
      0,
    ],
    ['the other Region', 'region-loss', ['prepare', 'replica', 'remove'], 0],
    ['imported material', 'imported-material', ['prepare', 'imported-material', 'remove'], 2],
  ] as const)(
    'at every call that changes something lists each changed key, goes on and leaves nothing behind: %s',
    async (_name, template, kinds, custodians) => {
      const full = await play(template, ...kinds);
      const scene = {
        ...full,
        body: { ...full.body, custodians },
        custodians: full.custodians.slice(0, custodians),
      };
      const whole = startProcess({}, scene.sealingKeys);
      await goOn(whole, begin(whole, scene).id, scene);
      const changes = whole.writes();
      expect(changes).toBeGreaterThan(5);
      for (let killAt = 1; killAt <= changes; killAt += 1) {
        // What is cut off after it was sent is the harder one; imports take their time.
        for (const when of custodians > 0 ? (['after'] as const) : (['before', 'after'] as const)) {
          const first = startProcess({ killAt, when }, scene.sealingKeys);
          const { id } = begin(first, scene);
          await expect(goOn(first, id, scene)).rejects.toThrow('killed');

          // Another process: it knows what is stored, and nothing else.
          const second = startProcess({}, scene.sealingKeys);
          await requireListed(second.drills.get(id), `at ${killAt} ${when}`);
          const end = await goOn(second, id, scene);
          expect(toUndo(end)).toEqual([]);
          await requireNothingLeft(id);
        }
      }
    },
    600_000,
  );
});

/** The whole template, as the account fills it in. */
async function quarterly(): Promise<Play> {
  const template = { template: 'quarterly', connection: 'practice' } as const;
  const { body } = await suite.client.drills.planFromTemplate(template);
  const { custodians, sealingKeys } = await play('quarterly');
  return { body: { ...body, scope: { ...body.scope, keys: [] } }, custodians, sealingKeys };
}
