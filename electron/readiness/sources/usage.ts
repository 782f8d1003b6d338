import { usageDocumentId } from '../../../shared/model/readiness/checks/keys/notUnused';
import type { EvidenceDocument } from '../../../shared/model/readiness/document';
import { keyRefString } from '../../../shared/model/key';
import type { KeyUsageReading } from '../../../shared/model/keyUsage';
import type { Keys } from '../../keys/index';
import type { Source } from './source';

/** When the customer's keys were last used, as far as AWS was asked. */
export function usageSource(keys: Pick<Keys, 'readUsage' | 'usage'>): Source<'usage'> {
  return {
    id: 'usage',
    after: 'keys',
    read: ({ signal, progress }) =>
      keys.readUsage({
        signal,
        progress: ({ done, expected }) => progress(expected === 0 ? 1 : done / expected),
      }),
    async load() {
      const evidence = await keys.usage();
      return {
        evidence,
        documents: (principalOf) => evidence.map((one) => documentOf(one, principalOf)),
      };
    },
  };
}

function json(value: object): EvidenceDocument['facts'] {
  return JSON.parse(JSON.stringify(value)) as EvidenceDocument['facts'];
}

function documentOf(
  reading: KeyUsageReading,
  principalOf: (connection: string) => string | undefined,
): EvidenceDocument {
  const { connection, region, usage } = reading;
  const operation = 'kms:GetKeyLastUsage';
  const document = {
    id: usageDocumentId(keyRefString(reading)),
    source: 'usage',
    connection,
    region,
    principal: principalOf(connection),
  };
  if (usage.status === 'known') {
    const { asOf, requestId, value } = usage;
    return { ...document, calls: [{ operation, region, requestId, asOf }], facts: json(value) };
  }
  const failed =
    usage.status === 'cannot-tell'
      ? [
          {
            operation,
            region,
            asOf: usage.asOf,
            error: `${usage.error.code}: ${usage.error.message}`,
          },
        ]
      : [];
  return { ...document, calls: failed, facts: {} };
}
