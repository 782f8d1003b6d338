import { known } from '../../facet';
import type { KeyRow } from '../../key';
import type { KeyScope, ReadinessEvidence } from '../../readiness/sources';
import {
  factOf,
  missingWords,
  neverRead,
  notReadYet,
  oldestOf,
  scopeOf,
  some,
  split,
  there,
  type AccountFact,
  type Gathered,
} from './fact';

type Evidence = Pick<ReadinessEvidence, 'keys'>;

/** Enabled symmetric keys of one's own: what data keys are made with. */
export function keysFact({ keys }: Evidence): AccountFact {
  return factOf(
    { id: 'keys', title: 'Keys', link: { to: '/keys', label: 'Keys' } },
    gatherKeys(keys),
    (rows) => {
      const own = rows.filter((row) => {
        const key = known(row.metadata);
        return (
          key?.keyManager === 'CUSTOMER' &&
          key.keyState === 'Enabled' &&
          key.keySpec === 'SYMMETRIC_DEFAULT' &&
          key.keyUsage === 'ENCRYPT_DECRYPT'
        );
      });
      if (own.length === 0) return 'There is no enabled symmetric key of your own.';
      const rotating = split(own, ({ rotation }) =>
        rotation.status === 'not-applicable' ? false : known(rotation)?.enabled,
      );
      return `${there(own.length, 'enabled symmetric key')} of your own, ${rotating.yes} with automatic rotation${rotating.unknown}.`;
    },
  );
}

/** Multi-Region keys, and where their replicas are. */
export function multiRegionFact({ keys }: Evidence): AccountFact {
  return factOf(
    { id: 'multi-region', title: 'Multi-Region keys', link: { to: '/keys', label: 'Keys' } },
    gatherKeys(keys),
    (rows) => {
      const primaries = rows.flatMap((row) => {
        const multi = known(row.metadata)?.multiRegion;
        return multi?.type === 'PRIMARY' ? [multi] : [];
      });
      if (primaries.length === 0) return 'There is no multi-Region primary key.';
      const replicated = primaries.filter(({ replicaRegions }) => replicaRegions.length > 0);
      const regions = new Set(replicated.flatMap(({ replicaRegions }) => replicaRegions));
      const where = regions.size > 0 ? ` in ${[...regions].toSorted().join(', ')}` : '';
      return `${there(primaries.length, 'multi-Region primary key')}, ${replicated.length} with a replica${where}.`;
    },
  );
}

function gatherKeys(scopes: ReadinessEvidence['keys']): Gathered<KeyRow> {
  if (!scopes) return neverRead;
  const whole = scopes.filter((scope) => whyNotListed(scope) === undefined);
  const rows = whole.flatMap((scope) => scope.rows.filter(({ change }) => change?.kind !== 'gone'));
  const undescribed = rows.filter(({ metadata }) => metadata.status !== 'known').length;
  return {
    things: rows,
    lists: whole.length,
    scope: scopeOf(scopes.map(({ connectionName, region }) => ({ name: connectionName, region }))),
    asOf: oldestOf(whole.map(({ listedAt }) => listedAt)),
    missing: [
      ...missingWords(
        scopes.flatMap((scope) => {
          const why = whyNotListed(scope);
          return why === undefined ? [] : [{ place: scope.region, why }];
        }),
      ),
      ...(undescribed > 0 ? [`Not described: ${some(undescribed, 'key')}.`] : []),
    ],
  };
}

/** Why the keys of a Region are not known whole, as the checks see it too; undefined where they are. */
function whyNotListed({ report, listedAt }: KeyScope): string | undefined {
  const failed = report.problems.find(({ operation }) => operation === 'kms:ListKeys');
  if (failed) return failed.message;
  const whole = report.state === 'complete' || report.state === 'partial';
  return whole && listedAt !== undefined ? undefined : notReadYet;
}
