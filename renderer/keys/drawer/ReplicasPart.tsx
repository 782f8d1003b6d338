import type { KeyRow } from '../../../shared/model/key';
import { keyRefString } from '../../../shared/model/key';
import type { KeyView } from '../../../shared/model/keyLens';
import { Badge, StateBadge } from '../../ui';
import { FacetPart } from './Part';

/** The primary and the replicas of a multi-Region key; those in the inventory open with a click. */
export function ReplicasPart({
  row,
  all,
  onOpen,
}: {
  row: KeyRow;
  all: readonly KeyView[];
  onOpen: (id: string) => void;
}) {
  return (
    <FacetPart title="Replicas" facet={row.metadata}>
      {({ multiRegion }) => {
        if (!multiRegion) {
          return <p className="text-sm text-ink-2">A single-Region key: it has no replicas.</p>;
        }
        const regions = [
          multiRegion.primaryRegion,
          ...multiRegion.replicaRegions.filter((region) => region !== multiRegion.primaryRegion),
        ];
        return (
          <ul className="divide-y divide-line rounded-md border border-line text-sm">
            {regions.map((region) => (
              <Related
                key={region}
                row={row}
                region={region}
                primary={region === multiRegion.primaryRegion}
                all={all}
                onOpen={onOpen}
              />
            ))}
          </ul>
        );
      }}
    </FacetPart>
  );
}

/** Related keys share the id and the account; a replica may be seen through another connection. */
function Related({
  row,
  region,
  primary,
  all,
  onOpen,
}: {
  row: KeyRow;
  region: string;
  primary: boolean;
  all: readonly KeyView[];
  onOpen: (id: string) => void;
}) {
  const found = all.find(
    (view) =>
      view.row.keyId === row.keyId &&
      view.row.region === region &&
      view.row.accountId === row.accountId,
  );
  const state =
    found?.row.metadata.status === 'known' ? found.row.metadata.value.keyState : undefined;
  return (
    <li className="flex min-h-8 items-center gap-3 px-3">
      {region === row.region ? (
        <span>{region} (this key)</span>
      ) : found ? (
        <button
          type="button"
          className="text-link underline"
          onClick={() => onOpen(keyRefString(found.row))}
        >
          {region}
        </button>
      ) : (
        <span>{region}</span>
      )}
      {primary && <Badge>primary</Badge>}
      <span className="ml-auto text-xs text-ink-2">
        {state ? <StateBadge state={state} /> : found ? '' : 'not in the inventory'}
      </span>
    </li>
  );
}
