import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { AppError } from '../../../shared/model/errors';
import {
  scanDifferenceSchema,
  scanSummarySchema,
  type ScanDifference,
  type ScanSummary,
} from '../../../shared/model/tls/fleet';
import { scanResultSchema, type ScanResult } from '../../../shared/model/tls/result';
import type { Store } from '../../store/types';
import { parseJson } from './json';

/** One stored scan of one address. */
export interface StoredScan {
  readonly run: number;
  readonly summary: ScanSummary;
  /** What is otherwise than in the run before. */
  readonly differences: ScanDifference[];
}

/** A scan that is to be stored; its number comes with the storing. */
export interface NewScan {
  readonly result: ScanResult;
  readonly summary: Omit<ScanSummary, 'scan'>;
  readonly differences: readonly ScanDifference[];
}

/**
 * The scans of the endpoints, in the database. Scans that were stored together (one for each address
 * of an endpoint) are a run. What this version cannot read is left out.
 */
export interface Scans {
  /** Stores the scans of all addresses of an endpoint: all or none. */
  save(endpointSeq: number, scans: readonly NewScan[]): void;
  /** The last run. */
  last(endpointSeq: number): StoredScan[];
  /** The last run's scans, whole. */
  lastResults(endpointSeq: number): ScanResult[];
  /** Newest first. */
  history(endpointSeq: number, limit: number): StoredScan[];
  /** Throws AppError `not-found`, `store-corrupt`. */
  result(scan: number): ScanResult;
  /** Forgets an endpoint's scans: they were of another host. */
  forget(endpointSeq: number): void;
  /** Removes scans from before a time, but for the last run of each endpoint; gives how many. */
  removeBefore(time: Date): number;
}

const ofLastRun = `endpoint = ? AND run = (SELECT MAX(run) FROM tls_scan WHERE endpoint = ?)`;

export function openScans(store: Store): Scans {
  const { db } = store;
  const selectRun = db.prepare('SELECT MAX(run) AS run FROM tls_scan WHERE endpoint = ?');
  const insert = db.prepare(
    'INSERT INTO tls_scan (endpoint, run, at, summary, differences, result) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const listed = 'SELECT id, run, summary, differences FROM tls_scan';
  const selectLast = db.prepare(`${listed} WHERE ${ofLastRun} ORDER BY id`);
  const selectHistory = db.prepare(`${listed} WHERE endpoint = ? ORDER BY id DESC LIMIT ?`);
  const selectLastResults = db.prepare(
    `SELECT result FROM tls_scan WHERE ${ofLastRun} ORDER BY id`,
  );
  const selectResult = db.prepare('SELECT result FROM tls_scan WHERE id = ?');
  const forget = db.prepare('DELETE FROM tls_scan WHERE endpoint = ?');
  const removeOld = db.prepare(
    `DELETE FROM tls_scan WHERE at < ? AND run <
       (SELECT MAX(newer.run) FROM tls_scan AS newer WHERE newer.endpoint = tls_scan.endpoint)`,
  );

  return {
    save(endpoint, scans) {
      store.transaction(() => {
        const run = Number(selectRun.get(endpoint)?.['run'] ?? 0) + 1;
        for (const { result, summary, differences } of scans) {
          insert.run(
            endpoint,
            run,
            summary.at,
            JSON.stringify(summary),
            JSON.stringify(differences),
            deflateRawSync(JSON.stringify(result)),
          );
        }
      });
    },
    last: (endpoint) => selectLast.all(endpoint, endpoint).flatMap((row) => read(row) ?? []),
    lastResults: (endpoint) =>
      selectLastResults.all(endpoint, endpoint).flatMap((row) => readResult(row['result']) ?? []),
    history: (endpoint, limit) =>
      selectHistory.all(endpoint, limit).flatMap((row) => read(row) ?? []),
    result(scan) {
      const row = selectResult.get(scan);
      if (!row) throw new AppError('not-found', 'This scan is not stored any more.');
      const result = readResult(row['result']);
      if (result) return result;
      throw new AppError('store-corrupt', 'This scan cannot be read. Scan the endpoint again.');
    },
    forget: (endpoint) => void forget.run(endpoint),
    removeBefore: (time) => Number(removeOld.run(time.toISOString()).changes),
  };
}

const differencesSchema = z.array(scanDifferenceSchema);

function read(row: Record<string, unknown>): StoredScan | undefined {
  const stored = parseJson(row['summary']) as object | undefined;
  const summary = scanSummarySchema.safeParse({ ...stored, scan: Number(row['id']) });
  if (!summary.success) return undefined;
  const differences = differencesSchema.safeParse(parseJson(row['differences']));
  return {
    run: Number(row['run']),
    summary: summary.data,
    differences: differences.data ?? [],
  };
}

function readResult(stored: unknown): ScanResult | undefined {
  try {
    const text = inflateRawSync(stored as Uint8Array).toString('utf8');
    return scanResultSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
