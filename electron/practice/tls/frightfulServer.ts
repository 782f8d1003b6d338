import {
  constants,
  createHash,
  generateKeyPairSync,
  privateEncrypt,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import type { Duplex } from 'node:stream';
import { Writer } from '../../tls/wire/bytes';
import { contentType, encodeRecord } from '../../tls/wire/records';
import type { Authority } from './authority';
import { readFirstMessage, type FirstMessage } from './clientHello';
import type { Serve } from './libraryServer';

/** RC4 and export first: the server's order, as bad as it was. */
const suites = [0x0003, 0x0005, 0x0004, 0x0008, 0x0014, 0x0009, 0x000a, 0x002f] as const;
const rsaExport: readonly number[] = [0x0003, 0x0008];
const dheExport: readonly number[] = [0x0014];
/** RC4, RC4 export, RC2 export, DES, 3DES, all with MD5. */
const ssl2Kinds = [0x010080, 0x020080, 0x040080, 0x060040, 0x0700c0];
const newestVersion = 0x0302; // TLS 1.1
const oldestVersion = 0x0300;
const alert = { unexpectedMessage: 10, handshakeFailure: 40, protocolVersion: 70 } as const;

/**
 * A server of the last century that no library of today can be: SSL 2 to TLS 1.1 with export suites, RC4
 * and a 512-bit prime. It speaks up to ServerHelloDone and then refuses: nothing is ever encrypted with it.
 */
export function frightfulServer(authority: Authority): Serve {
  const identity = authority.identity({
    kind: 'rsa',
    names: ['localhost', '127.0.0.1'],
    fromDay: -30,
    toDay: 335,
    chain: 'whole',
  });
  const blocks =
    identity.cert.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const chain = blocks.map((block) => new X509Certificate(block).raw);
  const exportKey = shortKey();
  const known = { chain, key: identity.key, exportKey, prime: authority.exportPrime };
  return (socket) => converse(socket, known);
}

interface Known {
  readonly chain: readonly Buffer[];
  readonly key: string;
  readonly exportKey: { readonly n: Buffer; readonly e: Buffer };
  readonly prime: Buffer;
}

function converse(socket: Duplex, known: Known): void {
  let received = Buffer.alloc(0);
  let answered = false;
  socket.on('error', () => {});
  socket.on('data', (bytes: Buffer) => {
    if (answered) {
      // The handshake's next message: this server has no more to say.
      socket.end(alertRecord(newestVersion, alert.unexpectedMessage));
      return;
    }
    received = Buffer.concat([received, bytes]);
    const message =
      received.length > 2 ** 15 ? ({ kind: 'nonsense' } as const) : readFirstMessage(received);
    if (!message) return;
    answered = true;
    const answer = answerTo(message, known);
    if (answer.end) socket.end(answer.bytes);
    else socket.write(answer.bytes);
  });
  socket.on('end', () => socket.end());
}

function answerTo(message: FirstMessage, known: Known): { bytes: Buffer; end: boolean } {
  if (message.kind === 'nonsense') return { bytes: Buffer.alloc(0), end: true };
  if (message.kind === 'ssl2') return { bytes: ssl2Hello(message.kinds, known), end: false };
  const version = Math.min(message.version, newestVersion);
  const offersOld = message.versions.length === 0 || message.versions.includes(version);
  if (version < oldestVersion || !offersOld) {
    return {
      bytes: alertRecord(Math.max(version, oldestVersion), alert.protocolVersion),
      end: true,
    };
  }
  const suite = suites.find((one) => message.suites.includes(one));
  if (suite === undefined)
    return { bytes: alertRecord(version, alert.handshakeFailure), end: true };
  return { bytes: flight(version, suite, message.random, known), end: false };
}

/** ServerHello, Certificate, ServerKeyExchange where the suite has one, ServerHelloDone (RFC 2246 section 7.4). */
function flight(version: number, suite: number, clientRandom: Buffer, known: Known): Buffer {
  const random = randomBytes(32);
  const hello = new Writer()
    .u16(version)
    .bytes(random)
    .vector8(randomBytes(32))
    .u16(suite)
    .u8(0)
    .build();
  const list = new Writer();
  for (const der of known.chain) list.vector24(der);
  const certificate = new Writer().vector24(list.build()).build();
  const parameters = keyExchange(suite, known);
  const messages = [
    handshake(2, hello),
    handshake(11, certificate),
    ...(parameters
      ? [handshake(12, signed(parameters, Buffer.concat([clientRandom, random]), known.key))]
      : []),
    handshake(14, Buffer.alloc(0)),
  ];
  return encodeRecord(contentType.handshake, version, Buffer.concat(messages));
}

function keyExchange(suite: number, { exportKey, prime }: Known): Buffer | undefined {
  if (rsaExport.includes(suite))
    return new Writer().vector16(exportKey.n).vector16(exportKey.e).build();
  if (!dheExport.includes(suite)) return undefined;
  // Any number below the prime is some power of a generator: nobody will finish with it.
  const publicValue = Buffer.from(prime);
  publicValue.writeUInt8(0x5a, 0);
  return new Writer()
    .vector16(prime)
    .vector16(Buffer.from([2]))
    .vector16(publicValue)
    .build();
}

/** Signed as TLS 1.0 does: MD5 and SHA-1 side by side, without a name for the algorithm. */
function signed(parameters: Buffer, randoms: Buffer, key: string): Buffer {
  const content = Buffer.concat([randoms, parameters]);
  const hashes = Buffer.concat([
    createHash('md5').update(content).digest(),
    createHash('sha1').update(content).digest(),
  ]);
  const signature = privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, hashes);
  return new Writer().bytes(parameters).vector16(signature).build();
}

/** "The SSL Protocol", section 2.6. */
function ssl2Hello(offered: readonly number[], { chain }: Known): Buffer {
  const kinds = new Writer();
  for (const kind of ssl2Kinds) if (offered.includes(kind)) kinds.u24(kind);
  const [specs, own, id] = [kinds.build(), chain[0] ?? Buffer.alloc(0), randomBytes(16)];
  const body = new Writer()
    .u8(4)
    .u8(0)
    .u8(1)
    .u16(0x0002)
    .u16(own.length)
    .u16(specs.length)
    .u16(id.length)
    .bytes(own)
    .bytes(specs)
    .bytes(id)
    .build();
  return new Writer()
    .u16(0x8000 | body.length)
    .bytes(body)
    .build();
}

function handshake(type: number, body: Buffer): Buffer {
  return new Writer().u8(type).vector24(body).build();
}

function alertRecord(version: number, description: number): Buffer {
  return encodeRecord(contentType.alert, version, Buffer.from([2, description]));
}

/** The temporary key of export suites, of 512 bits. */
function shortKey(): Known['exportKey'] {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 512 });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  return { n: Buffer.from(n, 'base64url'), e: Buffer.from(e, 'base64url') };
}
