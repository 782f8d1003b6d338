import type { Dialer } from '../net/types';
import { extensionType } from '../wire/extensions';
import { handshakeType } from '../wire/handshakeMessages';
import { contentType } from '../wire/records';
import { readServerHello, type ServerHello } from '../wire/serverHello';
import { factsOf, nextMessage, Stopped, type Attempt } from './attempt';
import { Channel, readOrEnd } from './channel';
import { finish12, type Secrets12 } from './client12';
import { finish13, sayChangeCipherSpec } from './client13';
import { buildHello } from './clientHello';
import { Ended, garbage } from './failure';
import { createSession, keeper12, keeper13 } from './session';
import { Transcript } from './transcript';
import type { Facts, HandshakeOptions, HandshakeOutcome, Session } from './types';

const defaultTimeoutMs = 10_000;

/**
 * A TLS handshake of our own with the dialer's target, which verifies the server's Finished and, where the
 * runtime can, its signature, but trusts every certificate: judging them is another part's work. An empty
 * certificate answers a request for one. Rejects only where the dialer's signal aborts.
 */
export async function handshake(
  dialer: Dialer,
  options: HandshakeOptions = {},
): Promise<HandshakeOutcome> {
  const opened = await dialer.open();
  if (opened.kind !== 'open') {
    const { kind, why } = opened;
    return kind === 'refused' || kind === 'unreachable' ? { kind, why } : { kind };
  }
  const channel = new Channel(opened.connection, options.timeoutMs ?? defaultTimeoutMs);
  const { sni = dialer.target.sni } = options;
  let facts: Facts | undefined;
  try {
    const { attempt, hello } = await begin(channel, options, sni);
    ({ facts } = attempt);
    return { kind: 'done', session: await finish(attempt, hello) };
  } catch (error) {
    channel.close();
    dialer.signal.throwIfAborted();
    if (error instanceof Stopped && facts) return { kind: 'seen', seen: facts };
    if (error instanceof Ended) return { ...error.failure, ...(facts && { seen: facts }) };
    throw error;
  }
}

/** Sends a hello and reads the server's. @throws Ended */
async function begin(
  channel: Channel,
  options: HandshakeOptions,
  sni: string | null,
  renegotiation?: Buffer | null,
): Promise<{ attempt: Attempt; hello: ServerHello }> {
  const transcript = new Transcript();
  const context = { sni, transcript, ...(renegotiation !== undefined && { renegotiation }) };
  const hello = buildHello(options, context);
  transcript.add(hello.message);
  channel.send(contentType.handshake, hello.message);
  if (options.earlyData) sayChangeCipherSpec(channel);
  const { body } = await nextMessage({ channel, transcript }, handshakeType.serverHello);
  const answer = readOrEnd(() => readServerHello(body));
  const facts = readOrEnd(() => factsOf(answer));
  return { attempt: { channel, options, sni, hello, transcript, facts }, hello: answer };
}

async function finish(attempt: Attempt, hello: ServerHello): Promise<Session> {
  const { channel, facts } = attempt;
  if (hello.version === 'TLS1.3') {
    if (!attempt.hello.versions.includes(0x0304)) {
      throw garbage('The server chose TLS 1.3, which was not offered.');
    }
    return createSession(channel, facts, keeper13(channel, await finish13(attempt, hello)));
  }
  const secrets = await finish12(attempt, hello);
  const again = () => renegotiate(attempt, secrets);
  return createSession(channel, facts, keeper12(facts, secrets, again));
}

/** A second handshake under the first one's protection; by RFC 5746 where the server knows that. */
async function renegotiate(first: Attempt, { verifyData }: Secrets12): Promise<void> {
  const { channel, facts, sni } = first;
  const { resume: _, ...options } = first.options;
  const secure = facts.extensions.has(extensionType.renegotiationInfo);
  const { attempt, hello } = await begin(
    channel,
    { ...options, version: facts.version },
    sni,
    secure ? verifyData : null,
  );
  await finish12(attempt, hello);
}
