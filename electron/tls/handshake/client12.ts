import { versionName } from '../../../shared/model/tls/offers';
import { Reader } from '../wire/bytes';
import {
  encodeHandshake,
  handshakeType as type,
  readHandshakeMessage,
  type HandshakeMessage,
} from '../wire/handshakeMessages';
import type { KeyExchange } from '../wire/keyExchange';
import { contentType } from '../wire/records';
import type { ServerHello } from '../wire/serverHello';
import { versionCode } from '../wire/versions';
import {
  chosenSuite,
  expectMessage,
  nextMessage,
  refuseWrongSignature,
  say,
  stopAt,
  type Attempt,
} from './attempt';
import { readOrEnd } from './channel';
import { checkSignature } from './crypto/signature';
import { prf } from './crypto/prf';
import { cannot, garbage } from './failure';
import { agreeOn } from './premaster';
import { connectionKeys, prfHash } from './records/keys12';
import type { Suite } from './suites';
import type { Ticket } from './types';

/** What a finished handshake up to TLS 1.2 leaves for the session. */
export interface Secrets12 {
  readonly suite: Suite;
  readonly masterSecret: Buffer;
  /** The ticket that the server gave. */
  readonly ticket: (Ticket & { readonly identity: Buffer }) | null;
  /** The client's verify_data: a secure renegotiation begins with it (RFC 5746). */
  readonly verifyData: Buffer;
}

/**
 * Takes a handshake of TLS 1.0 to 1.2 from the ServerHello to its end (RFC 5246 section 7.3).
 * @throws Ended with how it failed; Stopped where no more was asked for
 */
export async function finish12(attempt: Attempt, hello: ServerHello): Promise<Secrets12> {
  const { channel, options, facts } = attempt;
  const version = versionCode[hello.version];
  if (!attempt.hello.versions.includes(version)) {
    throw cannot(`The server chose ${versionName(hello.version)}, which was not offered.`);
  }
  channel.recordVersion = version;
  stopAt(attempt, 'hello');
  const suite = chosenSuite(hello, options);
  if (hello.compression !== 0) throw cannot('The server chose compression.');

  const run: Run = { attempt, hello, suite, version };
  facts.resumed = wasResumed(run);
  return facts.resumed ? resumed(run) : full(run);
}

interface Run {
  readonly attempt: Attempt;
  readonly hello: ServerHello;
  readonly suite: Suite;
  readonly version: number;
}

/** By the echo of the session id that was sent (RFC 5246 section 7.4.1.3, RFC 5077 section 3.4). */
function wasResumed({ attempt, hello, suite }: Run): boolean {
  const { resume } = attempt.options;
  const { sessionId } = attempt.hello;
  if (!resume || resume.kind === 'psk' || sessionId.length === 0) return false;
  return hello.sessionId.equals(sessionId) && suite.id === resume.suite;
}

async function full(run: Run): Promise<Secrets12> {
  const { attempt, hello, suite, version } = run;
  const { channel, transcript, facts } = attempt;
  const keyExchange = await readFlight(run);
  if (facts.certificateRequest) {
    say(attempt, type.certificate, Buffer.alloc(3)); // an empty list
  }
  const agreed = agreeOn(run.suite, {
    keyExchange,
    chain: facts.chain,
    offeredVersion: Math.min(attempt.hello.versions[0] ?? 0, 0x0303),
  });
  facts.group = agreed.group;
  say(attempt, type.clientKeyExchange, agreed.message);
  const hash = prfHash(version, suite);
  const masterSecret = facts.extendedMasterSecret
    ? prf(hash, agreed.secret, 'extended master secret', transcript.hash(hash), 48)
    : prf(
        hash,
        agreed.secret,
        'master secret',
        Buffer.concat([attempt.hello.random, hello.random]),
        48,
      );
  const { sealer, opener } = keysOf(run, masterSecret);
  channel.send(contentType.changeCipherSpec, Uint8Array.of(1));
  channel.seal(sealer);
  const verifyData = sayFinished(run, masterSecret);
  const ticket = await readFinished(run, masterSecret, opener);
  return { suite, masterSecret, ticket, verifyData };
}

/** An abbreviated handshake: the server finishes first. */
async function resumed(run: Run): Promise<Secrets12> {
  const { attempt, suite } = run;
  const { resume } = attempt.options;
  if (!resume || resume.kind === 'psk') throw garbage('The server resumes what was not offered.');
  const { masterSecret } = resume;
  const { sealer, opener } = keysOf(run, masterSecret);
  const ticket = await readFinished(run, masterSecret, opener);
  attempt.channel.send(contentType.changeCipherSpec, Uint8Array.of(1));
  attempt.channel.seal(sealer);
  return { suite, masterSecret, ticket, verifyData: sayFinished(run, masterSecret) };
}

/** The server's messages from its hello to ServerHelloDone, in the order they must have. */
async function readFlight(run: Run): Promise<KeyExchange | null> {
  const { attempt, hello, suite } = run;
  const { facts } = attempt;
  let keyExchange: KeyExchange | null = null;
  let left: readonly number[] = [
    type.certificate,
    type.certificateStatus,
    type.serverKeyExchange,
    type.certificateRequest,
    type.serverHelloDone,
  ];
  for (;;) {
    const raw = await nextMessage(attempt, ...left);
    left = left.slice(left.indexOf(raw.type) + 1);
    const message: HandshakeMessage = readOrEnd(() =>
      readHandshakeMessage(raw, hello.version, suite.id),
    );
    if (message.name === 'certificate') facts.chain = message.chain;
    else if (message.name === 'certificateStatus') facts.staple = message.ocsp;
    else if (message.name === 'certificateRequest') {
      facts.certificateRequest = { authorities: message.authorities };
    } else if (message.name === 'serverKeyExchange') {
      keyExchange = message.keyExchange;
      verifySignature(run, keyExchange);
    } else {
      stopAt(attempt, 'certificate');
      return keyExchange;
    }
  }
}

function verifySignature({ attempt, hello, suite }: Run, keyExchange: KeyExchange): void {
  if (suite.authentication === 'anon') return;
  const { facts } = attempt;
  const [leaf] = facts.chain;
  const signature = 'signature' in keyExchange ? keyExchange.signature : undefined;
  if (!leaf || !signature) throw garbage('The key exchange is not signed.');
  const signed = Buffer.concat([attempt.hello.random, hello.random, signature.signed]);
  const scheme = signature.algorithm ?? 'legacy';
  facts.signature = checkSignature(leaf, scheme, signed, signature.bytes);
  refuseWrongSignature(attempt);
}

function keysOf({ attempt, hello, suite, version }: Run, masterSecret: Buffer) {
  return connectionKeys({
    suite,
    version,
    masterSecret,
    clientRandom: attempt.hello.random,
    serverRandom: hello.random,
    encryptThenMac: attempt.facts.encryptThenMac,
  });
}

/** The server's ticket, if any, its change of keys, and its Finished. */
async function readFinished(
  run: Run,
  masterSecret: Buffer,
  opener: ReturnType<typeof keysOf>['opener'],
): Promise<Secrets12['ticket']> {
  const { channel, transcript } = run.attempt;
  let ticket: Secrets12['ticket'] = null;
  let step = await channel.step();
  if (step.type === type.newSessionTicket) {
    const message = expectMessage(step, type.newSessionTicket);
    transcript.add(encodeHandshake(message));
    ticket = readOrEnd(() => readTicket(message.body));
    step = await channel.step();
  }
  if (step.type !== 'change-cipher-spec') throw garbage('The server does not switch to its keys.');
  channel.open(opener);
  const expected = verifyDataOf(run, masterSecret, 'server finished');
  const { body } = await nextMessage(run.attempt, type.finished);
  if (!body.equals(expected)) throw garbage("The server's Finished is wrong.");
  return ticket;
}

/** RFC 5077 section 3.3; an empty ticket is none. */
function readTicket(body: Buffer): Secrets12['ticket'] {
  const reader = new Reader(body);
  const lifetimeSeconds = reader.u32();
  const identity = reader.vector16();
  return identity.length > 0 ? { lifetimeSeconds, identity, maxEarlyData: 0 } : null;
}

function sayFinished(run: Run, masterSecret: Buffer): Buffer {
  const verifyData = verifyDataOf(run, masterSecret, 'client finished');
  say(run.attempt, type.finished, verifyData);
  return verifyData;
}

function verifyDataOf(
  { attempt, suite, version }: Run,
  masterSecret: Buffer,
  label: string,
): Buffer {
  const hash = prfHash(version, suite);
  return prf(hash, masterSecret, label, attempt.transcript.hash(hash), 12);
}
