import { expect, it } from 'vitest';
import type { EndpointRow } from '../../../shared/model/tls/fleet';
import { openForTest } from '../services/openForTest';

it('adds the practice account’s servers and gives them their letters, from A+ to F', async () => {
  const { client } = await openForTest({ practice: true });
  const endpoints = await client.tls.practiceEndpoints();
  expect(await client.tls.importEndpoints({ endpoints })).toEqual({ added: 10, alreadyThere: 0 });
  await client.tls.scan({}, { onProgress: () => {} });
  const rows: EndpointRow[] = [];
  await client.tls.endpoints(undefined, { onProgress: (part) => void rows.push(...part.rows) });
  const letters = rows.map(({ endpoint, last }) => [endpoint.name, last.map(({ grade }) => grade)]);
  expect(Object.fromEntries(letters)).toEqual({
    'Practice: modern': ['A+'],
    'Practice: as a load balancer': ['A+'],
    'Practice: RSA and ECDSA': ['A+'],
    'Practice: old versions': ['B'],
    'Practice: expired': ['T'],
    'Practice: wrong host': ['M'],
    'Practice: self-signed': ['T'],
    'Practice: incomplete chain': ['T'],
    'Practice: client certificates': [null],
    'Practice: frightful': ['F'],
  });
}, 120_000);
