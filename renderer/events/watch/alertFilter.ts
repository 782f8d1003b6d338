import { severities, type Alert } from '../../../shared/model/events/findings';
import type { WatchReport } from '../../../shared/model/events/watch/report';
import type { AlertFilter } from './store';

const dayMs = 86_400_000;

/** Facets of alerts. */
export type FilterName = 'rules' | 'severities' | 'accounts';

/** The alerts that a filter shows, the gravest first, of one severity the newest first. */
export function shownAlerts(report: WatchReport, filter: AlertFilter): Alert[] {
  return report.alerts
    .filter((alert) => fits(alert, filter, Date.parse(report.asOf ?? '')))
    .toSorted(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        (a.at < b.at ? 1 : a.at > b.at ? -1 : 0),
    );
}

/** How many alerts have which value, as if that filter were not set. */
export function countsOf(
  report: WatchReport,
  filter: AlertFilter,
  name: FilterName,
  valueOf: (alert: Alert) => string,
): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const alert of shownAlerts(report, { ...filter, [name]: [] })) {
    counts.set(valueOf(alert), (counts.get(valueOf(alert)) ?? 0) + 1);
  }
  for (const value of filter[name]) if (!counts.has(value)) counts.set(value, 0);
  return [...counts].map(([value, count]) => ({ value, count }));
}

function fits(alert: Alert, filter: AlertFilter, newest: number): boolean {
  const { rules, severities: levels, accounts, days, acknowledged } = filter;
  return (
    (rules.length === 0 || rules.includes(alert.rule)) &&
    (levels.length === 0 || levels.includes(alert.severity)) &&
    (accounts.length === 0 || accounts.includes(alert.account)) &&
    (acknowledged || !alert.acknowledged) &&
    (days === Infinity || Date.parse(alert.at) >= newest - days * dayMs)
  );
}
