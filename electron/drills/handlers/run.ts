import type { DrillSummary } from '../../../shared/contract/drills';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { toUndo, type Drill } from '../../../shared/model/drills/drill';
import { drillOutcome } from '../../../shared/model/drills/outcome';
import { planFromTemplate, type TemplateId } from '../../../shared/model/drills/templates';
import { AppError } from '../../../shared/model/errors';
import { sha256 } from '../digests';
import { refuseRehearsal, refuseSecond } from '../openDrills';
import { openShare } from '../people/shares';
import { placeFor } from '../places';
import { preflight } from '../preflight';
import { rehearse } from '../rehearsal';
import { findEvents, untied } from '../trail/findEvents';
import { isPractice } from '../run/identities';
import type { StepInputs } from '../run/stepContext';
import type { DrillHandlers, Shared } from './index';

type RunHandlers = Pick<
  DrillHandlers,
  | 'start'
  | 'list'
  | 'get'
  | 'acknowledge'
  | 'preflight'
  | 'runStep'
  | 'endStep'
  | 'note'
  | 'attach'
  | 'attachDropped'
  | 'pause'
  | 'resume'
  | 'undo'
  | 'findEvents'
  | 'rehearse'
>;

const mostFileBytes = 25 * 1024 * 1024;
const mostDrillBytes = 400 * 1024 * 1024;

/** Doing a drill: from its start to the last step. */
export function runHandlers(shared: Shared): RunHandlers {
  const { drills, plans, people, engine, lifecycle, neighbours, view, at, operator } = shared;

  let rehearsing = false;

  async function sharesOf(
    drill: string,
    brought: readonly {
      person: string;
      passphrase?: string | undefined;
      secretShare?: string | undefined;
    }[],
  ): Promise<NonNullable<StepInputs['shares']>> {
    return Promise.all(
      brought.map(async ({ person, passphrase, secretShare }) => {
        if (secretShare !== undefined) return { person, share: Buffer.from(secretShare, 'hex') };
        const sealed = drills.share(drill, person);
        const { opening, person: who } = await people.unlock(person, passphrase);
        if (sealed === undefined) {
          throw new AppError('not-found', `No share of ${who.name} is kept here: bring it.`);
        }
        return { person, share: openShare(sealed, opening) };
      }),
    );
  }

  async function attach(
    drill: Drill,
    step: string,
    name: string,
    bytes: Uint8Array,
  ): Promise<Drill> {
    if (bytes.length > mostFileBytes) {
      throw new AppError('limit-exceeded', `${name} is larger than 25 MiB: attach a smaller copy.`);
    }
    const held = drill.steps
      .flatMap(({ evidence }) => evidence)
      .reduce((sum, file) => sum + file.bytes, 0);
    if (held + bytes.length > mostDrillBytes) {
      throw new AppError(
        'limit-exceeded',
        'The drill holds as much evidence as a bundle can take.',
      );
    }
    const file = {
      name: `evidence/${step}/${freeName(drill, step, name)}`,
      sha256: sha256(bytes),
      bytes: bytes.length,
      by: 'attached',
    } as const;
    const time = await at(drill);
    return shared.store.transaction(() => {
      const after = drills.append(drill.id, { kind: 'evidence', at: time, step, file });
      drills.putFile(drill.id, file.name, bytes);
      return after;
    });
  }

  return {
    async start(input, { signal }) {
      const plan = plans.find(input.plan);
      const { connection } = plan.scope;
      const cast = {
        operator: active(input.operator),
        approver: active(input.approver),
        custodians: input.custodians.map(active),
      };
      const { accountId } = await neighbours.connections.identify(connection, signal);
      const begun = (await neighbours.connections.now(connection)).toISOString();
      refuseSecond(drills, plan.id);
      const drill = lifecycle.begin({
        plan,
        cast,
        practice: isPractice(connection),
        account: accountId,
        ticket: input.ticket === '' ? undefined : input.ticket,
        version: shared.version,
        at: begun,
      });
      return view(drill);
    },
    list: () =>
      drills.ids().map((id): DrillSummary => {
        const drill = drills.get(id);
        const { result, totalSeconds } = drillOutcome(drill);
        const findings = drills.findings().filter((one) => one.drill === id);
        return {
          id,
          plan: drill.plan.id,
          planName: drill.plan.name,
          planVersion: drill.plan.version,
          practice: drill.practice,
          startedAt: drill.startedAt,
          state: drill.state,
          result,
          totalSeconds,
          rtoMinutes: drill.plan.rtoMinutes,
          toUndo: toUndo(drill).length,
          signatures: drill.signatures.length,
          openFindings: findings.filter(({ finding }) => finding.state === 'open').length,
          ...(drill.closedAt !== undefined && { closedAt: drill.closedAt }),
        };
      }),
    get({ drill: id }) {
      const drill = drills.get(id);
      return { drill, outcome: drillOutcome(drill) };
    },
    async acknowledge({ drill: id, person, passphrase }) {
      const drill = drills.get(id);
      const signer = await people.present(person, passphrase);
      return view(lifecycle.acknowledge(drill, signer, await at(drill)));
    },
    async preflight({ drill, step }, { signal }) {
      return preflight(await engine.context({ drill, step, inputs: {}, signal, tell: () => {} }));
    },
    async runStep({ drill, step, mfaCode, custodians }, { signal, progress }) {
      const shares = custodians && (await sharesOf(drill, custodians));
      try {
        const inputs = { mfaCode, shares };
        const tell = (what: string, after?: Drill) =>
          progress({ what, ...(after && { drill: after }) });
        return view(await engine.run({ drill, step, inputs, signal, tell }));
      } finally {
        for (const { share } of shares ?? []) share.fill(0);
        shared.changed(drill);
      }
    },
    async endStep({ drill: id, step, outcome, reason }) {
      const time = await at(drills.get(id));
      return view(drills.append(id, { kind: 'step-ended', at: time, step, outcome, reason }));
    },
    async note({ drill: id, step, text }) {
      const time = await at(drills.get(id));
      return view(drills.append(id, { kind: 'note', at: time, step, person: operator, text }));
    },
    async attach({ drill: id, step }) {
      const paths = await shared.pickPaths('files');
      if (paths.length === 0) return null;
      let drill = drills.get(id);
      for (const path of paths) {
        const { size } = await stat(path);
        const bytes =
          size > mostFileBytes ? new Uint8Array(mostFileBytes + 1) : await readFile(path);
        drill = await attach(drill, step, basename(path), bytes);
      }
      return view(drill);
    },
    attachDropped: async ({ drill, step, name, bytes }) =>
      view(await attach(drills.get(drill), step, basename(name), bytes)),
    async pause({ drill: id, reason }) {
      return view(drills.append(id, { kind: 'paused', at: await at(drills.get(id)), reason }));
    },
    async resume({ drill: id }) {
      return view(drills.append(id, { kind: 'resumed', at: await at(drills.get(id)) }));
    },
    undo: async ({ drill, change }, { signal }) => view(await engine.undo(drill, change, signal)),
    async findEvents({ drill: id }, { signal }) {
      const [first] = drills.get(id).steps;
      const run = { drill: id, step: first?.id ?? '', inputs: {}, signal, tell: () => {} };
      const { found } = await findEvents(await engine.context(run));
      shared.changed(id);
      return { found, missing: untied(drills.get(id)).length };
    },
    async rehearse({ plan, faults }, { signal, progress }) {
      if (rehearsing) {
        throw new AppError(
          'conflict',
          'A rehearsal is under way: wait for it, or cancel it first.',
        );
      }
      refuseRehearsal(drills);
      rehearsing = true;
      try {
        const drill = await rehearse(
          { ...shared, store: drills },
          {
            body: 'id' in plan ? plans.find(plan.id) : await practicePlan(plan.template),
            faults,
            signal,
            tell: (what, after) => progress({ what, ...(after && { drill: after }) }),
          },
        );
        return view(drill);
      } finally {
        rehearsing = false;
      }
    },
  };

  /** A template, filled in for the practice account. */
  async function practicePlan(template: TemplateId) {
    const place = await placeFor('practice', {
      connections: neighbours.connections,
      keys: [],
      practice: neighbours.practice,
      practiceRegions: shared.practiceRegions,
    });
    return planFromTemplate(template, place);
  }

  function active(id: string) {
    const person = people.find(id);
    if (person.retiredAt === undefined) return person;
    throw new AppError('bad-request', `${person.name} is retired and signs nothing new.`);
  }
}

/** A name that a bundle can have, and that the step has not yet. */
function freeName(drill: Drill, step: string, name: string): string {
  const clean =
    name
      .replaceAll(/[^\w.@+ -]/g, '_')
      .replace(/^\.+/, '_')
      .slice(-120) || 'file';
  const taken = new Set(
    drill.steps.find(({ id }) => id === step)?.evidence.map((file) => file.name) ?? [],
  );
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? clean : `${number} ${clean}`;
    if (!taken.has(`evidence/${step}/${free}`)) return free;
  }
}
