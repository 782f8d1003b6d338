import type { EvidenceCall, EvidenceDocument } from '../../../shared/model/readiness/document';
import { keyDocumentId } from '../../../shared/model/readiness/checks/keys/keyCheck';
import type { KeyScope } from '../../../shared/model/readiness/sources';
import { keyRefString, type KeyRow } from '../../../shared/model/key';
import type { Keys } from '../../keys/index';
import type { Source } from './source';

/** The key inventory. */
export function keysSource(keys: Keys): Source<'keys'> {
  return {
    id: 'keys',
    async read({ signal, progress }) {
      await keys.readWhole({
        signal,
        progress(value) {
          if (value.kind === 'count' && value.expected > 0) progress(value.done / value.expected);
        },
      });
    },
    async load() {
      const scopes = await keys.stored();
      if (scopes.length === 0) return undefined;
      return { evidence: scopes, documents: (principalOf) => documentsOf(scopes, principalOf) };
    },
  };
}

function* documentsOf(
  scopes: readonly KeyScope[],
  principalOf: (connection: string) => string | undefined,
): Generator<EvidenceDocument> {
  for (const scope of scopes) {
    const principal = principalOf(scope.connection);
    yield listDocument(scope, principal);
    for (const row of scope.rows) yield keyDocument(row, principal);
  }
}

function listDocument(scope: KeyScope, principal: string | undefined): EvidenceDocument {
  const { connection, account, region, report, listedAt } = scope;
  const failed = report.problems.find(({ operation }) => operation === 'kms:ListKeys');
  return {
    id: keyDocumentId(`${connection}/${region}`),
    source: 'keys',
    connection,
    account,
    region,
    principal,
    calls: [
      {
        operation: 'kms:ListKeys',
        region,
        asOf: listedAt,
        ...(failed && { error: `${failed.code}: ${failed.message}` }),
      },
    ],
    facts: { state: report.state, keys: report.keys },
  };
}

const operations = {
  metadata: 'kms:DescribeKey',
  aliases: 'kms:ListAliases',
  tags: 'kms:ListResourceTags',
  rotation: 'kms:GetKeyRotationStatus',
  history: 'kms:ListKeyRotations',
  policy: 'kms:GetKeyPolicy',
  grants: 'kms:ListGrants',
} as const;
type Part = keyof typeof operations;

function keyDocument(row: KeyRow, principal: string | undefined): EvidenceDocument {
  const { connection, accountId, region, arn } = row;
  const calls: EvidenceCall[] = [];
  const facts: Record<string, EvidenceDocument['facts']> = { arn };
  for (const [part, operation] of Object.entries(operations) as [Part, string][]) {
    const facet = row[part];
    if (facet.status === 'known') {
      calls.push({ operation, region, requestId: facet.requestId, asOf: facet.asOf });
      facts[part] = facet.value as EvidenceDocument['facts'];
    } else if (facet.status === 'cannot-tell') {
      const { code, message } = facet.error;
      calls.push({ operation, region, asOf: facet.asOf, error: `${code}: ${message}` });
    }
  }
  return {
    id: keyDocumentId(keyRefString(row)),
    source: 'keys',
    connection,
    account: accountId,
    region,
    principal,
    calls,
    facts,
  };
}
