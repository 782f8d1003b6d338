import { z } from 'zod';
import { method } from '../../shared/contract/define';
import { events } from '../../shared/contract/events';
import { eventSourceKinds, importReportSchema } from '../../shared/model/events/coverage';
import { eventStorageSchema, retainedSchema } from '../../shared/model/events/retention';
import { eventQuerySchema } from '../../shared/model/events/query';
import { pastReadingSchema, pastSubjectSchema } from '../../shared/model/events/watch/past';
import { driftSchema, watchReportSchema } from '../../shared/model/events/watch/report';
import { watchSettingsSchema } from '../../shared/model/events/watch/rules';

const fileSource = z.enum(eventSourceKinds).exclude(['athena']);

/**
 * What the thread that holds the event table answers: what the window asks of it is passed on as it
 * is, the rest is for the sources. The command line asks the same without a thread.
 */
export const tableContract = {
  table: {
    coverage: events.coverage,
    page: events.page,
    place: events.place,
    facets: events.facets,
    histogram: events.histogram,
    event: events.event,
    triage: events.triage,
    keyExchanges: events.keyExchanges,
    tellingContexts: events.tellingContexts,
    watch: method({
      summary: 'Dangerous changes and unusual uses in all stored events.',
      input: z.object({ settings: watchSettingsSchema, past: z.array(pastReadingSchema) }),
      output: watchReportSchema,
    }),
    pastSubjects: method({
      summary: 'What the inventory has to be asked for before the watch looks.',
      input: watchSettingsSchema,
      output: z.array(pastSubjectSchema),
    }),
    authors: method({
      summary: 'Finds the events that can have made the changes of keys.',
      input: z.array(driftSchema.omit({ authors: true })),
      output: z.array(driftSchema),
    }),
    storage: method({
      summary: 'What the stored events take, and how many are from before a time.',
      input: z.object({ before: z.date().optional() }),
      output: eventStorageSchema,
    }),
    retain: method({
      summary: 'Forgets the events from before a time; none is forgotten where none is named.',
      input: z.object({ before: z.date().optional() }),
      output: retainedSchema,
    }),
    keep: method({
      summary: 'Keeps the events as they stand in memory, where that makes the next start faster.',
    }),
    importPaths: method({
      summary: 'Takes in the log files of paths.',
      input: z.object({ paths: z.array(z.string()).min(1) }),
      output: importReportSchema,
      progress: z.object({
        done: z.number(),
        expected: z.number(),
        events: z.number(),
        what: z.string(),
      }),
    }),
    importBytes: method({
      summary: 'Takes in files that were read elsewhere.',
      input: z.object({
        source: fileSource,
        files: z.array(z.object({ name: z.string(), bytes: z.instanceof(Uint8Array) })),
      }),
      output: importReportSchema,
    }),
    importAthena: method({
      summary: 'Takes in whole rows of a result of Athena, without its head.',
      input: z.object({ name: z.string(), csv: z.instanceof(Uint8Array) }),
      output: importReportSchema,
    }),
    missing: method({
      summary: 'Which of the named files were never taken in.',
      input: z.object({ names: z.array(z.string()) }),
      output: z.array(z.string()),
    }),
    lines: method({
      summary: 'The matching events as lines of a file, in parts.',
      input: z.object({ query: eventQuerySchema, format: z.enum(['csv', 'json']) }),
      output: z.object({ events: z.number().int() }),
      progress: z.string(),
    }),
    readState: method({
      summary: 'A value that a source keeps.',
      input: z.object({ name: z.string() }),
      output: z.string().nullable(),
    }),
    writeState: method({
      summary: 'Keeps a value of a source.',
      input: z.object({ name: z.string(), value: z.string() }),
    }),
  },
};
