import type { FeatureHandlers } from '../../shared/contract/define';
import type { tls as tlsContract } from '../../shared/contract/tls';
import { AppError } from '../../shared/model/errors';
import type { Store } from '../store/types';
import { normalised, openEndpoints } from './fleet/endpoints';
import { readImportText } from './fleet/importText';
import { rowOf } from './fleet/rows';
import { openScans } from './fleet/scans';
import { openSchedules, type ValueStore } from './fleet/schedule';

export interface TlsOptions {
  readonly store: Store;
  readonly values: ValueStore;
  readonly now: () => Date;
}

export interface Tls {
  readonly handlers: FeatureHandlers<typeof tlsContract>;
}

/** Fewer than the contract allows (250): each part is validated on both sides. */
const rowsPerPart = 100;
/** Scans that one endpoint's history shows. */
const shownScans = 500;

/** TLS scans: the endpoints, their scans and what comes of them. */
export function createTls({ store, values, now }: TlsOptions): Tls {
  const endpoints = openEndpoints(store, now);
  const scans = openScans(store);
  const schedules = openSchedules(values, now);

  const handlers: Tls['handlers'] = {
    async endpoints(_input, { signal, progress }) {
      const all = endpoints.all();
      for (let from = 0; from < all.length; from += rowsPerPart) {
        if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
        const part = all.slice(from, from + rowsPerPart);
        progress({ rows: part.map((stored) => rowOf(stored, scans)) });
        await new Promise(setImmediate);
      }
      return { total: all.length };
    },
    saveEndpoint: (edit) =>
      store.transaction(() => {
        const before = edit.id === undefined ? undefined : endpoints.find(edit.id);
        const saved = endpoints.save(edit);
        if (before && !sameTarget(before.endpoint, saved)) scans.forget(before.seq);
        return saved;
      }),
    removeEndpoints: ({ ids }) => ({ removed: endpoints.remove(ids) }),
    readImport({ text }) {
      const read = readImportText(text);
      return { ...read, alreadyThere: read.endpoints.filter((edit) => endpoints.has(edit)).length };
    },
    importEndpoints(input) {
      const edits = input.endpoints.map(normalised);
      const added = endpoints.add(edits);
      return { added, alreadyThere: edits.length - added };
    },
    history({ id }) {
      const stored = endpoints.find(id);
      if (!stored) throw new AppError('not-found', 'The endpoint is not in the list any more.');
      return scans
        .history(stored.seq, shownScans)
        .map(({ summary, differences }) => ({ ...summary, differences }));
    },
    result: ({ scan }) => scans.result(scan),
    schedule: () => schedules.read(),
    setSchedule: (schedule) => schedules.write(schedule),
    discover: notYet,
    scan: notYet,
    compare: notYet,
    policyFile: notYet,
    exportResults: notYet,
    practiceEndpoints: () => [],
  };
  return { handlers };
}

function notYet(): never {
  throw new AppError('unsupported', 'This part of TLS scans is being built.');
}

function sameTarget(
  a: { host: string; port: number; sni: string | null },
  b: { host: string; port: number; sni: string | null },
): boolean {
  return a.host === b.host && a.port === b.port && a.sni === b.sni;
}
