import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import {
  collectChains,
  readChains,
  rootStore,
  type ReadChains,
} from '../../../../electron/tls/certificate';
import { tags } from '../../../../electron/tls/certificate/der';
import { writeDer, writeOid } from '../../../../electron/tls/certificate/derWriter';
import { oldNode, oldNodeRuns } from '../support/oldNode';
import { startOldServer } from '../support/oldServer';
import { dialerTo, offering } from './servers';

interface Pair {
  readonly key: string;
  readonly spki: string;
}

/** Runs a script in Node 26, whose OpenSSL 3.5 knows ML-DSA; gives what it prints. */
async function inNode26(script: string, ...args: readonly string[]): Promise<string> {
  const options = { encoding: 'utf8' as const, maxBuffer: 1_000_000 };
  return execFileSync(await oldNode('26.10.0'), ['-e', script, '--', ...args], options).trim();
}

async function makePair(kind: string): Promise<Pair> {
  const script = `
    const { privateKey, publicKey } = require('crypto').generateKeyPairSync(process.argv[1]);
    console.log(JSON.stringify({
      key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      spki: publicKey.export({ type: 'spki', format: 'der' }).toString('hex'),
    }));`;
  return JSON.parse(await inNode26(script, kind)) as Pair;
}

const oids = { 'ml-dsa-44': 17, 'ml-dsa-65': 18, 'ml-dsa-87': 19 } as const;

/** A certificate (RFC 9881) that OpenSSL 3.5 signs. */
async function issue(
  name: string,
  issuer: string,
  subjectKey: Pair,
  kind: keyof typeof oids,
  signer: Pair,
  extension: Buffer,
): Promise<string> {
  const sequence = (...parts: readonly Buffer[]) => writeDer(tags.sequence, ...parts);
  const named = (text: string) =>
    sequence(writeDer(tags.set, sequence(writeOid('2.5.4.3'), writeDer(0x0c, Buffer.from(text)))));
  const time = (days: number) => {
    const digits = new Date(Date.now() + days * 86_400_000).toISOString().replace(/\D/g, '');
    return writeDer(tags.utcTime, Buffer.from(`${digits.slice(2, 14)}Z`));
  };
  const algorithm = sequence(writeOid(`2.16.840.1.101.3.4.3.${oids[kind]}`));
  const tbs = sequence(
    writeDer(0xa0, writeDer(tags.integer, Buffer.of(2))),
    writeDer(tags.integer, Buffer.of(1)),
    algorithm,
    named(issuer),
    sequence(time(-1), time(90)),
    named(name),
    Buffer.from(subjectKey.spki, 'hex'),
    writeDer(0xa3, sequence(extension)),
  );
  const script = `
    const [, tbs, key] = process.argv;
    console.log(require('crypto').sign(null, Buffer.from(tbs, 'hex'), key).toString('hex'));`;
  const signature = await inNode26(script, tbs.toString('hex'), signer.key);
  const bits = writeDer(tags.bitString, Buffer.of(0), Buffer.from(signature, 'hex'));
  const der = sequence(tbs, algorithm, bits);
  const body = der.toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
}

const extension = (oid: string, value: Buffer) =>
  writeDer(tags.sequence, writeOid(oid), writeDer(tags.octetString, value));
const authority = extension(
  '2.5.29.19',
  writeDer(tags.sequence, writeDer(tags.boolean, Buffer.of(255))),
);
const host = extension(
  '2.5.29.17',
  writeDer(tags.sequence, writeDer(0x82, Buffer.from('example.test'))),
);

async function scan(port: number, roots: string): Promise<ReadChains> {
  const collected = await collectChains(dialerTo(port), { protocols: offering({ 'TLS1.3': [] }) });
  return readChains(collected, {
    host: 'example.test',
    now: new Date(),
    roots: [rootStore('own', [roots])],
  });
}

describe.runIf(oldNodeRuns)('ML-DSA certificates of a server with OpenSSL 3.5', () => {
  it('are read and verified, also where this runtime does not know them', async () => {
    const [top, own] = [await makePair('ml-dsa-87'), await makePair('ml-dsa-65')];
    const root = await issue('pq root', 'pq root', top, 'ml-dsa-87', top, authority);
    const leaf = await issue('pq leaf', 'pq root', own, 'ml-dsa-87', top, host);
    const judge = `
      const { X509Certificate } = require('crypto');
      const [, leaf, root] = process.argv;
      console.log(new X509Certificate(leaf).verify(new X509Certificate(root).publicKey));`;
    expect(await inNode26(judge, leaf, root)).toBe('true');

    const server = await startOldServer('26.10.0', { key: own.key, cert: leaf });
    try {
      const { certificates, note } = await scan(server.port, root);
      expect(note).toBeUndefined();
      expect(certificates).toMatchObject([
        {
          chain: [
            { subject: 'CN=pq leaf', key: { type: 'ML-DSA-65' }, signatureAlgorithm: 'ML-DSA-87' },
          ],
          sni: ['with', 'without'],
          trust: [{ verdict: { value: 'pass', reason: 'Leads to CN=pq root in the store own.' } }],
          hostname: { value: 'pass' },
        },
      ]);
      const impostor = await issue('pq root', 'pq root', own, 'ml-dsa-65', own, authority);
      const { certificates: forged } = await scan(server.port, impostor);
      expect(forged[0]?.trust[0]?.verdict.value).toBe('fail');
    } finally {
      await server.close();
    }
  });
});
