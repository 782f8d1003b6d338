import { digestDocumentId } from '../../../shared/model/readiness/checks/audit/logValidated';
import {
  digestRecordSchema,
  withRefusal,
  withReport,
  type DigestRecord,
} from '../../../shared/model/readiness/digestProof';
import type { EvidenceDocument } from '../../../shared/model/readiness/document';
import type { DigestScope } from '../../../shared/model/readiness/sources';
import { identityOf, timeOf } from '../../aws/tolerant';
import type { Connections } from '../../aws/types';
import type { Validated } from '../../events/index';
import type { SourceStore } from '../store/sources';
import type { Source } from './source';

const practice = 'practice';

/**
 * What validations of log files have proven, by whom ever they were begun: a run of the checks begins
 * none itself, as it would read the whole bucket.
 */
export function digestsSource({
  connections,
  store,
}: {
  readonly connections: Connections;
  readonly store: SourceStore;
}): Source<'digests'> & {
  readonly keep: (validated: Validated) => void;
  /** The practice account was begun anew: what was proven of the one before is of no account any more. */
  readonly forgetPractice: () => void;
} {
  const record = (): DigestRecord =>
    store.read('digests', digestRecordSchema) ?? { proofs: [], refusals: [] };
  const isReal = ({ connection }: { connection: string }) => connection !== practice;
  return {
    id: 'digests',
    keep(validated) {
      const before = record();
      store.write(
        'digests',
        'report' in validated
          ? withReport(before, validated.connection, validated.report)
          : withRefusal(before, validated.refusal),
      );
    },
    forgetPractice() {
      const { proofs, refusals } = record();
      store.write('digests', { proofs: proofs.filter(isReal), refusals: refusals.filter(isReal) });
    },
    async load() {
      const { proofs, refusals } = record();
      const { signal } = new AbortController();
      const scopes: DigestScope[] = [];
      for (const { id, name, regions } of await connections.chosen()) {
        const account = (await identityOf({ connections, signal }, id))?.accountId;
        const now = (await timeOf(connections, id)).toISOString();
        for (const region of regions) {
          const isHere = (proof: (typeof proofs)[number]) =>
            proof.region === region &&
            (account === undefined
              ? proof.connection === id
              : proof.account === account && isReal(proof) === isReal({ connection: id }));
          scopes.push({
            connection: id,
            connectionName: name,
            account,
            region,
            // The practice account's clock can be set back: nothing is proven in times to come.
            proofs: proofs.filter((proof) => isHere(proof) && proof.asOf <= now),
            refusals: refusals.filter(({ connection }) => connection === id),
          });
        }
      }
      return { evidence: scopes, documents: () => scopes.map(documentOf) };
    },
  };
}

function documentOf(scope: DigestScope): EvidenceDocument {
  const { connection, account, region, proofs, refusals } = scope;
  return {
    id: digestDocumentId(`${connection}/${region}`),
    source: 'digests',
    connection,
    account,
    region,
    calls: [
      ...proofs.map(({ where, asOf }) => ({ operation: `validation of ${where}`, region, asOf })),
      ...refusals.map(({ where, asOf, code, message }) => ({
        operation: `validation of ${where}`,
        asOf,
        error: `${code}: ${message}`,
      })),
    ],
    facts: JSON.parse(JSON.stringify({ proofs, refusals })) as EvidenceDocument['facts'],
  };
}
