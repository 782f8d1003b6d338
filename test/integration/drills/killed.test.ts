import { DescribeKeyCommand, ListKeysCommand, ListResourceTagsCommand } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operationOf } from '../../../electron/aws/operations';
import type { AwsGateway } from '../../../electron/aws/types';
import { openDrillStore } from '../../../electron/drills/drillStore';
import { createLifecycle } from '../../../electron/drills/lifecycle';
import { passingPerson } from '../../../electron/drills/people/people';
import { openShare } from '../../../electron/drills/people/shares';
import { planOf } from '../../../electron/drills/planStore';
import { createEngine } from '../../../electron/drills/run/engine';
import type { StepInputs } from '../../../electron/drills/run/stepContext';
import { leftChanged, nextStep, toUndo, type Drill } from '../../../shared/model/drills/drill';
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

/** One process: its calls go through until its writing call `killAt`, which is cut off before or after it is sent. */
function startProcess(killAt: number, when: 'before' | 'after', sealingKeys: Map<string, string>) {
  const { gateway, connections, store } = suite.services;
  let writes = 0;
  let dead = false;
  const alive = () => {
    if (dead) throw new Killed('killed');
  };
  const dying: AwsGateway = {
    rateFor: (operation, region) => gateway.rateFor(operation, region),
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
      return store.transaction(work);
    },
  };
  const drills = openDrillStore(db);
  const engine = createEngine({
    store: drills,
    db,
    sealingKey: (person) => sealingKeys.get(person),
    neighbours: {
      gateway: dying,
      connections,
      lend: () => Promise.reject(new Error('nobody is lent')),
      keyDetail: () => Promise.reject(new Error('no inventory')),
      validateTrail: () => Promise.reject(new Error('no trail')),
      practice: {
        users: () => Promise.resolve([]),
        pass: async (ms) => {
          alive();
          const by = `PT${Math.ceil(ms / 1000)}S`;
          return new Date((await suite.client.practice.moveClock({ by })).now);
        },
        setFault: () => Promise.resolve(),
        clearFault: () => Promise.resolve(),
        muteAlarm: () => Promise.resolve(),
      },
    },
  });
  return { drills, engine, lifecycle: createLifecycle(drills), writes: () => writes };
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

/** Does what is left of a drill; what was left changed comes first. */
async function goOn({ drills, engine }: Running, id: string, { custodians }: Play): Promise<Drill> {
  for (;;) {
    const drill = drills.get(id);
    const left = leftChanged(drill).find(({ kind }) => kind !== 'delete-material');
    if (left) {
      await engine.undo(id, left.id, signal);
      continue;
    }
    const step = nextStep(drill) ?? drill.steps.find(isSlow);
    if (!step) return drill;
    const shares = custodians.flatMap(({ unlocked: { person, opening } }) => {
      const sealed = drills.share(id, person.id);
      return sealed === undefined ? [] : [{ person: person.id, share: openShare(sealed, opening) }];
    });
    const inputs: StepInputs = { shares };
    await engine.run({ drill: id, step: step.id, inputs, signal, tell: () => {} });
  }
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
      const tags = await gateway
        .send(target, new ListResourceTagsCommand({ KeyId: KeyArn }))
        .catch(() => undefined);
      const own = tags?.output.Tags?.some(
        ({ TagKey, TagValue }) => TagKey === 'drill' && TagValue === drill,
      );
      if (!own) continue;
      const described = await gateway.send(target, new DescribeKeyCommand({ KeyId: KeyArn }));
      found.set(KeyArn, described.output.KeyMetadata?.KeyState ?? '');
    }
  }
  return found;
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
      const whole = startProcess(Infinity, 'before', scene.sealingKeys);
      await goOn(whole, begin(whole, scene).id, scene);
      const changes = whole.writes();
      expect(changes).toBeGreaterThan(5);
      for (let killAt = 1; killAt <= changes; killAt += 1) {
        // What is cut off after it was sent is the harder one; imports take their time.
        for (const when of custodians > 0 ? (['after'] as const) : (['before', 'after'] as const)) {
          const first = startProcess(killAt, when, scene.sealingKeys);
          const { id } = begin(first, scene);
          await expect(goOn(first, id, scene)).rejects.toThrow('killed');

          // Another process: it knows what is stored, and nothing else.
          const second = startProcess(Infinity, 'before', scene.sealingKeys);
          const listed = toUndo(second.drills.get(id));
          for (const [arn, state] of await keysOf(id)) {
            if (state === 'PendingDeletion' && listed.length === 0) continue;
            const isListed = listed.some(
              ({ target, kind, state: of }) =>
                target === arn ||
                (kind === 'create-replica' && of === 'planned') ||
                (kind === 'create-key' && of === 'planned'),
            );
            expect(
              isListed || state === 'PendingDeletion' || state === 'PendingReplicaDeletion',
              `${arn} ${state} at ${killAt} ${when}`,
            ).toBe(true);
          }
          const end = await goOn(second, id, scene);
          expect(toUndo(end)).toEqual([]);
          const states = [...(await keysOf(id)).values()];
          expect(states.filter((state) => !/^Pending(Replica)?Deletion$/.test(state))).toEqual([]);
        }
      }
    },
    600_000,
  );
});
