import { severities, type Alert } from '../../../shared/model/events/findings';
import { watchRuleIds, type WatchRuleId } from '../../../shared/model/events/watch/rules';
import {
  defineCommand,
  exitCodes,
  UsageError,
  type CommandContext,
  type ExitCode,
} from '../../command';
import { defaultDataDir } from '../../dataDir';
import { openKeyPast } from '../../keys/index';
import { openSettings } from '../../settings/index';
import { openStore } from '../../store/index';
import type { EventTable } from '../table/eventTable';
import { matchEvents, type Match } from '../table/filter';
import { openAcknowledgements } from '../watch/acknowledgements';
import { readWatchSettings } from '../watch/keptSettings';
import { createWatch } from '../watch/watch';
import { newestWords, tellLimits } from './limits';
import { queryOf, queryOptions, queryUsage } from './queryOptions';
import { withEvents } from './withEvents';

/** `claviger events watch`: changes of keys and trails that a person should know of, and unusual uses. */
export const watchCommand = defineCommand({
  name: 'events watch',
  summary: 'List dangerous changes and unusual uses of keys, the newest first',
  usage: `Options:
${queryUsage}
  --rule NAME           only this rule; may be repeated
  --severity LEVEL      high, medium or low, and what is above it
  --acknowledged        those that were acknowledged too
  --acknowledge ID      set the alert of this id aside, with --note; the journal records both
  --note TEXT           why it needs no more attention
  --json                {"events", "asOf", "alerts": [...], ...} as one JSON document (docs/events.md)

All stored events are looked at; the filters choose among the alerts, by their events. Rules and
thresholds are those of the window's settings.
Rules: ${watchRuleIds
    .join(', ')
    .replaceAll(/(.{1,84})(, |$)/g, '$1$2\n       ')
    .trimEnd()}

Exit codes: 0 there is no open alert, 1 there are some, or it could not be read, 3 there is none, but
a change does not say what it changed, or no events are stored, or not all of them.`,
  options: {
    ...queryOptions,
    rule: { type: 'string', multiple: true },
    severity: { type: 'string' },
    acknowledged: { type: 'boolean' },
    acknowledge: { type: 'string' },
    note: { type: 'string' },
  },
  async run({ values }, context) {
    if (values.acknowledge !== undefined || values.note !== undefined) {
      return acknowledge(values, context);
    }
    const query = queryOf(values);
    const rules = (values.rule ?? []).map(ruleOf);
    const lowest = severityOf(values.severity);
    const store = openStore({ dataDir: defaultDataDir(context.env), now: () => new Date() });
    return withEvents(context, async (events) => {
      const settings = readWatchSettings(openSettings({ store }));
      const watch = createWatch(events);
      const past = await openKeyPast(store).of(await watch.pastSubjects(settings));
      const report = await watch.look(settings, past);
      const table = events.table();
      const match = matchEvents(table, { ...query, since: undefined, until: undefined });
      const within = openAcknowledgements(store)
        .applied(report.alerts)
        .filter(
          (alert) =>
            severities.indexOf(alert.severity) <= lowest &&
            (rules.length === 0 || rules.includes(alert.rule)) &&
            inTime(alert, query) &&
            alert.events.some((id) => matches(table, match, id)),
        );
      const open = within.filter((alert) => !alert.acknowledged);
      const alerts = values.acknowledged ? within : open;
      const unreadable = report.unreadable.filter((id) => matches(table, match, id));
      const { stdout, stderr } = context;
      const limits = tellLimits(events, report.events, stderr);
      if (values.json) {
        const { events: looked, asOf, more, learning } = report;
        const { notCovered } = limits;
        const answer = { events: looked, asOf, alerts, more, learning, unreadable, notCovered };
        stdout(`${JSON.stringify(answer, null, 2)}\n`);
      } else {
        for (const { id, severity, at, title, reason, acknowledged } of alerts) {
          stdout(`${at}  ${severity.padEnd(6)}  ${title}\n  ${reason}\n  ID: ${id}\n`);
          if (acknowledged) {
            stdout(`  Acknowledged by ${acknowledged.by}: ${acknowledged.note}\n`);
          }
        }
        stdout(`${alerts.length} alerts in ${report.events} events${newestWords(limits)}\n`);
      }
      for (const id of unreadable) {
        stderr(`${id}: the record does not show what the event changed.\n`);
      }
      for (const { account, region, until } of report.learning) {
        stderr(
          `${account} ${region}: too few days are stored; no use is unusual before ${until}.\n`,
        );
      }
      if (open.length > 0) return exitCodes.failed;
      return unreadable.length > 0 || limits.isPartial ? exitCodes.partial : exitCodes.ok;
    }).finally(() => store.close());
  },
});

/** As in the window: the alert must be there, and the journal has its reason and the note. */
async function acknowledge(
  { acknowledge: id, note = '', json }: { acknowledge?: string; note?: string; json?: boolean },
  { open, stdout, signal }: CommandContext,
): Promise<ExitCode> {
  if (!id) throw new UsageError('--note goes with --acknowledge ID: which alert is it about?');
  if (note.trim() === '') {
    throw new UsageError('--acknowledge needs --note TEXT: say why the alert can be set aside.');
  }
  const { client } = await open();
  const { rule, severity, reason } = await client.events.acknowledge({ id, note }, { signal });
  const answer = { id, rule, severity, reason, note: note.trim() };
  stdout(json ? `${JSON.stringify(answer, null, 2)}\n` : `Acknowledged: ${reason}\n`);
  return exitCodes.ok;
}

function ruleOf(name: string): WatchRuleId {
  const rule = watchRuleIds.find((each) => each === name);
  if (!rule) throw new UsageError(`There is no rule ${name}. Rules: ${watchRuleIds.join(', ')}.`);
  return rule;
}

function severityOf(name: string | undefined): number {
  if (name === undefined) return severities.length - 1;
  const index = severities.findIndex((each) => each === name);
  if (index < 0) throw new UsageError('--severity takes high, medium or low.');
  return index;
}

function inTime({ at }: Alert, query: { since?: string | undefined; until?: string | undefined }) {
  const time = Date.parse(at);
  return (
    (query.since === undefined || time >= Date.parse(query.since)) &&
    (query.until === undefined || time <= Date.parse(query.until))
  );
}

function matches(table: EventTable, match: Match, id: string): boolean {
  const index = table.ids.find(id);
  return index >= 0 && match.state[index] === 0;
}
