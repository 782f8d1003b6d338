import type { KeyScope } from '../../shared/model/readiness/sources';
import type { Connections } from '../aws/types';
import { chosenScopes, summaryOf } from './scopes';
import { rowsPerPart, type Snapshots } from './snapshots';

/** Each chosen Region with its stored rows; one that was never read has none, and says so in its report. */
export async function storedScopes(
  connections: Connections,
  snapshots: Snapshots,
): Promise<KeyScope[]> {
  const scopes = await chosenScopes(connections);
  const { scopes: reports } = summaryOf(scopes, snapshots);
  const read: KeyScope[] = [];
  for (const report of reports) {
    const { connection, connectionName, accountId, region } = report;
    const rows: KeyScope['rows'][number][] = [];
    for (const part of snapshots.parts({ connection, region }, rowsPerPart)) {
      rows.push(...part);
      await new Promise(setImmediate);
    }
    read.push({
      connection,
      connectionName,
      account: accountId,
      region,
      report,
      listedAt: snapshots.scope({ connection, region })?.listedAt,
      rows,
    });
  }
  return read;
}
