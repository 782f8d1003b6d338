import { triage } from '../../../shared/model/events/triage';
import { defineCommand, exitCodes, UsageError } from '../../command';
import { textTable } from '../../textTable';
import { matchEvents } from '../table/filter';
import { newestWords, tellLimits } from './limits';
import { queryOf, queryOptions, queryUsage } from './queryOptions';
import { withEvents } from './withEvents';

/** `claviger events query`: the stored events that match. */
export const queryCommand = defineCommand({
  name: 'events query',
  summary: 'List stored CloudTrail events, the newest first',
  usage: `Options:
${queryUsage}
  --limit N             100 where absent; 0 for all
  --json                {"total", "events": [...]} as one JSON document (docs/events.md)

Exit codes: 0 there is an answer (an empty one too), 1 it failed.`,
  options: { ...queryOptions, limit: { type: 'string', default: '100' } },
  run({ values }, context) {
    const query = queryOf(values);
    const limit = Number(values.limit);
    if (!/^\d+$/.test(values.limit)) throw new UsageError('--limit takes a whole number.');
    return withEvents(context, (store) => {
      const table = store.table();
      const match = matchEvents(table, query);
      const { stdout } = context;
      let written = 0;
      if (values.json) stdout(`{"total": ${match.total}, "events": [`);
      const lines: string[][] = [];
      for (const index of match.newest()) {
        if (limit > 0 && written >= limit) break;
        const row = table.row(index);
        if (values.json) stdout(`${written > 0 ? ',' : ''}\n${JSON.stringify(row)}`);
        else {
          const { at, name, outcome, error, caller, region, keys } = row;
          lines.push([at, name, error ?? outcome, caller, region, keys[0] ?? '']);
        }
        written += 1;
      }
      if (values.json) stdout('\n]}\n');
      else {
        stdout(
          textTable(
            ['time', 'event', 'outcome', 'caller', 'region', 'key'],
            lines,
            context.columns,
          ),
        );
        stdout(`\n${written} of ${match.total} events\n`);
      }
      tellLimits(store, match.total, context.stderr);
      return exitCodes.ok;
    });
  },
});

/** `claviger events triage`: failed uses of keys, grouped. */
export const triageCommand = defineCommand({
  name: 'events triage',
  summary: 'Group failed uses of keys by cause, caller and what they were about',
  usage: `Options:
${queryUsage}
  --json                {"asOf", "events", "groups": [...]} as one JSON document (docs/events.md)

Trends compare the last seven days with the seven before, counted back from the newest event.
CloudTrail alone does not prove that nothing was throttled: AWS logs throttled calls only at times.

Exit codes: 0 no use of a key failed, 1 some did, or it could not be read, 3 none did among the events
that are stored, but there are none, or not all of them.`,
  options: queryOptions,
  run({ values }, context) {
    const query = queryOf(values);
    return withEvents(context, (store) => {
      const table = store.table();
      const match = matchEvents(table, query);
      const rows = function* () {
        for (const index of match.newest()) yield table.row(index);
      };
      const newest = table.newestFirst()[0];
      const asOf = newest === undefined ? new Date() : new Date(table.row(newest).at);
      const groups = triage(rows(), asOf);
      const { stdout, stderr } = context;
      const limits = tellLimits(store, match.total, stderr);
      if (values.json) {
        const answer = { asOf: asOf.toISOString(), events: match.total, groups };
        stdout(`${JSON.stringify({ ...answer, notCovered: limits.notCovered }, null, 2)}\n`);
      } else {
        for (const group of groups) {
          stdout(`${group.count} × ${group.summary}\n`);
          stdout(
            `  ${group.first} to ${group.last}, ${group.trend}; ${group.names.join(', ')}; ${group.account} ${group.region}\n`,
          );
          stdout(`  ${group.next}\n`);
        }
        stdout(`${groups.length} groups in ${match.total} events${newestWords(limits)}\n`);
      }
      if (groups.length > 0) return exitCodes.failed;
      return limits.isPartial ? exitCodes.partial : exitCodes.ok;
    });
  },
});
