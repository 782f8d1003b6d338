import { openFacets, standOf, type LiveRow } from './liveRow';
import type { Snapshots } from './snapshots';

/** Writes rows to the snapshot while a refresh runs: each once, when all of it is there. */
export interface Saver {
  changed(live: LiveRow): void;
  /** Writes the rows that are whole. */
  save(): Promise<void>;
  /** Writes what is left, whole or not: for the end of a run and for its being cancelled. */
  finish(): Promise<void>;
  /** The first error of the store; reading goes on, but the refresh must not end as if all were kept. */
  readonly failure: unknown;
}

/** Rows in one transaction: some 5 ms, with the disk's own wait. */
const batch = 50;

export function createSaver(snapshots: Snapshots): Saver {
  const partial = new Set<LiveRow>();
  let whole: LiveRow[] = [];
  let failure: unknown;

  async function write(rows: readonly LiveRow[]): Promise<void> {
    for (let from = 0; from < rows.length && failure === undefined; from += batch) {
      try {
        snapshots.save(rows.slice(from, from + batch).map(standOf));
      } catch (error) {
        failure = error;
      }
      await new Promise(setImmediate);
    }
  }

  let last: Promise<void> = Promise.resolve();

  /** One after the other, so that whoever waits for the newest has waited for all. */
  function save(): Promise<void> {
    const rows = whole;
    whole = [];
    last = last.then(() => write(rows));
    return last;
  }

  return {
    changed(live) {
      if (openFacets(live) > 0) partial.add(live);
      else {
        partial.delete(live);
        whole.push(live);
      }
    },
    save,
    async finish() {
      whole.push(...partial);
      partial.clear();
      await save();
    },
    get failure() {
      return failure;
    },
  };
}
