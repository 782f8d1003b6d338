import { endpointDocumentId } from '../../../shared/model/readiness/checks/in-transit/endpointCheck';
import type { EvidenceDocument } from '../../../shared/model/readiness/document';
import type { ScannedEndpoint } from '../../../shared/model/readiness/sources';
import type { Tls } from '../../tls/index';
import type { Source } from './source';

/** The endpoints with their last scans. */
export function tlsSource(tls: Tls): Source<'tls'> {
  return {
    id: 'tls',
    async read({ signal, progress }) {
      await tls.handlers.scan(
        {},
        {
          signal,
          progress(value) {
            if (value.kind === 'count' && value.expected > 0) progress(value.done / value.expected);
          },
        },
      );
    },
    async load() {
      const evidence = await tls.stored();
      return { evidence, documents: () => documentsOf(evidence) };
    },
  };
}

function* documentsOf(endpoints: readonly ScannedEndpoint[]): Generator<EvidenceDocument> {
  for (const { endpoint, scans } of endpoints) {
    yield {
      id: endpointDocumentId(endpoint.id),
      source: 'tls',
      calls: scans.map(({ startedAt, reachable, unreachable, endpoint: { address } }) => ({
        operation: `TLS scan of ${address ?? endpoint.host}:${endpoint.port}`,
        asOf: startedAt,
        ...(!reachable && { error: `unreachable: ${unreachable ?? 'no connection came about'}` }),
      })),
      // Certificates are public: they are shown whole, with their hashes.
      facts: JSON.parse(JSON.stringify({ endpoint, scans })) as EvidenceDocument['facts'],
    };
  }
}
