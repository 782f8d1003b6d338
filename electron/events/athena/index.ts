import { randomUUID } from 'node:crypto';
import type { FeatureHandlers } from '../../../shared/contract/define';
import type { events as eventsContract } from '../../../shared/contract/events';
import {
  athenaCostUsd,
  athenaPrice,
  type AthenaPlan,
  type AthenaQuestion,
} from '../../../shared/model/events/athena';
import { AppError } from '../../../shared/model/errors';
import type { AwsGateway } from '../../aws/types';
import { rangeOf } from '../place';
import type { EventTableClient } from '../startTable';
import { runPlan, type RunnablePlan } from './runPlan';

type Handlers = Pick<
  FeatureHandlers<typeof eventsContract>,
  'athenaChoices' | 'planAthena' | 'importAthena'
>;

/** The newest plans can be run. */
const mostPlans = 20;

/**
 * Athena over a trail's bucket: what there is to choose, what a question would cost, and the answer.
 * Only a plan that was shown can be run, and it runs as it was shown.
 */
export function createAthenaSource({
  gateway,
  table,
}: {
  readonly gateway: AwsGateway;
  readonly table: () => EventTableClient;
}): Handlers {
  const plans = new Map<string, RunnablePlan>();

  return {
    async athenaChoices(target, { signal }) {
      const { athenaChoices } = await import('./choices');
      return athenaChoices(gateway, target, signal);
    },
    async planAthena(question, { signal, progress }) {
      const [{ scopeOf }, { workGroupOf }, sql] = await Promise.all([
        import('./scope'),
        import('./choices'),
        import('./sql'),
      ]);
      const { connection, region, uri, key, names, failuresOnly } = question;
      const target = { connection, region };
      const { since, until } = timeOf(question);
      const group = await workGroupOf(gateway, target, question.workGroup, signal);
      const outputLocation = locationOf(question, group);
      const scope = await scopeOf(
        gateway,
        target,
        { uri, since, until, key },
        { signal, progress: (objects, bytes, what) => progress({ objects, bytes, what }) },
      );
      const { settings, regions, objects, bytes } = scope;
      const narrowing = { since, until, regions, key, names, failuresOnly };
      const { bytesLimit } = group;
      const plan: AthenaPlan = {
        id: randomUUID(),
        table: `${sql.database}.${sql.tableName(settings)}`,
        statements: [
          sql.createDatabase,
          sql.createTable(settings),
          sql.selectEvents(settings, narrowing),
        ],
        accounts: [...settings.accounts],
        regions: [...regions],
        objects,
        bytes,
        costUsd: athenaCostUsd(bytes),
        price: { usdPerTb: athenaPrice.usdPerTb, asOf: athenaPrice.asOf },
        workGroup: group.name,
        outputLocation,
        ...(bytesLimit !== undefined && bytes > bytesLimit && { overLimit: bytesLimit }),
      };
      plans.set(plan.id, { plan, target });
      for (const id of plans.keys()) {
        if (plans.size <= mostPlans) break;
        plans.delete(id);
      }
      return plan;
    },
    async importAthena({ planId, costUsd }, context) {
      const found = plans.get(planId);
      if (!found) {
        throw new AppError('not-found', 'This plan is no longer at hand. Ask for the cost again.');
      }
      if (found.plan.costUsd !== costUsd) {
        throw new AppError('bad-request', 'This is not the cost that was shown. Ask for it again.');
      }
      if (found.plan.objects === 0) {
        throw new AppError('bad-request', 'There is no log file in this time: nothing to ask.');
      }
      return runPlan(gateway, found, table(), context);
    },
  };
}

/** Throws AppError `bad-request` where it is no time, or ends before it begins. */
function timeOf(question: AthenaQuestion): { since: number; until: number } {
  const { since, until } = rangeOf(question);
  if (since === undefined || until === undefined || since >= until) {
    throw new AppError('bad-request', 'The time needs a begin, and an end after it.');
  }
  return { since, until };
}

/** Where the result goes. Throws AppError `bad-request` where nobody says it. */
function locationOf(
  { workGroup, outputLocation }: AthenaQuestion,
  group: { readonly outputLocation?: string | undefined; readonly enforced: boolean },
): string {
  const own = group.outputLocation;
  const chosen = group.enforced ? own : outputLocation || own;
  if (chosen === undefined) {
    throw new AppError(
      'bad-request',
      `The workgroup ${workGroup} does not say where results go. Name a place: s3://BUCKET/PREFIX/.`,
    );
  }
  if (!/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/.*)?$/.test(chosen)) {
    throw new AppError(
      'bad-request',
      `${chosen} is no place for results: write s3://BUCKET/PREFIX/.`,
    );
  }
  return chosen;
}
