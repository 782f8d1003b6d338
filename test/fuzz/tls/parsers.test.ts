import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkCrl } from '../../../electron/tls/certificate/crl';
import { matchHost } from '../../../electron/tls/certificate/hostname';
import { readOcspAnswer } from '../../../electron/tls/certificate/ocspAnswer';
import { readPemCertificates } from '../../../electron/tls/certificate/pem';
import { countScts } from '../../../electron/tls/certificate/sct';
import { readCertificate } from '../../../electron/tls/certificate/x509';
import { handshake } from '../../../electron/tls/handshake';
import * as messages13 from '../../../electron/tls/handshake/messages13';
import { connectionKeys } from '../../../electron/tls/handshake/records/keys12';
import { open13 } from '../../../electron/tls/handshake/records/tls13';
import { recordHeader, type Opener } from '../../../electron/tls/handshake/records/types';
import { suiteOf } from '../../../electron/tls/handshake/suites';
import { bodyText, readAnswer } from '../../../electron/tls/http/answer';
import { readHsts } from '../../../electron/tls/http/hsts';
import type { Connection, Dialer } from '../../../electron/tls/net/types';
import { readAnswers } from '../../../electron/tls/vulnerabilities/answers';
import { DecodeError, Writer } from '../../../electron/tls/wire/bytes';
import {
  HandshakeReader,
  readHandshakeMessage,
} from '../../../electron/tls/wire/handshakeMessages';
import { readKeyExchange } from '../../../electron/tls/wire/keyExchange';
import { encodeRecord, RecordReader } from '../../../electron/tls/wire/records';
import { FlightReader } from '../../../electron/tls/wire/serverFlight';
import { readServerHello } from '../../../electron/tls/wire/serverHello';
import { decodeSsl2Flight, readSsl2Flight } from '../../../electron/tls/wire/ssl2';
import {
  authority,
  createPki,
  server,
  type Issued,
  type Pki,
} from '../../unit/tls/certificate/pki';
import { createResponder } from '../../unit/tls/certificate/responder';
import { memoryInUse } from './memory';
import { mutated, pick, pieces, seeded, type Random } from './mutate';
import {
  httpAnswers,
  sctLists,
  serverFlights,
  serverMessages,
  ssl2Answers,
  type ServerMessages,
} from './seeds';

let pki: Pki;
let root: Issued;
let leaf: Issued;
let ocsp: Buffer;
let crl: Buffer;
let messages: ServerMessages;

beforeAll(() => {
  pki = createPki();
  root = pki.issue('root', { extensions: authority });
  leaf = pki.issue('leaf', {
    issuer: root,
    extensions: [
      ...server('a.example.test,IP:192.0.2.7'),
      'authorityInfoAccess=OCSP;URI:http://ocsp.test/',
      'crlDistributionPoints=URI:http://crl.test/1',
    ],
  });
  const responder = createResponder(pki, root, [leaf]);
  responder.fill(20);
  ocsp = responder.answer(leaf);
  crl = responder.crl();
  messages = serverMessages(leaf.der);
});
afterAll(() => pki.remove());

/** One kind of input: what it is made from, and what reads it. */
interface Target {
  readonly name: string;
  readonly inputs: number;
  readonly seeds: () => readonly Buffer[];
  /** Reads; true where the input was taken for what it pretends to be. */
  readonly read: (input: Buffer, random: Random) => boolean;
  /** What the parser may throw by its contract; everything else is a defect. */
  readonly declared?: new (...args: never[]) => Error;
}

const targets: readonly Target[] = [
  {
    name: 'records',
    inputs: 150_000,
    seeds: () => serverFlights(messages),
    read: (input, random) => {
      const records = new RecordReader();
      for (const piece of pieces(input, random)) {
        records.push(piece);
        for (let record = records.next(); record; record = records.next()) {
          if ('garbage' in record) return false;
        }
      }
      return records.pending.length === 0;
    },
  },
  {
    name: 'flights in clear',
    inputs: 200_000,
    seeds: () => serverFlights(messages),
    read: (input, random) => {
      const flight = new FlightReader(pick(['hello', 'done'], random));
      for (const piece of pieces(input, random)) {
        flight.push(piece);
        const result = flight.next();
        if (result) return result.kind === 'hello';
      }
      return flight.endWith('closed').kind === 'hello';
    },
  },
  {
    name: 'server hellos',
    inputs: 150_000,
    seeds: () => messages.serverHello,
    read: (input) => readServerHello(input).body === input,
    declared: DecodeError,
  },
  {
    name: 'handshake messages up to TLS 1.2',
    inputs: 120_000,
    seeds: () => [
      ...messages.certificate,
      ...messages.certificateStatus,
      ...messages.certificateRequest,
    ],
    read: (body, random) => {
      const type = pick([11, 12, 13, 14, 22, random(256)], random);
      const version = pick(['SSLv3', 'TLS1.0', 'TLS1.2'] as const, random);
      return readHandshakeMessage({ type, body }, version, 0x002f).name !== 'other';
    },
    declared: DecodeError,
  },
  {
    name: 'server key exchanges',
    inputs: 150_000,
    seeds: () => [
      ...messages.ecdheKeyExchange,
      ...messages.dheKeyExchange,
      ...messages.rsaExportKeyExchange,
    ],
    read: (body, random) => {
      const suite = pick([0xc02f, 0x009e, 0x0003, 0xc035, 0x0018, 0x1301, random(65_536)], random);
      const version = pick(['SSLv3', 'TLS1.1', 'TLS1.2'] as const, random);
      return readKeyExchange(body, version, suite).kind !== 'other';
    },
    declared: DecodeError,
  },
  {
    name: 'handshake messages in pieces',
    inputs: 60_000,
    seeds: () => serverFlights(messages).map((flight) => flight.subarray(5)),
    read: (input, random) => {
      const reader = new HandshakeReader();
      for (const piece of pieces(input, random)) {
        reader.push(piece);
        if (reader.next()) return true;
      }
      return false;
    },
    declared: DecodeError,
  },
  {
    name: 'messages of TLS 1.3',
    inputs: 150_000,
    seeds: () => [
      ...messages.certificate13,
      ...messages.certificateRequest13,
      ...messages.encryptedExtensions,
      ...messages.certificateVerify,
      ...messages.ticket13,
    ],
    read: (body, random) => {
      const read = pick<(bytes: Buffer) => object>(
        [
          messages13.readCertificate13,
          messages13.readCertificateRequest13,
          messages13.readEncryptedExtensions,
          messages13.readCertificateVerify,
          messages13.readTicket13,
        ],
        random,
      );
      return Boolean(read(body));
    },
    declared: DecodeError,
  },
  {
    name: 'SSLv2 answers',
    inputs: 150_000,
    seeds: () => ssl2Answers(leaf.der),
    read: (input) => decodeSsl2Flight(input)?.kind === 'hello',
  },
  {
    name: 'HTTP answers',
    inputs: 100_000,
    seeds: () => httpAnswers,
    read: (input) => {
      const reading = readAnswer(input);
      if (reading.kind !== 'answer') return false;
      readHsts(reading.answer);
      bodyText(reading.answer);
      return true;
    },
  },
  {
    name: 'certificates',
    inputs: 60_000,
    seeds: () => [leaf.der, root.der],
    read: (input) => {
      const read = readCertificate(input);
      if (read.kind !== 'certificate') return false;
      matchHost(read.certificate, 'a.example.test');
      return true;
    },
  },
  {
    name: 'OCSP answers',
    inputs: 60_000,
    seeds: () => [ocsp],
    read: (input) => readOcspAnswer(input).kind === 'answer',
  },
  {
    name: 'revocation lists',
    inputs: 50_000,
    seeds: () => [crl],
    read: (input) => {
      const subject = { certificate: leaf.x509, issuer: root.x509, url: 'http://crl.test/1' };
      const read = checkCrl(input, subject, new Date());
      return !('why' in read && read.why.includes('no revocation list'));
    },
  },
  {
    name: 'lists of certificate timestamps',
    inputs: 150_000,
    seeds: sctLists,
    read: (input) => (countScts(input) ?? 0) > 0,
  },
  {
    name: 'PEM files',
    inputs: 40_000,
    seeds: () => [Buffer.from(leaf.pem), Buffer.from(`${root.pem}\n# a comment\n${leaf.pem}`)],
    read: (input) => readPemCertificates(input.toString('latin1')).length > 0,
  },
  {
    name: 'protected records',
    inputs: 60_000,
    seeds: () => [Buffer.alloc(64), Buffer.alloc(333)],
    read: (fragment, random) => {
      const header = recordHeader(random(256), 0x0303, fragment.length);
      pick(openers, random).open(header, fragment);
      return true;
    },
  },
];

/** Of each kind of protection one, with the wrong keys for everything that comes. */
const openers: readonly Opener[] = [
  ...[0x002f, 0x0005, 0x009c, 0xcca8, 0xc09c, 0x003b].flatMap((id) => openerOf(id) ?? []),
  open13(suiteOf(0x1301) ?? fail(), createHash('sha256').digest()),
];

function openerOf(id: number): Opener | undefined {
  const suite = suiteOf(id);
  if (!suite) return undefined;
  const none = Buffer.alloc(32);
  const secrets = { masterSecret: Buffer.alloc(48), clientRandom: none, serverRandom: none };
  return connectionKeys({ suite, version: 0x0303, ...secrets, encryptThenMac: false }).opener;
}

function fail(): never {
  throw new Error('the suite is not known');
}

const longestMs = 2_000;
const growthBytes = 8 * 2 ** 20;

describe('whatever a server sends', () => {
  it('is more than a million inputs in what follows', () => {
    const total = targets.reduce((sum, { inputs }) => sum + inputs, 0);
    expect(total).toBeGreaterThan(1_000_000);
  });

  it.each(targets)('is read or refused as declared: $name', async (target) => {
    const seeds = target.seeds();
    const random = seeded(0x7154);
    let taken = 0;
    let slowestMs = 0;
    for (const seed of seeds) tryOne(target, seed, random); // warm, before memory is measured
    const before = await memoryInUse();
    for (let count = 0; count < target.inputs; count += 1) {
      const input = mutated(seeds, random);
      const started = performance.now();
      if (tryOne(target, input, random)) taken += 1;
      slowestMs = Math.max(slowestMs, performance.now() - started);
    }
    expect(slowestMs).toBeLessThan(longestMs);
    expect((await memoryInUse()) - before).toBeLessThan(growthBytes);
    // Else the changes would never get past the first length.
    expect(taken).toBeGreaterThan(target.inputs / 500);
  });

  it('is read as declared when it comes as answers to a probe', async () => {
    const random = seeded(0x50be);
    const seeds = serverFlights(messages);
    for (let count = 0; count < 20_000; count += 1) {
      const answers = await readAnswers(playing(pieces(mutated(seeds, random), random)));
      expect(answers.length).toBeLessThan(20);
    }
  });

  it('ends a handshake of our own, and a hello of SSLv2, with what went wrong', async () => {
    const random = seeded(0x4a5d);
    const seeds = [...serverFlights(messages), ...ssl2Answers(leaf.der)];
    for (let count = 0; count < 5_000; count += 1) {
      const parts = pieces(mutated(seeds, random), random);
      const outcome = await handshake(dialerTo(playing(parts)));
      expect(outcome.kind).not.toBe('done');
      await readSsl2Flight(playing(parts));
    }
  });

  it('costs no more than its length: a record and a message, byte by byte', () => {
    const cpuBefore = process.cpuUsage();
    const record = new FlightReader('done');
    record.push(Buffer.from('1603034800', 'hex'));
    for (let count = 0; count < 0x4800; count += 1) record.push(Buffer.alloc(1));
    // It is full of HelloRequests, which mean nothing.
    expect(record.next()).toBeUndefined();

    const hello = messages.serverHello[0] ?? fail();
    const certificateHeader = Buffer.from('0b03ffff', 'hex');
    const flight = new FlightReader('done');
    flight.push(encodeRecord(22, 0x0303, new Writer().u8(2).vector24(hello).build()));
    flight.push(encodeRecord(22, 0x0303, certificateHeader));
    const oneByte = encodeRecord(22, 0x0303, Buffer.alloc(1));
    // As many as fit in what a connection takes in.
    for (let count = 0; count < 2 ** 20 / oneByte.length; count += 1) {
      flight.push(oneByte);
      if (flight.next()) fail();
    }
    expect(flight.endWith('limit')).toMatchObject({ kind: 'hello', brokenOff: 'limit' });
    // Copying what came with every byte that comes takes seconds.
    expect(process.cpuUsage(cpuBefore).user / 1000).toBeLessThan(1000);
  });
});

/** Whether it was taken for what it pretends to be; throws where it was refused otherwise than declared. */
function tryOne(target: Target, input: Buffer, random: Random): boolean {
  try {
    return target.read(input, random);
  } catch (error) {
    if (target.declared && error instanceof target.declared) return false;
    throw new Error(`${target.name}: ${input.toString('hex')}`, { cause: error });
  }
}

/** A connection over which these pieces come, and then nothing. */
function playing(parts: Buffer[]): Connection {
  const left = [...parts];
  return {
    write() {},
    close() {},
    read: () => {
      const bytes = left.shift();
      return Promise.resolve(bytes ? { kind: 'data', bytes } : { kind: 'closed' });
    },
  };
}

function dialerTo(connection: Connection): Dialer {
  return {
    target: { address: '127.0.0.1', port: 0, sni: null },
    open: () => Promise.resolve({ kind: 'open', connection }),
    stats: { connections: 0, bytesIn: 0, bytesOut: 0 },
    slowDown() {},
    signal: new AbortController().signal,
  };
}
