import type { FeatureHandlers } from '../../shared/contract/define';
import type { tls as tlsContract } from '../../shared/contract/tls';
import { AppError } from '../../shared/model/errors';
import type { ScannedEndpoint } from '../../shared/model/readiness/sources';
import { compareScans } from '../../shared/model/tls/differences';
import { endpointEditSchema } from '../../shared/model/tls/fleet';
import type { AwsGateway, Connections } from '../aws/types';
import type { Store } from '../store/types';
import { createExport } from './export/index';
import { createFindAddresses, type FindAddresses } from './fleet/addresses';
import { normalised, openEndpoints, sameTarget } from './fleet/endpoints';
import { readImportText } from './fleet/importText';
import { openPolicyFile } from './fleet/policyFile';
import { rowOf } from './fleet/rows';
import { createRuns, practiceSource, type RunResult } from './fleet/runs';
import { openScans } from './fleet/scans';
import { openSchedules } from './fleet/schedule';
import { startScheduler } from '../scheduler';
import type { ValueStore } from '../settings/index';
import { openScanner as openThreads } from './openScanner';
import type { Scanner } from './scanJob';

export interface TlsOptions {
  readonly store: Store;
  readonly values: ValueStore;
  readonly gateway: AwsGateway;
  readonly connections: Connections;
  readonly now: () => Date;
  readonly version: string;
  /** Asks where to write and writes; null where nobody picked a file. */
  readonly saveFile: (file: {
    suggestedName: string;
    content: AsyncIterable<string> | Iterable<string>;
  }) => Promise<string | null>;
  /** The TLS servers of the practice account; none without it. */
  readonly practiceServers: () => Promise<readonly PracticeServer[]>;
  /** The PEM file of the authority that those servers' certificates come from; it counts for them alone. */
  readonly practiceAuthority?: string | undefined;
  /** Runs scans that are due, so long after the opening; never where absent. */
  readonly scheduled?:
    | {
        readonly graceMs: number;
        readonly onScanned: (result: RunResult) => void;
        readonly onFailed: (error: unknown) => void;
      }
    | undefined;
  readonly onDefect: (error: unknown) => void;
  /** Threads where absent. */
  readonly openScanner?: () => Promise<Scanner>;
  /** The system's resolver where absent. */
  readonly findAddresses?: () => FindAddresses;
}

/** A server of the practice account, as it names it. */
export interface PracticeServer {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** The name to send; none where null. */
  readonly sni: string | null;
  readonly clientCertificate?: boolean | undefined;
  readonly elbPolicy?: string | undefined;
}

export interface Tls {
  readonly handlers: FeatureHandlers<typeof tlsContract>;
  /** Every endpoint with its last scan of each address, whole. */
  stored(): Promise<readonly ScannedEndpoint[]>;
  /** Stops a scan that runs and waits until what it had is stored: before the store is closed. */
  close(): Promise<void>;
}

/** Fewer than the contract allows (250): each part is validated on both sides. */
const rowsPerPart = 100;
/** Scans that one endpoint's history shows. */
const shownScans = 500;

/** TLS scans: the endpoints, their scans and what comes of them. */
export function createTls(options: TlsOptions): Tls {
  const { store, values, now, gateway, connections, scheduled } = options;
  const endpoints = openEndpoints(store, now);
  const scans = openScans(store);
  const schedules = openSchedules(values, now);
  const policyFile = openPolicyFile(values);
  const runs = createRuns({
    store,
    endpoints,
    scans,
    schedules,
    now,
    openScanner: options.openScanner ?? openThreads,
    findAddresses: options.findAddresses ?? createFindAddresses,
    ownPolicy: policyFile.read,
    practiceAuthority: options.practiceAuthority,
    onDefect: options.onDefect,
  });
  const scheduler =
    scheduled &&
    startScheduler({
      nextAt: () => schedules.read().nextAt,
      run: async (signal) =>
        scheduled.onScanned(await runs.run(undefined, { signal, progress: () => {} })),
      onFailed: scheduled.onFailed,
      now,
      graceMs: scheduled.graceMs,
    });

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
    async discover(_input, { signal, progress }) {
      const { discoverEndpoints } = await import('./discovery/index');
      return discoverEndpoints({ gateway, connections, signal, progress });
    },
    scan: ({ ids }, context) => runs.run(ids, context),
    result: ({ scan }) => scans.result(scan),
    history({ id }) {
      const stored = endpoints.find(id);
      if (!stored) throw new AppError('not-found', 'The endpoint is not in the list any more.');
      return scans
        .history(stored.seq, shownScans)
        .map(({ summary, differences }) => ({ ...summary, differences }));
    },
    compare: ({ from, to }) => compareScans(scans.result(from), scans.result(to)),
    schedule: () => schedules.read(),
    setSchedule(schedule) {
      const written = schedules.write(schedule);
      scheduler?.changed();
      return written;
    },
    policyFile: ({ set }) => (set === undefined ? policyFile.show() : policyFile.write(set)),
    exportResults: createExport({ ...options, endpoints, scans }),
    async practiceEndpoints() {
      const servers = await options.practiceServers();
      return servers.map(({ sni, ...server }) =>
        endpointEditSchema.parse({ ...server, sni: sni ?? '', source: practiceSource }),
      );
    },
  };
  return {
    handlers,
    async stored() {
      const found: ScannedEndpoint[] = [];
      for (const { seq, endpoint } of endpoints.all()) {
        found.push({ endpoint, scans: scans.lastResults(seq) });
        await new Promise(setImmediate);
      }
      return found;
    },
    async close() {
      scheduler?.close();
      await runs.close();
    },
  };
}
