import type { ImportReport } from '../../shared/model/events/coverage';
import { keptFrom, type Retained } from '../../shared/model/events/retention';
import type { EventTableClient } from './startTable';

const dayMs = 86_400_000;

export interface Forgotten extends Retained {
  readonly days: number;
}

export interface RetentionOptions {
  readonly table: () => EventTableClient;
  /** How long events are kept; null for ever. */
  readonly days: () => number | null;
  readonly now: () => Date;
  /** Told what was deleted without anybody's asking; `told` where the operator hears of it elsewhere. */
  readonly onForgotten: (forgotten: Forgotten, told: boolean) => void;
  readonly onFailed: (error: unknown) => void;
}

/** Keeps the stored events as long as the settings say: on demand, after every import, and once a day. */
export function createRetention({ table, days, now, onForgotten, onFailed }: RetentionOptions) {
  let last = -Infinity;

  function retain(): Promise<Retained> {
    last = now().getTime();
    return table().retain({ before: keptFrom(days(), now()) });
  }

  return {
    retain,
    /** After the first question of a day; the question does not wait for it. */
    daily: (): void => {
      const kept = days();
      if (kept === null || now().getTime() - last < dayMs) return;
      retain().then((forgotten) => {
        if (forgotten.events > 0) onForgotten({ ...forgotten, days: kept }, false);
      }, onFailed);
    },
    /** What an import brought that is older goes again at once, and its report says so. */
    afterImport: async (report: ImportReport): Promise<ImportReport> => {
      const kept = days();
      if (kept === null || report.added === 0) return report;
      const forgotten = await retain();
      const { events } = forgotten;
      if (events === 0) return report;
      onForgotten({ ...forgotten, days: kept }, true);
      return { ...report, notKept: { events, days: kept } };
    },
  };
}
