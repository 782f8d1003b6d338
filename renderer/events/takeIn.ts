import type { ClavigerClient } from '../../shared/contract';
import type { ImportReport } from '../../shared/model/events/coverage';

export interface BucketPlace {
  readonly connection: string;
  readonly region: string;
  readonly uri: string;
}

/** Where events are taken from. */
export type TakeIn =
  | { readonly kind: 'lookup' }
  | { readonly kind: 'files' | 'folder' }
  | { readonly kind: 'dropped'; readonly files: readonly File[] }
  | { readonly kind: 'bucket'; readonly place: BucketPlace }
  | { readonly kind: 'athena'; readonly plan: { readonly id: string; readonly costUsd: number } };

export interface ImportState {
  readonly what: string;
  readonly done: number;
  readonly expected: number;
  readonly events: number;
  readonly remainingSeconds?: number | undefined;
  /** Requests a second that are made in each Region. */
  readonly perSecond?: number | undefined;
}

/** Has main take them in; gives what came of it, or null where the operator picked nothing. */
export async function takeIn(
  events: ClavigerClient['events'],
  source: TakeIn,
  options: { signal: AbortSignal; onProgress: (progress: ImportState) => void },
): Promise<ImportReport | null> {
  if (source.kind === 'lookup') return events.lookup(undefined, options);
  if (source.kind === 'bucket') return events.importBucket(source.place, options);
  if (source.kind === 'athena') {
    const { id: planId, costUsd } = source.plan;
    return events.importAthena({ planId, costUsd }, options);
  }
  if (source.kind !== 'dropped') return events.importFiles({ what: source.kind }, options);
  let sum: ImportReport | null = null;
  for (const [done, file] of source.files.entries()) {
    const { name } = file;
    options.onProgress({
      what: name,
      done,
      expected: source.files.length,
      events: sum?.events ?? 0,
    });
    const bytes = new Uint8Array(await file.arrayBuffer());
    const report = await events.importDropped({ name, bytes }, { signal: options.signal });
    sum = sum ? added(sum, report) : report;
  }
  return sum;
}

function added(a: ImportReport, b: ImportReport): ImportReport {
  const notKept = b.notKept ?? a.notKept;
  const eventsOf = (report: ImportReport) => report.notKept?.events ?? 0;
  return {
    files: a.files + b.files,
    events: a.events + b.events,
    added: a.added + b.added,
    duplicates: a.duplicates + b.duplicates,
    problems: [...a.problems, ...b.problems],
    ...(notKept && { notKept: { ...notKept, events: eventsOf(a) + eventsOf(b) } }),
    ms: a.ms + b.ms,
  };
}
