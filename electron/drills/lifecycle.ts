import { randomBytes } from 'node:crypto';
import { AppError } from '../../shared/model/errors';
import type { Drill } from '../../shared/model/drills/drill';
import { duties } from '../../shared/model/drills/duties';
import type { Addendum } from '../../shared/model/drills/entry';
import { whyNoShare } from '../../shared/model/drills/person';
import { planProblems, type Plan } from '../../shared/model/drills/plan';
import { addendumText, bundleFiles, freeze } from './bundle/write';
import { signersOf } from './bundle/record';
import { sumsFile } from './bundle/sums';
import { sha256 } from './digests';
import type { DrillStore } from './drillStore';
import { participantOf, type Signer } from './people/people';

/** Who takes part in a drill. */
export interface Cast {
  readonly operator: Signer['person'];
  readonly approver: Signer['person'];
  readonly custodians: readonly Signer['person'][];
}

export interface Begin {
  readonly plan: Plan;
  readonly cast: Cast;
  readonly practice: boolean;
  readonly account: string | undefined;
  readonly ticket: string | undefined;
  readonly version: string;
  /** By the account's clock. */
  readonly at: string;
}

/** What people decide about a drill: begin, acknowledge, close, sign, add. */
export function createLifecycle(store: DrillStore) {
  return {
    /** Throws AppError `bad-request` where the plan cannot be drilled or the people do not fit it. */
    begin({ plan, cast, practice, account, ticket, version, at }: Begin): Drill {
      const [problem] = [...planProblems(plan), ...castProblems(plan, cast)];
      if (problem !== undefined) throw new AppError('bad-request', problem);
      const previous = lastClosed(store, plan.id);
      const id = `drill-${at.slice(0, 10)}-${randomBytes(4).toString('hex')}`;
      return store.append(id, {
        kind: 'started',
        at,
        drill: id,
        plan,
        practice,
        version,
        participants: [
          participantOf(cast.operator, 'operator'),
          participantOf(cast.approver, 'approver'),
          ...cast.custodians.map((person) => participantOf(person, 'custodian')),
        ],
        ...(account !== undefined && { account }),
        ...(ticket !== undefined && { ticket }),
        ...(previous && { previous }),
      });
    },
    acknowledge(drill: Drill, { person }: Signer, at: string): Drill {
      const roles = drill.participants.filter((one) => one.person === person.id);
      const statement =
        duties[roles.some(({ role }) => role === 'custodian') ? 'custodian' : 'operator'];
      return store.append(drill.id, { kind: 'acknowledged', at, person: person.id, statement });
    },
    /** Makes the bundle's files once and for all. */
    close(drill: Drill, at: string, report: Uint8Array | undefined): Drill {
      return store.closing(drill.id, at, () => freeze(store, store.get(drill.id), at, report));
    },
    async sign(drill: Drill, signer: Signer, at: string, signal: AbortSignal): Promise<Drill> {
      const { person } = signer;
      const role = signersOf(drill).find((one) => one.person === person.id)?.role;
      if (role === undefined) {
        throw new AppError(
          'bad-request',
          `Only operator and approver sign; ${person.name} is neither.`,
        );
      }
      requireSameKey(drill, person);
      const signature = await signer.sign(requireSums(store, drill), signal);
      const { id, name, algorithm, fingerprint } = person;
      return store.append(drill.id, {
        kind: 'signed',
        at,
        signature: {
          person: id,
          name,
          role,
          algorithm,
          fingerprint,
          signature: signature.toString('base64'),
        },
      });
    },
    async add(
      drill: Drill,
      signer: Signer,
      text: string,
      at: string,
      signal: AbortSignal,
    ): Promise<Drill> {
      requireSameKey(drill, signer.person);
      requireSums(store, drill);
      const { id, name, fingerprint, algorithm } = signer.person;
      const last = drill.addenda.at(-1);
      const addendum: Addendum = {
        number: drill.addenda.length + 1,
        at,
        person: id,
        name,
        fingerprint,
        algorithm,
        text,
        previous: last ? sha256(addendumText(last)) : (drill.sumsSha256 ?? ''),
      };
      const signature = await signer.sign(Buffer.from(addendumText(addendum)), signal);
      return store.append(drill.id, {
        kind: 'addendum',
        at,
        addendum,
        signature: signature.toString('base64'),
      });
    },
    /** Every file of a closed and signed record. Throws AppError `wrong-state` before. */
    bundle(drill: Drill) {
      requireSums(store, drill);
      const missing = signersOf(drill).find(
        ({ person }) => !drill.signatures.some((one) => one.person === person),
      );
      if (missing) {
        throw new AppError('wrong-state', `${missing.name} has not signed the record yet.`);
      }
      return bundleFiles(store, drill);
    },
  };
}
export type Lifecycle = ReturnType<typeof createLifecycle>;

function castProblems(plan: Plan, { operator, approver, custodians }: Cast): string[] {
  const problems: string[] = [];
  if (operator.id === approver.id || operator.fingerprint === approver.fingerprint) {
    problems.push('The approver must be somebody else than the operator.');
  }
  if (custodians.length !== plan.custodians) {
    problems.push(
      `The plan asks for ${plan.custodians} custodians; ${custodians.length} are named.`,
    );
  }
  if (new Set(custodians.map(({ fingerprint }) => fingerprint)).size < custodians.length) {
    problems.push('Each custodian must be another person: that is what dual control means.');
  }
  const imports = plan.steps.some(({ kind }) => kind === 'imported-material');
  return imports ? [...problems, ...custodians.flatMap((one) => whyNoShare(one) ?? [])] : problems;
}

/** The drill before this one, by the same plan. */
export function lastClosed(
  store: DrillStore,
  plan: string,
): { drill: string; sha256: string } | undefined {
  for (const id of store.ids()) {
    const drill = store.get(id);
    if (drill.plan.id === plan && drill.sumsSha256 !== undefined) {
      return { drill: id, sha256: drill.sumsSha256 };
    }
  }
  return undefined;
}

function requireSums(store: DrillStore, drill: Drill): Buffer {
  const sums = drill.state === 'closed' ? store.file(drill.id, sumsFile) : undefined;
  if (sums && sha256(sums) === drill.sumsSha256) return sums;
  if (drill.state !== 'closed') {
    throw new AppError('wrong-state', 'The record is not closed yet: close it first.');
  }
  throw new AppError(
    'store-corrupt',
    'The files of this record are not the ones that were closed.',
  );
}

function requireSameKey(drill: Drill, person: Signer['person']): void {
  const known = drill.participants.find((one) => one.person === person.id);
  if (known?.fingerprint === person.fingerprint) return;
  throw new AppError(
    'bad-request',
    `${person.name} did not take part in this drill with the key that they have now.`,
  );
}
