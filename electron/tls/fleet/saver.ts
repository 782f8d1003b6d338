import { compareScans } from '../../../shared/model/tls/differences';
import type { ScanResult } from '../../../shared/model/tls/result';
import { summarise } from '../../../shared/model/tls/summary';
import type { Store } from '../../store/types';
import type { StoredEndpoint } from './endpoints';
import type { NewScan, Scans } from './scans';

/** Stores the scans of a run in batches: one transaction for several endpoints. */
export interface Saver {
  /** Throws what an earlier batch failed with. */
  add(stored: StoredEndpoint, results: readonly ScanResult[]): void;
  /** Stores what is left; throws AppError where that fails. */
  finish(): void;
}

export interface SaverOptions {
  readonly store: Store;
  readonly scans: Scans;
  /** Whether the endpoint is still there and still the same target: others have nothing to store. */
  readonly isCurrent: (stored: StoredEndpoint) => boolean;
  /** Told after its scans are stored for good. */
  readonly onStored: (stored: StoredEndpoint) => void;
  /** Told where a batch cannot be stored. */
  readonly onFailed: (error: unknown) => void;
}

/** A batch takes some milliseconds of the loop for each endpoint. */
const batchSize = 6;
const batchMs = 150;
/** Scans that are looked through for the last one that reached the endpoint. */
const farBack = 200;

export function createSaver(options: SaverOptions): Saver {
  const { store, scans, isCurrent, onStored, onFailed } = options;
  let batch: { stored: StoredEndpoint; results: readonly ScanResult[] }[] = [];
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const part = batch.filter(({ stored }) => isCurrent(stored));
    batch = [];
    store.transaction(() => {
      for (const { stored, results } of part) {
        scans.save(stored.seq, newScans(results, stored.seq, scans));
      }
    });
    for (const { stored } of part) onStored(stored);
  }

  return {
    add(stored, results) {
      batch.push({ stored, results });
      if (batch.length >= batchSize) flush();
      else {
        timer ??= setTimeout(() => {
          try {
            flush();
          } catch (error) {
            onFailed(error);
          }
        }, batchMs);
      }
    },
    finish: flush,
  };
}

/**
 * Each result beside that of the same address in the run before, else any: addresses of clouds change.
 * After a run that reached nothing, what was last seen counts too: a change must not hide behind it.
 */
function newScans(results: readonly ScanResult[], endpointSeq: number, scans: Scans): NewScan[] {
  const before = scans.lastResults(endpointSeq);
  const unreached = before.length > 0 && before.every(({ reachable }) => !reachable);
  const seen = unreached ? lastReached(endpointSeq, scans) : [];
  return results.map((result) => {
    const differences = [counterpart(before, result), counterpart(seen, result)].flatMap(
      (earlier) => (earlier ? compareScans(earlier, result) : []),
    );
    const { scan: _none, ...summary } = summarise(result, 0);
    return { result, summary, differences };
  });
}

function counterpart(before: readonly ScanResult[], { endpoint }: ScanResult) {
  return (
    before.find((each) => each.endpoint.address === endpoint.address) ??
    before.find(({ reachable }) => reachable) ??
    before[0]
  );
}

function lastReached(endpointSeq: number, scans: Scans): ScanResult[] {
  const history = scans.history(endpointSeq, farBack);
  const run = history.find(({ summary }) => summary.reachable)?.run;
  return history
    .filter((each) => each.run === run && each.summary.reachable)
    .map(({ summary }) => scans.result(summary.scan));
}
