import { afterAll, describe, expect, test } from 'vitest';
import { handshake } from '../../../../electron/tls/handshake';
import type { Dialer } from '../../../../electron/tls/net/types';
import { loopbackDialer } from '../support/loopbackDialer';
import {
  createCertificates,
  startOpensslServer,
  type OpensslServer,
} from '../support/opensslServer';

const certificates = createCertificates();
const running: OpensslServer[] = [];
afterAll(async () => {
  for (const server of running) await server.close();
  certificates.remove();
});

/** Gives what the server sends through, with one byte changed, and keeps what came. */
function tampering(dialer: Dialer, at: number | null): { dialer: Dialer; stream: () => Buffer } {
  const chunks: Buffer[] = [];
  let offset = 0;
  return {
    stream: () => Buffer.concat(chunks),
    dialer: {
      ...dialer,
      async open() {
        const opened = await dialer.open();
        if (opened.kind !== 'open') return opened;
        const { connection } = opened;
        return {
          kind: 'open',
          connection: {
            write: (bytes) => connection.write(bytes),
            close: () => connection.close(),
            async read(timeoutMs) {
              const outcome = await connection.read(timeoutMs);
              if (outcome.kind !== 'data') return outcome;
              const bytes = Buffer.from(outcome.bytes);
              const here = at === null ? -1 : at - offset;
              if (here >= 0 && here < bytes.length) bytes[here] = (bytes[here] ?? 0) ^ 1;
              offset += bytes.length;
              chunks.push(bytes);
              return { kind: 'data', bytes };
            },
          },
        };
      },
    },
  };
}

/** Where bytes of handshake messages and protected records are: what a Finished answers for. */
function protectedOffsets(stream: Buffer): number[] {
  const offsets: number[] = [];
  for (let at = 0; at + 5 <= stream.length; at += 5 + stream.readUInt16BE(at + 3)) {
    const length = stream.readUInt16BE(at + 3);
    if (stream[at] === 20) continue; // change_cipher_spec
    for (let i = 0; i < length; i += 1) offsets.push(at + 5 + i);
  }
  return offsets;
}

describe('a byte that was changed on the way is always seen', () => {
  test.each([
    ['TLS1.3', ['-tls1_3']],
    ['TLS1.2', ['-tls1_2', '-cipher', 'AES128-SHA']],
    ['TLS1.2', ['-tls1_2', '-cipher', 'ECDHE-RSA-AES128-GCM-SHA256']],
    ['TLS1.0', ['-tls1', '-cipher', 'ECDHE-RSA-AES128-SHA:@SECLEVEL=0']],
  ] as const)('%s %s', async (version, args) => {
    const files = await certificates.of('rsa');
    const server = await startOpensslServer(files, [...args, '-www', '-num_tickets', '0']);
    running.push(server);
    const whole = tampering(loopbackDialer(server.port), null);
    const good = await handshake(whole.dialer, { version });
    if (good.kind !== 'done') throw new Error(JSON.stringify(good));
    good.session.close();
    const offsets = protectedOffsets(whole.stream());
    expect(offsets.length).toBeGreaterThan(800);
    const step = Math.floor(offsets.length / 60);
    for (let i = 0; i < offsets.length; i += step) {
      const tampered = tampering(loopbackDialer(server.port), offsets[i] ?? 0);
      // A length that grew makes the client wait for the rest.
      const outcome = await handshake(tampered.dialer, { version, timeoutMs: 300 });
      expect(outcome.kind, `byte ${offsets[i]}`).not.toBe('done');
    }
  });
});
