import { createHash } from 'node:crypto';
import { Reader } from '../wire/bytes';
import { extensionType } from '../wire/extensions';
import { handshakeType as type } from '../wire/handshakeMessages';
import { contentType } from '../wire/records';
import { readServerHello, type ServerHello } from '../wire/serverHello';
import {
  chosenSuite,
  nextMessage,
  refuseWrongSignature,
  say,
  readAlpn,
  stopAt,
  type Attempt,
} from './attempt';
import { readOrEnd, type Channel } from './channel';
import { buildHello } from './clientHello';
import { deriveSecret, earlySecret, finishedMac, nextSecret } from './crypto/keySchedule';
import { checkSignature } from './crypto/signature';
import { garbage } from './failure';
import * as messages from './messages13';
import { open13, seal13 } from './records/tls13';
import { suiteOf, type Suite } from './suites';

/** What a finished TLS 1.3 handshake leaves for the session. */
export interface Secrets13 {
  readonly suite: Suite;
  readonly client: Buffer;
  readonly server: Buffer;
  /** The resumption master secret. */
  readonly resumption: Buffer;
}

/**
 * Takes a TLS 1.3 handshake from the ServerHello (or HelloRetryRequest) to its end (RFC 8446 section 2).
 * @throws Ended with how it failed; Stopped where no more was asked for
 */
export async function finish13(first: Attempt, firstHello: ServerHello): Promise<Secrets13> {
  first.channel.modern = true;
  const { attempt, hello } = firstHello.retry
    ? await retry(first, firstHello)
    : { attempt: first, hello: firstHello };
  const { channel, options, transcript, facts } = attempt;
  const suite = chosenSuite(hello, options);
  const { hash } = suite;
  const psk = chosenPsk(attempt, hello, suite);
  const share = attempt.hello.shares.find(({ group }) => group === hello.keyShare?.group);
  if (!share || !hello.keyShare?.key) throw garbage('The server chose a group without our share.');
  facts.group = share.group;
  facts.resumed = psk !== undefined;

  const early = earlySecret(hash, psk);
  const handshake = nextSecret(hash, early, share.agree(hello.keyShare.key));
  const afterHello = transcript.hash(hash);
  const client = deriveSecret(hash, handshake, 'c hs traffic', afterHello);
  const server = deriveSecret(hash, handshake, 's hs traffic', afterHello);
  channel.open(open13(suite, server));

  await readExtensions(attempt);
  const request = psk === undefined ? await readCertificates(attempt, hash) : null;
  const expected = finishedMac(hash, server, transcript.hash(hash));
  const finished = await nextMessage(attempt, type.finished);
  if (!finished.body.equals(expected)) throw garbage("The server's Finished is wrong.");

  const master = nextSecret(hash, handshake);
  const afterFinished = transcript.hash(hash);
  if (!options.earlyData && !firstHello.retry) sayChangeCipherSpec(channel);
  if (facts.earlyDataAccepted) {
    // Without a HelloRetryRequest: a second hello offers no early data.
    const afterOurs = createHash(hash).update(attempt.hello.message).digest();
    channel.seal(seal13(suite, deriveSecret(hash, early, 'c e traffic', afterOurs)));
    say(attempt, type.endOfEarlyData, Buffer.alloc(0));
  }
  channel.seal(seal13(suite, client));
  if (request) say(attempt, type.certificate, messages.emptyCertificate13(request.context));
  say(attempt, type.finished, finishedMac(hash, client, transcript.hash(hash)));

  const secrets = {
    suite,
    client: deriveSecret(hash, master, 'c ap traffic', afterFinished),
    server: deriveSecret(hash, master, 's ap traffic', afterFinished),
    resumption: deriveSecret(hash, master, 'res master', transcript.hash(hash)),
  };
  channel.seal(seal13(suite, secrets.client));
  channel.open(open13(suite, secrets.server));
  return secrets;
}

/** Sends the second hello that a HelloRetryRequest asks for, and reads the answer. */
async function retry(attempt: Attempt, asked: ServerHello) {
  const { channel, options, transcript, sni, facts } = attempt;
  const { hash } = chosenSuite(asked, options);
  const group = asked.keyShare?.group ?? null;
  const cookie = asked.extensions.get(extensionType.cookie) ?? null;
  const sent = attempt.hello.shares.some((share) => share.group === group);
  if ((group === null && !cookie) || sent) throw garbage('The HelloRetryRequest changes nothing.');
  if (group !== null && !attempt.hello.groups.includes(group)) {
    throw garbage('The HelloRetryRequest names a group that was not offered.');
  }
  transcript.retry(hash);
  const hello = buildHello(options, {
    sni,
    transcript,
    retry: { hello: attempt.hello, group, cookie },
  });
  if (!options.earlyData) sayChangeCipherSpec(channel);
  transcript.add(hello.message);
  channel.recordVersion = 0x0303;
  channel.send(contentType.handshake, hello.message);
  const second = { ...attempt, hello };
  const { body } = await nextMessage(second, type.serverHello);
  const answer = readOrEnd(() => readServerHello(body));
  if (answer.retry || answer.version !== 'TLS1.3' || answer.suite !== asked.suite) {
    throw garbage('The server answered the second hello with something else.');
  }
  facts.extensions = answer.extensions;
  return { attempt: second, hello: answer };
}

/** The key to resume with, where the server took it. */
function chosenPsk({ options }: Attempt, hello: ServerHello, suite: Suite): Buffer | undefined {
  const chosen = hello.extensions.get(extensionType.preSharedKey);
  if (!chosen) return undefined;
  const { resume } = options;
  const fits = resume?.kind === 'psk' && suiteOf(resume.suite)?.hash === suite.hash;
  if (!fits || readOrEnd(() => new Reader(chosen).u16()) !== 0) {
    throw garbage('The server resumes a session that was not offered.');
  }
  return resume.key;
}

async function readExtensions(attempt: Attempt): Promise<void> {
  const { facts } = attempt;
  const { body } = await nextMessage(attempt, type.encryptedExtensions);
  const extensions = readOrEnd(() => messages.readEncryptedExtensions(body));
  facts.extensions = new Map([...facts.extensions, ...extensions]);
  facts.alpn = readOrEnd(() => readAlpn(extensions));
  facts.earlyDataAccepted = facts.resumed && extensions.has(extensionType.earlyData);
  stopAt(attempt, 'hello');
}

/** The server's request for a certificate of ours, if any, its chain, and its signature. */
async function readCertificates(attempt: Attempt, hash: Suite['hash']) {
  const { transcript, facts } = attempt;
  let request: { context: Buffer; authorities: Buffer[] } | null = null;
  let message = await nextMessage(attempt, type.certificateRequest, type.certificate);
  if (message.type === type.certificateRequest) {
    const { body } = message;
    request = readOrEnd(() => messages.readCertificateRequest13(body));
    facts.certificateRequest = { authorities: request.authorities };
    message = await nextMessage(attempt, type.certificate);
  }
  const { body } = message;
  Object.assign(
    facts,
    readOrEnd(() => messages.readCertificate13(body)),
  );
  stopAt(attempt, 'certificate');
  const [leaf] = facts.chain;
  if (!leaf) throw garbage('The server sent no certificate.');

  const signed = messages.signedContent(transcript.hash(hash));
  const verify = await nextMessage(attempt, type.certificateVerify);
  const { scheme, signature } = readOrEnd(() => messages.readCertificateVerify(verify.body));
  facts.signatureScheme = scheme;
  facts.signature = checkSignature(leaf, scheme, signed, signature);
  refuseWrongSignature(attempt);
  return request;
}

/** For middleboxes (RFC 8446 appendix D.4): before the second flight, or right behind an offer of early data. */
export function sayChangeCipherSpec(channel: Channel): void {
  channel.recordVersion = 0x0303;
  channel.send(contentType.changeCipherSpec, Uint8Array.of(1));
}
