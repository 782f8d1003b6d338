import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/model/errors';
import { planSchema, type Plan, type PlanBody } from '../../shared/model/drills/plan';
import { canonicalJson } from '../canonicalJson';
import type { Store } from '../store/types';
import { sha256 } from './digests';

export interface PlanStore {
  /** The newest version of each plan that is not retired. */
  newest(): Plan[];
  versions(plan: string): Plan[];
  find(plan: string): Plan;
  save(plan: string | undefined, body: PlanBody): Plan;
  retire(plan: string): void;
}

export function openPlanStore(options: {
  readonly store: Store;
  readonly now: () => Date;
  readonly operator: string;
}): PlanStore {
  const { store, now, operator } = options;
  const all = store.db.prepare('SELECT body FROM drill_plan ORDER BY id, version');
  const of = store.db.prepare('SELECT body FROM drill_plan WHERE id = ? ORDER BY version DESC');
  const insert = store.db.prepare('INSERT INTO drill_plan (id, version, body) VALUES (?, ?, ?)');
  const retired = store.db.prepare('SELECT id FROM drill_plan_retired');
  const retire = store.db.prepare('INSERT OR IGNORE INTO drill_plan_retired VALUES (?, ?)');

  const read = ({ body }: Record<string, unknown>): Plan[] => {
    const plan = planSchema.safeParse(JSON.parse(String(body)));
    return plan.success ? [plan.data] : [];
  };
  const versions = (plan: string) => of.all(plan).flatMap(read);

  function find(plan: string): Plan {
    const [newest] = versions(plan);
    if (!newest) throw new AppError('not-found', 'There is no such plan.');
    return newest;
  }

  return {
    versions,
    find,
    newest() {
      const gone = new Set(retired.all().map(({ id }) => String(id)));
      const newest = new Map(
        all
          .all()
          .flatMap(read)
          .map((plan) => [plan.id, plan]),
      );
      return [...newest.values()].filter(({ id }) => !gone.has(id));
    },
    save: (id = randomUUID(), body) =>
      store.transaction(() => {
        const version = (versions(id)[0]?.version ?? 0) + 1;
        const plan = planOf(body, { id, version, savedAt: now().toISOString(), savedBy: operator });
        insert.run(id, version, JSON.stringify(plan));
        return plan;
      }),
    retire(plan) {
      find(plan);
      retire.run(plan, now().toISOString());
    },
  };
}

/** A version of a plan with its hash. */
export function planOf(
  body: PlanBody,
  version: Pick<Plan, 'id' | 'version' | 'savedAt' | 'savedBy'>,
): Plan {
  const plan = { ...body, ...version };
  return { ...plan, hash: planHash(plan) };
}

/** SHA-256 over the canonical JSON of a plan without its hash. */
export function planHash({ hash: _hash, ...plan }: Omit<Plan, 'hash'> & { hash?: string }): string {
  return sha256(canonicalJson(plan));
}
