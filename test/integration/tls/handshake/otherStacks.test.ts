import { readFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { handshake, type HandshakeOptions } from '../../../../electron/tls/handshake';
import { get } from '../../../../electron/tls/http/get';
import { loopbackDialer } from '../support/loopbackDialer';
import { oldNodeRuns, type OldNodeVersion } from '../support/oldNode';
import { startOldServer, type OldServer } from '../support/oldServer';
import { createCertificates } from '../support/opensslServer';

const certificates = createCertificates();
afterAll(() => certificates.remove());
let server: OldServer | undefined;
afterEach(() => server?.close());

async function speak(version: OldNodeVersion, configuration: object, options: HandshakeOptions) {
  const files = await certificates.of('rsa');
  server = await startOldServer(version, {
    key: readFileSync(files.key, 'utf8'),
    cert: readFileSync(files.cert, 'utf8'),
    ...configuration,
  });
  const outcome = await handshake(loopbackDialer(server.port), options);
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  const { session } = outcome;
  const page = await get(session, 'localhost');
  session.close();
  expect(page.kind === 'answer' && page.answer.body.toString()).toBe('hello');
  return session.facts;
}

describe.runIf(oldNodeRuns)('stacks of other days', () => {
  test.each([
    ['0.10.0', 'RC4-SHA', 'TLS1.2', 0x0005],
    ['0.10.0', 'RC4-MD5', 'TLS1.0', 0x0004],
    ['0.10.0', 'DES-CBC3-SHA', 'TLS1.1', 0x000a],
    ['0.8.28', 'AES128-SHA', 'TLS1.0', 0x002f],
    ['4.9.1', 'ECDHE-RSA-RC4-SHA', 'TLS1.2', 0xc011],
    ['6.17.1', 'ECDHE-RSA-DES-CBC3-SHA', 'TLS1.0', 0xc012],
    ['10.24.1', 'AES256-SHA256', 'TLS1.2', 0x003d],
  ] as const)('Node %s speaks %s in %s', async (node, ciphers, version, suite) => {
    expect(await speak(node, { ciphers }, { version })).toMatchObject({ version, suite });
  });

  test.each([
    ['X25519MLKEM768', 0x11ec],
    ['SecP256r1MLKEM768', 0x11eb],
    ['SecP384r1MLKEM1024', 0x11ed],
  ])('OpenSSL 3.5 agrees on a secret with %s', async (name, group) => {
    const facts = await speak('26.10.0', { ecdhCurve: name }, {});
    expect(facts).toMatchObject({ version: 'TLS1.3', group, helloRetried: true });
  });
});
