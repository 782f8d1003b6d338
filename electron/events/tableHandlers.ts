import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FeatureHandlers } from '../../shared/contract/define';
import { AppError } from '../../shared/model/errors';
import type { EventRow } from '../../shared/model/events/event';
import { keyExchangeUses } from '../../shared/model/events/keyExchanges';
import type { EventQuery } from '../../shared/model/events/query';
import { triage } from '../../shared/model/events/triage';
import { csvRecord } from '../csv';
import { recordsOfCsv } from './athena/records';
import { coverageOf } from './coverage';
import { importLogs } from './importLogs';
import { logsOf } from './logFolder';
import { sharedCopies } from './sharedCopies';
import type { EventStore } from './store/eventStore';
import { facetCounts, histogramOf, pageOf, placeOf } from './table/answers';
import type { EventTable } from './table/eventTable';
import { matchEvents, type Match } from './table/filter';
import { tellingContexts } from './tellingContexts';
import type { tableContract } from './tableContract';
import { driftAuthors } from './watch/driftAuthors';
import { createWatch } from './watch/watch';

/** Lines of a file are told in parts of so many. */
const linesPerPart = 500;

/** Answers tableContract from the stored events. */
export function createTableHandlers(
  store: EventStore,
  now: () => Date,
): FeatureHandlers<(typeof tableContract)['table']> {
  const watch = createWatch(store);
  let last: { text: string; events: number; table: EventTable; match: Match } | undefined;

  /** Page, facets and histogram of one view ask the same query: it is matched once. */
  function ask(query: EventQuery): { table: EventTable; match: Match } {
    const table = store.table();
    const text = JSON.stringify(query);
    if (last?.text === text && last.table === table && last.events === table.length) return last;
    last = { text, events: table.length, table, match: matchEvents(table, query) };
    return last;
  }

  function* rowsOf(query: EventQuery): Generator<EventRow> {
    const { table, match } = ask(query);
    for (const event of match.newest()) yield table.row(event);
  }

  return {
    coverage: () => coverageOf(store, now()),
    page({ query, offset, limit }) {
      const { table, match } = ask(query);
      return { rows: pageOf(table, match, offset, limit), total: match.total };
    },
    place({ query, eventId }) {
      const { table, match } = ask(query);
      return { index: placeOf(match, table.ids.find(eventId)) };
    },
    facets({ query, facets }) {
      const { table, match } = ask(query);
      return facets.map((facet) => facetCounts(table, match, facet));
    },
    histogram({ query, buckets }) {
      const { table, match } = ask(query);
      return histogramOf(table, match, query, buckets);
    },
    async event({ eventId }) {
      const table = store.table();
      const index = table.ids.find(eventId);
      if (index < 0) throw new AppError('not-found', `There is no stored event ${eventId}.`);
      const row = table.row(index);
      const raw = store.raw(index);
      const source = store.sourceOf(index);
      return { row, raw, source, copies: await sharedCopies(store, index, raw) };
    },
    triage({ query }) {
      const table = store.table();
      const newest = table.newestFirst()[0];
      const asOf = newest === undefined ? now() : new Date(table.row(newest).at);
      const failed = narrowed(query);
      const groups = triage(rowsOf(failed), asOf);
      return { groups: groups.slice(0, 1000), events: ask(query).match.total };
    },
    keyExchanges: ({ query }) => keyExchangeUses(rowsOf(query)),
    tellingContexts: () => tellingContexts(store.table()),
    watch: ({ settings, past }, { signal }) => watch.look(settings, past, signal),
    pastSubjects: (settings, { signal }) => watch.pastSubjects(settings, signal),
    authors: (drifts) => driftAuthors(store.table(), drifts),
    storage: ({ before }) => store.storage(before),
    async retain({ before }) {
      const retained = await store.retain(before);
      await store.keep();
      return retained;
    },
    async keep() {
      await store.keep();
      return undefined;
    },
    async importPaths({ paths }, { signal, progress }) {
      const report = await importLogs(store, logsOf(paths, signal), {
        source: 'files',
        signal,
        progress,
      });
      const began = performance.now();
      await store.keep();
      return { ...report, ms: report.ms + performance.now() - began };
    },
    importBytes({ source, files }, { signal }) {
      const logs = files.map(({ name, bytes }) => ({ name, bytes, size: bytes.length }));
      return importLogs(store, logs, { source, signal });
    },
    importAthena({ name, csv }, { signal }) {
      const Records = recordsOfCsv(Buffer.from(csv).toString('utf8'));
      const bytes = new TextEncoder().encode(JSON.stringify({ Records }));
      const log = { name, bytes, size: bytes.length };
      return importLogs(store, [log], { source: 'athena', signal });
    },
    missing: ({ names }) => names.filter((name) => !store.hasName(name)),
    async lines({ query, format }, { signal, progress }) {
      progress(format === 'csv' ? csvRecord(csvColumns) : '[');
      let events = 0;
      let part = '';
      for (const row of rowsOf(query)) {
        if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
        part +=
          format === 'csv'
            ? csvRecord(csvCells(row))
            : `${events === 0 ? '' : ','}\n${JSON.stringify(row)}`;
        events += 1;
        if (events % linesPerPart > 0) continue;
        progress(part);
        part = '';
        await nextTurn();
      }
      progress(format === 'csv' ? part : `${part}\n]\n`);
      return { events };
    },
    readState: ({ name }) => store.readState(name) ?? null,
    writeState({ name, value }) {
      store.writeState(name, value);
      return undefined;
    },
  };
}

/** Triage looks at failures only: the rows that worked need not be made. */
function narrowed(query: EventQuery): EventQuery {
  if (query.filters.outcome?.length) return query;
  return {
    ...query,
    filters: { ...query.filters, outcome: ['denied', 'throttled', 'failed'] },
  };
}

const csvColumns = [
  'Time',
  'Event',
  'Outcome',
  'Error',
  'Message',
  'Caller',
  'Role',
  'Account',
  'Region',
  'Key',
  'Service',
  'IP address',
  'User agent',
  'Encryption context',
  'Event ID',
];

function csvCells(row: EventRow): string[] {
  const context = Object.entries(row.encryptionContext).map(([name, value]) => `${name}=${value}`);
  return [
    row.at,
    row.name,
    row.outcome,
    row.error ?? '',
    row.message ?? '',
    row.caller,
    row.role ?? '',
    row.account,
    row.region,
    row.keys.join(' '),
    row.service ?? '',
    row.ip ?? '',
    row.userAgent ?? '',
    context.join('; '),
    row.eventId,
  ];
}
