import { versionCode } from '../wire/versions';
import type { RawHandshakeMessage } from '../wire/handshakeMessages';
import { encodeHandshake } from '../wire/handshakeMessages';
import { Reader } from '../wire/bytes';
import { extensionType } from '../wire/extensions';
import { contentType } from '../wire/records';
import type { ServerHello } from '../wire/serverHello';
import type { Channel, Step } from './channel';
import type { ClientHello } from './clientHello';
import { cannot, garbage } from './failure';
import { fits, suiteOf, type Suite } from './suites';
import type { Transcript } from './transcript';
import type { FactsSoFar, HandshakeOptions } from './types';

/** A handshake under way. */
export interface Attempt {
  readonly channel: Channel;
  readonly options: HandshakeOptions;
  readonly sni: string | null;
  readonly hello: ClientHello;
  readonly transcript: Transcript;
  readonly facts: FactsSoFar;
}

/** The handshake goes no further than it was asked to. */
export class Stopped extends Error {}

/** What is known with the ServerHello. */
export function factsOf(hello: ServerHello): FactsSoFar {
  return {
    version: hello.version,
    suite: hello.suite,
    group: hello.keyShare?.group ?? null,
    alpn: readAlpn(hello.extensions),
    extensions: hello.extensions,
    compression: hello.compression,
    sessionId: hello.sessionId,
    chain: [],
    staple: null,
    scts: hello.extensions.get(extensionType.signedCertificateTimestamp) ?? null,
    certificateRequest: null,
    resumed: false,
    signature: null,
    signatureScheme: null,
    helloRetried: hello.retry,
    extendedMasterSecret: hello.extensions.has(extensionType.extendedMasterSecret),
    encryptThenMac: hello.extensions.has(extensionType.encryptThenMac),
    earlyDataAccepted: false,
  };
}

/** The suite that the server chose. @throws Ended where it was not offered, or is not known here */
export function chosenSuite(hello: ServerHello, options: HandshakeOptions): Suite {
  const suite = suiteOf(hello.suite);
  const code = `0x${hello.suite.toString(16).padStart(4, '0').toUpperCase()}`;
  if (options.suites && !options.suites.includes(hello.suite)) {
    throw garbage(`The server chose the suite ${code}, which was not offered.`);
  }
  if (!suite) throw cannot(`This scanner cannot finish a handshake with the suite ${code}.`);
  if (!fits(suite, versionCode[hello.version])) {
    throw garbage(`The suite ${code} does not exist in the server's version.`);
  }
  return suite;
}

/** The protocol in an ALPN answer; null where there is none. @throws DecodeError */
export function readAlpn(extensions: ReadonlyMap<number, Buffer>): string | null {
  const data = extensions.get(extensionType.alpn);
  if (!data) return null;
  const list = new Reader(new Reader(data).vector16());
  return list.vector8().toString('latin1');
}

/** Takes a step for a message of one of the types, and into the transcript. @throws Ended for another */
export function expectMessage(step: Step, ...types: readonly number[]): RawHandshakeMessage {
  if (step.type === 'change-cipher-spec' || !types.includes(step.type)) {
    throw garbage(`The server sent the message ${step.type} where ${types.join(' or ')} belongs.`);
  }
  return step;
}

/** The next message, which must be one of the types; it goes into the transcript. */
export async function nextMessage(
  { channel, transcript }: Pick<Attempt, 'channel' | 'transcript'>,
  ...types: readonly number[]
): Promise<RawHandshakeMessage> {
  const message = expectMessage(await channel.step(), ...types);
  transcript.add(encodeHandshake(message));
  return message;
}

/** Sends a handshake message of ours; it goes into the transcript. */
export function say({ channel, transcript }: Attempt, messageType: number, body: Buffer): void {
  const message = encodeHandshake({ type: messageType, body });
  transcript.add(message);
  channel.send(contentType.handshake, message);
}

/** Ends here where the options ask for no more. */
export function stopAt(attempt: Attempt, where: 'hello' | 'certificate'): void {
  const { until } = attempt.options;
  if (until === where || (until === 'hello' && where === 'certificate')) throw new Stopped();
}

/** @throws Ended where the server's signature was checked, and is wrong */
export function refuseWrongSignature({ facts }: Attempt): void {
  if (facts.signature?.value === 'wrong') {
    throw garbage("The server's signature over the key exchange is wrong.");
  }
}
