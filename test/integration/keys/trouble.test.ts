import { CreateAliasCommand, CreateKeyCommand } from '@aws-sdk/client-kms';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { KeyRow } from '../../../shared/model/key';
import { facetNames } from '../../../shared/model/keyDifferences';
import { keyVerdicts, overallVerdict } from '../../../shared/model/keyVerdicts';
import type { Practice } from '../../../electron/practice/index';
import { openEstate, type Estate } from './estate';

const region = 'eu-central-1';

/** Stands between gateway and practice account, and fails as a test wants. */
interface Relay {
  /** What to do with one call; `pass` where nothing is to happen. */
  fault: (operation: string) => 'pass' | 'throttle' | 'cut' | 'rubbish';
  calls: string[];
  server: Server;
}

let relay: Relay;
let estate: Estate;

beforeEach(async () => {
  relay = { fault: () => 'pass', calls: [], server: createServer() };
  await new Promise<void>((resolve) => relay.server.listen(0, '127.0.0.1', resolve));
  const { port } = relay.server.address() as AddressInfo;
  estate = await openEstate({
    regions: [region],
    wrap: (practice: Practice) => {
      relay.server.on('request', (incoming, outgoing) => {
        const operation = String(incoming.headers['x-amz-target'] ?? '').split('.')[1] ?? 'sts';
        relay.calls.push(operation);
        const fault = relay.fault(operation);
        if (fault === 'cut') {
          incoming.socket.destroy();
          return;
        }
        if (fault === 'throttle') {
          outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
          outgoing.end('{"__type":"ThrottlingException","message":"Rate exceeded"}');
          return;
        }
        if (fault === 'rubbish') {
          outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
          outgoing.end('{"Truncated":true}');
          return;
        }
        // The signature covers the Host header, so the practice account sees the relay's.
        const onward = request(
          `${practice.endpoint}${incoming.url ?? ''}`,
          { method: incoming.method, headers: incoming.headers },
          (answer) => {
            outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
            answer.pipe(outgoing);
          },
        );
        onward.on('error', () => outgoing.destroy());
        incoming.pipe(onward);
      });
      return { ...practice, endpoint: `http://127.0.0.1:${port}` };
    },
  });
  for (let index = 0; index < 6; index++) {
    const { KeyMetadata } = await estate.aws(region, new CreateKeyCommand({}));
    const alias = { AliasName: `alias/k${index}`, TargetKeyId: KeyMetadata?.KeyId };
    await estate.aws(region, new CreateAliasCommand(alias));
  }
});

afterEach(async () => {
  expect(estate.defects).toEqual([]);
  await estate.close();
  relay.server.closeAllConnections();
  await new Promise((resolve) => relay.server.close(resolve));
});

const known = (row: KeyRow) => facetNames.filter((name) => row[name].status === 'known');

it('weathers a throttling storm: every second call is refused, and yet all is told', async () => {
  let count = 0;
  relay.fault = () => (count++ % 2 === 0 ? 'throttle' : 'pass');
  const { rows, scopes } = await estate.refresh();
  expect(rows.size).toBe(6);
  for (const row of rows.values()) expect(known(row)).toEqual(facetNames);
  expect(scopes[0]?.state).toBe('complete');
}, 30_000);

it('says what it has, and stops asking, when the server dies in the middle', async () => {
  let answered = 0;
  relay.fault = (operation) => {
    if (operation.startsWith('List') && operation !== 'ListGrants') return 'pass';
    return answered++ < 4 ? 'pass' : 'cut';
  };
  const { rows, scopes } = await estate.refresh();
  expect(rows.size).toBe(6);
  expect(scopes[0]?.state).toBe('partial');
  const untold = [...rows.values()].flatMap((row) =>
    facetNames.filter((name) => row[name].status === 'cannot-tell'),
  );
  expect(untold.length).toBeGreaterThan(0);
  for (const row of rows.values()) {
    const lost = facetNames.some((name) => row[name].status === 'cannot-tell');
    const { value } = overallVerdict(keyVerdicts(row, new Date()));
    if (lost) expect(value).not.toBe('pass');
  }
});

it('takes an answer without its content for no answer', async () => {
  relay.fault = (operation) => (operation === 'ListGrants' ? 'rubbish' : 'pass');
  const { rows, scopes } = await estate.refresh();
  for (const row of rows.values()) {
    expect(row.grants).toMatchObject({ status: 'cannot-tell', error: { code: 'bad-response' } });
  }
  expect(scopes[0]?.problems).toMatchObject([{ operation: 'kms:ListGrants', keys: 6 }]);
});

it('takes half a list of aliases for none', async () => {
  relay.fault = (operation) => (operation === 'ListAliases' ? 'rubbish' : 'pass');
  const { rows } = await estate.refresh();
  for (const row of rows.values()) expect(row.aliases.status).toBe('cannot-tell');
});

it('keeps what it had when it is cancelled, and reads on from there', async () => {
  const abort = new AbortController();
  relay.fault = (operation) => {
    if (operation === 'GetKeyPolicy') abort.abort();
    return 'pass';
  };
  await expect(estate.refresh({ signal: abort.signal })).rejects.toMatchObject({
    code: 'cancelled',
  });
  relay.fault = () => 'pass';
  const { rows, scopes } = await estate.refresh();
  expect(rows.size).toBe(6);
  for (const row of rows.values()) expect(known(row)).toEqual(facetNames);
  expect(scopes[0]?.state).toBe('complete');
});

it('leaves older answers in place, with their time, where a run was cancelled', async () => {
  const before = await estate.refresh();
  const abort = new AbortController();
  relay.fault = (operation) => {
    if (operation === 'ListGrants') abort.abort();
    return 'pass';
  };
  await expect(estate.refresh({ signal: abort.signal })).rejects.toMatchObject({
    code: 'cancelled',
  });
  relay.fault = () => 'pass';
  await estate.restart(); // closing waits until what was had is stored
  const stored = await estate.snapshot();
  expect([...stored.keys()].sort()).toEqual([...before.rows.keys()].sort());
  for (const row of stored.values()) expect(known(row)).toEqual(facetNames);
  expect((await estate.client.keys.snapshot()).scopes[0]?.state).toBe('cancelled');
});

it('asks for no key twice and sweeps the aliases once', async () => {
  relay.calls = [];
  await estate.refresh();
  const count = (operation: string) => relay.calls.filter((call) => call === operation).length;
  expect(count('ListAliases')).toBe(1);
  expect(count('ListKeys')).toBe(1);
  for (const operation of ['DescribeKey', 'GetKeyPolicy', 'ListGrants', 'ListKeyRotations']) {
    expect(count(operation), operation).toBe(6);
  }
});
