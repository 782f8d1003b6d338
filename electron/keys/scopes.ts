import type { Connection } from '../../shared/contract/accounts';
import type { InventorySummary } from '../../shared/contract/keys';
import type { ScopeReport } from '../../shared/model/key';
import type { Connections } from '../aws/types';
import type { Scope, Snapshots } from './snapshots';

export type ChosenScope = Scope & { readonly chosen: Connection };

/** The Regions of the chosen connections, or those of them that `only` names. */
export async function chosenScopes(
  connections: Connections,
  only?: readonly { connection: string; region?: string | undefined }[],
): Promise<ChosenScope[]> {
  const chosen = await connections.chosen();
  return chosen
    .flatMap((connection) =>
      connection.regions.map((region) => ({
        chosen: connection,
        connection: connection.id,
        region,
      })),
    )
    .filter(
      ({ connection, region }) =>
        !only ||
        only.some(
          (wanted) => wanted.connection === connection && (wanted.region ?? region) === region,
        ),
    );
}

/** What the snapshot has of the given scopes; one that was never read is `waiting`. */
export function summaryOf(scopes: readonly ChosenScope[], snapshots: Snapshots): InventorySummary {
  const reports = scopes.map((scope) => reportOf(scope, snapshots));
  const asOf = reports
    .flatMap((report) => report.asOf ?? [])
    .toSorted()
    .at(-1);
  return {
    scopes: reports,
    total: scopes.reduce((sum, scope) => sum + snapshots.count(scope), 0),
    ...(asOf !== undefined && { asOf }),
  };
}

function reportOf({ chosen, connection, region }: ChosenScope, snapshots: Snapshots): ScopeReport {
  const stored = snapshots.scope({ connection, region })?.report;
  if (stored) return { ...stored, connectionName: chosen.name };
  return {
    connection,
    connectionName: chosen.name,
    region,
    keys: 0,
    state: 'waiting',
    problems: [],
  };
}
