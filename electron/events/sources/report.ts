import type { ImportReport } from '../../../shared/model/events/coverage';

/** How far a source is. */
export interface SourceProgress {
  readonly done: number;
  readonly expected: number;
  readonly events: number;
  readonly what: string;
  readonly remainingSeconds?: number;
  /** Requests a second that are made in each Region. */
  readonly perSecond?: number;
}

export function emptyReport(): ImportReport {
  return { files: 0, events: 0, added: 0, duplicates: 0, problems: [], ms: 0 };
}

export function addReports(a: ImportReport, b: ImportReport): ImportReport {
  return {
    files: a.files + b.files,
    events: a.events + b.events,
    added: a.added + b.added,
    duplicates: a.duplicates + b.duplicates,
    problems: [...a.problems, ...b.problems].slice(0, 1000),
    ms: a.ms + b.ms,
  };
}
