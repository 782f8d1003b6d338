import { setMaxListeners } from 'node:events';
import type { Endpoint } from '../../../shared/model/tls/fleet';
import type { ScanResult } from '../../../shared/model/tls/result';
import type { FindAddresses } from './addresses';
import { sniOf } from './endpoints';
import { createTurns, type Share } from './turns';

/** What is scanned: one address of one endpoint. */
export interface AddressTarget {
  readonly host: string;
  readonly port: number;
  /** Absent where the name has none. */
  readonly address?: string;
  readonly sni: string | null;
}

export interface FleetOptions<E> {
  /** Endpoints at once. */
  readonly concurrency: number;
  readonly connectionsPerHost: number;
  readonly pauseMs: number;
  readonly findAddresses: FindAddresses;
  /** Scans one address; what cannot be reached is a result. Rejects where the signal aborts. */
  readonly scan: (
    entry: E,
    target: AddressTarget & { readonly address: string },
    share: Share,
    signal: AbortSignal,
  ) => Promise<ScanResult>;
  /** A scan that broke: a defect, for the log. */
  readonly onDefect: (error: unknown) => void;
  /** The result of a target that could not even be tried. */
  readonly untried: (entry: E, target: AddressTarget, why: string) => ScanResult;
  /** Told the scans of all addresses of an endpoint; what it throws ends the whole run. */
  readonly onDone: (entry: E, results: readonly ScanResult[]) => void;
  /** Told with every endpoint that begins or ends. */
  readonly onCount?: (done: number, running: readonly E[]) => void;
  readonly signal: AbortSignal;
  readonly patienceMs?: number;
}

/** A scan that takes longer than this lets the next one begin. */
const usualPatienceMs = 4000;

/**
 * Scans every address of every endpoint. An endpoint is done, and told, when all its addresses are, so
 * that no good address stands for a bad one that was not looked at yet. Rejects with the signal's
 * reason, and with what `onDone` throws; what was told before stays told.
 */
export async function scanFleet<
  E extends { readonly endpoint: Pick<Endpoint, 'host' | 'port' | 'sni'> },
>(endpoints: readonly E[], options: FleetOptions<E>): Promise<void> {
  const { findAddresses, onCount, patienceMs = usualPatienceMs } = options;
  const failing = new AbortController();
  const signal = AbortSignal.any([options.signal, failing.signal]);
  setMaxListeners(0, signal); // everything that waits listens to it
  const turns = createTurns({ ...options, patienceMs, signal });
  const running = new Set<E>();
  let done = 0;

  async function scanEndpoint(entry: E): Promise<void> {
    const { host, port } = entry.endpoint;
    const target = { host, port, sni: sniOf(entry.endpoint) };
    const found = await findAddresses(host, signal);
    const results =
      'why' in found
        ? [options.untried(entry, target, found.why)]
        : await Promise.all(
            found.addresses.map((address) =>
              turns.run(address, (share) => {
                begun(entry);
                return scanOne(entry, { ...target, address }, share);
              }),
            ),
          );
    signal.throwIfAborted();
    options.onDone(entry, results);
    running.delete(entry);
    done += 1;
    onCount?.(done, [...running]);
  }

  /** A scan that breaks is a defect of ours: it must not end the others, nor pass for an answer. */
  async function scanOne(
    entry: E,
    at: AddressTarget & { readonly address: string },
    share: Share,
  ): Promise<ScanResult> {
    try {
      return await options.scan(entry, at, share, signal);
    } catch (error) {
      signal.throwIfAborted();
      options.onDefect(error);
      return options.untried(entry, at, 'The scan failed inside Claviger. Please report it.');
    }
  }

  function begun(entry: E): void {
    if (running.has(entry)) return;
    running.add(entry);
    onCount?.(done, [...running]);
  }

  const ended = endpoints.map((entry) =>
    scanEndpoint(entry).catch((error: unknown) => {
      failing.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(ended);
  signal.throwIfAborted();
}
