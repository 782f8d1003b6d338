import type { FeatureHandlers } from '../../../shared/contract/define';
import type { events } from '../../../shared/contract/events';
import { AppError } from '../../../shared/model/errors';
import type { PastReading, PastSubject } from '../../../shared/model/events/watch/past';
import type { WatchReport } from '../../../shared/model/events/watch/report';
import type { ValueStore } from '../../settings/index';
import type { Store } from '../../store/index';
import type { EventTableClient } from '../startTable';
import { openAcknowledgements } from './acknowledgements';
import { readWatchSettings, watchSettingsName } from './keptSettings';

/** Where the watch keeps what outlives the events, and what it is told of keys. */
export interface WatchKeeping {
  readonly store: Store;
  readonly values: ValueStore;
  readonly operator: string;
  /** What changed on keys from one inventory to the next. */
  readonly drift: () => Promise<readonly KeyDrift[]>;
  /** What readings of the inventory told of keys and aliases. */
  readonly past: (subjects: readonly PastSubject[]) => Promise<PastReading[]>;
}

interface KeyDrift {
  readonly connection: string;
  readonly region: string;
  readonly keyId: string;
  readonly arn: string;
  readonly account: string;
  readonly since: string;
  readonly until: string;
  readonly what: readonly string[];
}

type WatchHandlers = Pick<
  FeatureHandlers<typeof events>,
  | 'watch'
  | 'acknowledge'
  | 'unacknowledge'
  | 'watchSettings'
  | 'setWatchSettings'
  | 'openAlerts'
  | 'drift'
>;

/** Answers the watch's part of the contract: the thread looks, this side knows what was acknowledged. */
export function createWatchHandlers({
  store,
  values,
  operator,
  drift,
  past,
  now,
  table,
}: WatchKeeping & {
  readonly now: () => Date;
  readonly table: () => EventTableClient;
}): WatchHandlers {
  const acknowledgements = openAcknowledgements(store);

  async function look(signal?: AbortSignal): Promise<WatchReport> {
    const settings = readWatchSettings(values);
    const subjects = await table().pastSubjects(settings, { signal });
    const report = await table().watch({ settings, past: await past(subjects) }, { signal });
    const alerts = acknowledgements.applied(report.alerts);
    const since = Date.parse(report.asOf ?? '') - recentMs;
    const high = alerts.filter(
      ({ severity, acknowledged, at }) =>
        severity === 'high' && !acknowledged && Date.parse(at) >= since,
    ).length;
    values.writeValue(openAlertsName, { high, lookedAt: now().toISOString() });
    return { ...report, alerts };
  }

  return {
    watch: (_input, { signal }) => look(signal),
    async acknowledge({ id, note }, { signal }) {
      const { alerts } = await look(signal);
      const alert = alerts.find((each) => each.id === id);
      if (!alert) {
        throw new AppError('not-found', 'There is no such alert any more. Look again.');
      }
      acknowledgements.acknowledge(alert, { at: now().toISOString(), operator, note });
      await look(signal);
      const { rule, severity, reason } = alert;
      return { rule, severity, reason };
    },
    async unacknowledge({ id }, { signal }) {
      if (!acknowledgements.remove(id)) {
        throw new AppError('not-found', 'The alert is not acknowledged.');
      }
      await look(signal);
      return undefined;
    },
    watchSettings: () => readWatchSettings(values),
    setWatchSettings(settings) {
      values.writeValue(watchSettingsName, settings);
      return settings;
    },
    openAlerts: () => (values.readValue(openAlertsName) ?? null) as OpenAlerts,
    async drift(_input, { signal }) {
      const changes = (await drift()).flatMap(({ what, ...change }) =>
        what.map((words) => ({ ...change, what: words })),
      );
      return table().authors(changes.slice(0, 1000), { signal });
    },
  };
}

/** Older alerts are not news: the number in the navigation is of the last 90 days. */
const recentMs = 90 * 86_400_000;
const openAlertsName = 'events.openAlerts';
type OpenAlerts = { high: number; lookedAt: string } | null;
