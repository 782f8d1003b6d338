import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ListResourceTagsCommand } from '@aws-sdk/client-kms';
import { AppError, toErrorInfo } from '../../../shared/model/errors';
import type { DrillCall, DrillEntry } from '../../../shared/model/drills/entry';
import type { Plan, PlanStep } from '../../../shared/model/drills/plan';
import type { AwsAnswer, AwsCommand, AwsGateway, Target } from '../../aws/types';
import { operationOf } from '../../aws/operations';
import { createAskKms, openCanaries } from '../../envelope/index';
import type { Store } from '../../store/types';
import { sha256 } from '../digests';
import type { DrillStore } from '../drillStore';
import type { Neighbours } from '../ports';
import { isPractice, type Caller, type Identities } from './identities';
import type { About, Place, StepContext, StepInputs } from './stepContext';
import { drillTags } from './tags';

export interface ContextParts {
  readonly id: string;
  readonly step: PlanStep;
  readonly inputs: StepInputs;
  readonly signal: AbortSignal;
  readonly neighbours: Neighbours;
  readonly store: DrillStore;
  readonly db: Store;
  readonly identities: Identities;
  readonly sealingKey: (person: string) => string | undefined;
  readonly caller: Caller;
  readonly tell: (what: string) => void;
}

export function createContext(parts: ContextParts): StepContext {
  const { id, step, inputs, signal, neighbours, store, db, identities, caller, sealingKey, tell } =
    parts;
  const { gateway, connections, practice } = neighbours;
  const { plan } = store.get(id);
  const { connection, region } = plan.scope;
  const now = async () => (await connections.now(connection)).toISOString();
  const write = (...entries: DrillEntry[]) => void store.append(id, ...entries);
  const target = (place: Place): Target => ({
    connection: place.caller.connection,
    region: place.region,
  });
  const check =
    (result: 'pass' | 'fail' | 'cannot-tell') => async (what: string, reason: string) => {
      write({ kind: 'check', at: await now(), step: step.id, result, what, reason });
      tell(reason);
    };

  async function recorded<I extends object, O extends object>(
    place: Place,
    command: AwsCommand<I, O>,
    about: About<O> = {},
  ): Promise<AwsAnswer<O>> {
    const sentAt = await now();
    const call = {
      id: randomUUID(),
      operation: operationOf(command).name,
      connection: nameOf(place.caller, plan),
      region: place.region,
      account: place.caller.account,
      principal: place.caller.arn,
      sentAt,
      ...(about.resource !== undefined && { resource: about.resource }),
      ...(about.inputSha256 !== undefined && { inputSha256: about.inputSha256 }),
      ...(about.unlogged && { unlogged: true }),
    };
    const record = async (more: Pick<DrillCall, 'outcome'> & Partial<DrillCall>) => {
      const at = await now();
      write({ kind: 'call', at, step: step.id, call: { ...call, answeredAt: at, ...more } });
    };
    try {
      const answer = await gateway.send(target(place), command, { signal });
      const { requestId } = answer;
      const read = about.read?.(answer.output);
      await record({
        outcome: 'ok',
        ...(requestId !== undefined && { requestId }),
        ...(read?.keyMaterialId !== undefined && { keyMaterialId: read.keyMaterialId }),
        ...(read?.outputSha256 !== undefined && { outputSha256: read.outputSha256 }),
      });
      return answer;
    } catch (error) {
      const { code, message, detail } = toErrorInfo(error);
      const { awsCode, requestId } = detail ?? {};
      await record({
        outcome: awsCode === undefined ? 'failed' : 'refused',
        error: typeof awsCode === 'string' ? awsCode : code,
        message,
        ...(typeof requestId === 'string' && { requestId }),
      });
      throw error;
    }
  }

  const send: StepContext['send'] = async (place, command, about) =>
    (await recorded(place, command, about)).output;

  /** The gateway as one caller, with every call on record: for what other features do with keys. */
  const gatewayAs = (as: Caller): AwsGateway => ({
    rateFor: (operation, to) => gateway.rateFor(operation, to),
    send: (to, command) =>
      recorded({ caller: as, region: to.region }, command, aboutKeyUse(command.input)),
  });
  const askKms = (as: Caller) => createAskKms({ gateway: gatewayAs(as), connections });

  /** Ground rule of drills: only a key that this drill made, and that says so itself, is changed. */
  async function requireDrillKey(place: Place, key: string): Promise<void> {
    const made = store
      .get(id)
      .changes.some(({ kind, target: of }) => kind.startsWith('create-') && of === key);
    const tags = new Map<string, string>();
    if (made) {
      const { Tags } = await send(place, new ListResourceTagsCommand({ KeyId: key }), {
        resource: key,
      });
      for (const { TagKey = '', TagValue = '' } of Tags ?? []) tags.set(TagKey, TagValue);
    }
    if (drillTags(id).every(([name, value]) => tags.get(name) === value)) return;
    throw new AppError(
      'bad-request',
      `${key} is not tagged purpose=recovery-drill by this drill: a drill changes no other key.`,
    );
  }

  return {
    plan,
    step,
    inputs,
    signal,
    neighbours,
    store,
    home: { caller, region },
    there: (other) => ({ caller, region: other }),
    as: (other, there = region) => ({ caller: other, region: there }),
    identity: (name) => identities.caller(name, signal),
    lent: (base, name, credentials) => identities.lent(base, name, credentials, signal),
    drill: () => store.get(id),
    write,
    now,
    send,
    askKms,
    canaries: (as) => openCanaries({ store: db, askKms: askKms(as), now: () => new Date() }),
    look: async (place, command) => (await gateway.send(target(place), command, { signal })).output,
    async change({ id: changeId = randomUUID(), ...change }, place, command, made, about) {
      if (!change.kind.startsWith('create-') && change.target.startsWith('arn:')) {
        await requireDrillKey(place, change.target);
      }
      const planned = {
        region: place.region,
        ...change,
        id: changeId,
        connection: nameOf(place.caller, plan),
      };
      write({ kind: 'change-planned', at: await now(), step: step.id, change: planned });
      let output;
      try {
        output = await send(place, command, { resource: change.target, ...about });
      } catch (error) {
        // AWS said no: it was not done. What ended otherwise may have been, and stays in the list.
        if (isRefusal(error)) {
          const reason = (error as AppError).message;
          write({ kind: 'change-refused', at: await now(), change: changeId, reason });
        }
        throw error;
      }
      const target = made?.(output) ?? change.target;
      write({ kind: 'change-made', at: await now(), change: changeId, target });
      return output;
    },
    sealingKey,
    async undone(kind, how) {
      const open = store
        .get(id)
        .changes.filter(
          (one) => one.kind === kind && one.state !== 'undone' && one.state !== 'refused',
        );
      const at = await now();
      for (const change of open) write({ kind: 'change-undone', at, change: change.id, how });
    },
    pass: check('pass'),
    fail: check('fail'),
    cannotTell: check('cannot-tell'),
    async measured(what, since) {
      const at = await now();
      const seconds = Math.max(0, (Date.parse(at) - Date.parse(since)) / 1000);
      write({ kind: 'measured', at, step: step.id, what, seconds });
      return seconds;
    },
    async fact(name, value) {
      write({ kind: 'fact', at: await now(), step: step.id, name, value });
    },
    known(name) {
      const value = store.get(id).facts[name];
      if (value !== undefined) return value;
      throw new AppError(
        'wrong-state',
        'The drill’s keys are not there: do the step that makes them.',
      );
    },
    async evidence(name, content) {
      const bytes = Buffer.from(content);
      const file = {
        name: `evidence/${step.id}/${name}`,
        sha256: sha256(bytes),
        bytes: bytes.length,
        by: 'collected',
      } as const;
      store.putFile(id, file.name, bytes);
      write({ kind: 'evidence', at: await now(), step: step.id, file });
    },
    async wait(ms) {
      if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
      if (isPractice(connection)) await practice?.pass(ms);
      else await delay(ms, undefined, { signal });
    },
    tell,
  };
}

/** AWS understood and did not do it, or was never asked. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  const { awsCode, httpStatus } = error.detail;
  if (awsCode !== undefined) return typeof httpStatus === 'number' && httpStatus < 500;
  return unasked.has(error.code);
}

const unasked = new Set([
  'bad-request',
  'no-credentials',
  'expired-credentials',
  'runtime-refused',
]);

/** What is told of a use of a key; what comes out is a data key, of which nothing is told but its material. */
function aboutKeyUse(input: object): About<object> {
  const { KeyId, CiphertextBlob } = input as { KeyId?: string; CiphertextBlob?: Uint8Array };
  return {
    ...(KeyId !== undefined && { resource: KeyId }),
    ...(CiphertextBlob && { inputSha256: sha256(CiphertextBlob) }),
    read: (output) => ({ keyMaterialId: (output as { KeyMaterialId?: string }).KeyMaterialId }),
  };
}

/** A connection as the record names it: what was lent has no name that lasts. */
function nameOf({ connection, arn }: Caller, { scope }: Plan): string {
  return connection === scope.connection ? connection : arn;
}
