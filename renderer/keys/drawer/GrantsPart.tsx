import type { Facet } from '../../../shared/model/facet';
import type { Grant } from '../../../shared/model/key';
import { Identifier, KeyValue, Time, type KeyValueRow } from '../../ui';
import { FacetPart } from './Part';

/** Who may use the key by a grant, and for what. */
export function GrantsPart({ grants }: { grants: Facet<Grant[]> }) {
  return (
    <FacetPart title="Grants" facet={grants}>
      {(list) =>
        list.length === 0 ? (
          <p className="text-sm text-ink-2">No grants.</p>
        ) : (
          <ul className="divide-y divide-line rounded-md border border-line">
            {list.map((grant) => (
              <li key={grant.grantId} className="px-3 py-2">
                <KeyValue rows={factsOf(grant)} />
              </li>
            ))}
          </ul>
        )
      }
    </FacetPart>
  );
}

function factsOf(grant: Grant): KeyValueRow[] {
  const { name, granteePrincipal, retiringPrincipal, operations, constraints, creationDate } =
    grant;
  return [
    ...(name ? [{ label: 'Name', value: name }] : []),
    ...(granteePrincipal
      ? [
          {
            label: 'Grantee',
            value: <Identifier value={granteePrincipal} label="Grantee" max={44} />,
          },
        ]
      : []),
    { label: 'Operations', value: operations.join(', ') || 'none' },
    ...(constraints ? [{ label: 'Only with', value: constraints }] : []),
    ...(retiringPrincipal
      ? [
          {
            label: 'Retired by',
            value: <Identifier value={retiringPrincipal} label="Retiring principal" max={44} />,
          },
        ]
      : []),
    ...(creationDate ? [{ label: 'Since', value: <Time iso={creationDate} /> }] : []),
    { label: 'Grant id', value: <Identifier value={grant.grantId} label="Grant id" /> },
  ];
}
