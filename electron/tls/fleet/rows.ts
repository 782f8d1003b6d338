import type { EndpointRow, ScanSummary } from '../../../shared/model/tls/fleet';
import type { StoredEndpoint } from './endpoints';
import type { Scans } from './scans';

/** An endpoint as lists show it: with the last scan of each of its addresses. */
export function rowOf({ seq, endpoint }: StoredEndpoint, scans: Scans): EndpointRow {
  const last = scans.last(seq);
  const differences = new Map(
    last.flatMap((scan) => scan.differences).map((each) => [`${each.about} ${each.what}`, each]),
  );
  const summaries = last.map(({ summary }) => summary);
  return {
    endpoint,
    last: summaries,
    differences: [...differences.values()],
    addressesDiffer: new Set(summaries.map(shownOf)).size > 1,
  };
}

/** What of a scan must be alike at every address of an endpoint. */
function shownOf(summary: ScanSummary): string {
  const { grade, versions, reachable, notAfter, keyTypes, profile, elbPolicy, vulnerable } =
    summary;
  return JSON.stringify([
    grade,
    versions,
    reachable,
    notAfter,
    keyTypes,
    profile,
    elbPolicy,
    vulnerable,
  ]);
}
