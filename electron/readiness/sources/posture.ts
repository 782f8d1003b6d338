import { z } from 'zod';
import { postureDocumentId } from '../../../shared/model/readiness/checks/at-rest/postureItems';
import type { EvidenceDocument } from '../../../shared/model/readiness/document';
import type { ReadingCall } from '../../../shared/model/readiness/evidence';
import {
  accountPostureSchema,
  type AccountPosture,
} from '../../../shared/model/readiness/posture/index';
import type { AwsGateway, Connections } from '../../aws/types';
import type { SourceStore } from '../store/sources';
import type { Source } from './source';

const storedSchema = z.array(accountPostureSchema);

/** How the chosen accounts keep data, people and certificates, as they were last asked. */
export function postureSource(parts: {
  readonly gateway: AwsGateway;
  readonly connections: Connections;
  readonly store: SourceStore;
}): Source<'posture'> {
  const { gateway, connections, store } = parts;
  return {
    id: 'posture',
    async read({ signal, progress }) {
      const { collectPosture } = await import('../collect/index');
      const accounts = await collectPosture({
        gateway,
        connections,
        signal,
        progress: ({ done, expected, waitsFor }) => progress(done / expected, waitsFor),
      });
      store.write('posture', accounts);
    },
    async load() {
      const accounts = store.read('posture', storedSchema);
      if (!accounts) return undefined;
      const chosen = await connections.chosen();
      const evidence = chosen.map(({ id, name, regions }) => {
        const posture = accounts.find(({ connection }) => connection === id);
        const { account } = posture ?? {};
        return { connection: id, connectionName: name, account, regions, posture };
      });
      return {
        evidence,
        documents: () => evidence.flatMap(({ posture }) => (posture ? documentsOf(posture) : [])),
      };
    },
  };
}

/** One for what is of the whole account, one for each Region. */
function documentsOf({
  connection,
  account,
  principal,
  identities,
  buckets,
  regions,
}: AccountPosture): EvidenceDocument[] {
  const whose = { source: 'posture', connection, account, principal };
  return [
    {
      id: postureDocumentId({ connection }),
      ...whose,
      calls: callsIn({ identities, buckets }),
      facts: json({ identities, buckets }),
    },
    ...regions.map((posture) => ({
      id: postureDocumentId({ connection, region: posture.region }),
      ...whose,
      region: posture.region,
      calls: callsIn(posture),
      facts: json(posture),
    })),
  ];
}

/** The calls of every reading in a value, wherever it stands. */
function callsIn(value: unknown): EvidenceDocument['calls'] {
  if (typeof value !== 'object' || value === null) return [];
  const { calls, ...rest } = value as { calls?: ReadingCall[] };
  return [
    ...(calls ?? []).map(({ operation, region, requestId, asOf, error }) => ({
      operation,
      region,
      requestId,
      asOf,
      error,
    })),
    ...Object.values(Array.isArray(value) ? value : rest).flatMap(callsIn),
  ];
}

/** The answers without the calls, which stand by themselves. */
function json(value: unknown): EvidenceDocument['facts'] {
  const text = JSON.stringify(value, (name, inner: unknown) =>
    name === 'calls' ? undefined : inner,
  );
  return JSON.parse(text) as EvidenceDocument['facts'];
}
