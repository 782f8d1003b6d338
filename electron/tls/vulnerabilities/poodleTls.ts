import { describeFailure, handshake, type Received } from '../handshake';
import type { Dialer } from '../net/types';
import { contentType } from '../wire/records';
import { finishTermsFor, unfinished, type FinishTerms } from './finish';
import { notVulnerable, unknown, vulnerable } from './outcome';
import { isCbc } from './suiteKinds';
import type { Outcome, Probe } from './types';

/** What is wrong with the one record that is sent. */
type Fault = 'padding' | 'mac';

/**
 * POODLE against TLS (CVE-2014-8730) and its kin Zombie POODLE and GOLDENDOODLE (CVE-2019-6593, 5592): a
 * request whose CBC padding is wrong must be refused, and no otherwise than one whose MAC is wrong.
 */
export const poodleTls: Probe = async (dialer, { protocols }) => {
  const terms = finishTermsFor(protocols, isCbc);
  if (!('version' in terms)) {
    return terms.surelyNone
      ? notVulnerable('Offers no suites in CBC mode from TLS 1.0 to TLS 1.2.')
      : unknown(terms.why);
  }
  const padding = await answerTo(dialer, terms, 'padding');
  if ('why' in padding) return unknown(padding.why);
  if (padding.isHttp) return vulnerable('A request with wrong CBC padding is answered.');
  if (padding.answer === 'silence' || padding.answer === 'data') {
    return unknown(`A request with wrong CBC padding is not refused for sure (${padding.answer}).`);
  }
  // TLS 1.0 sends no IV with a record that could be changed to make the MAC wrong.
  const refused = `A request with wrong CBC padding is refused (${padding.answer}).`;
  return terms.version === 'TLS1.0'
    ? notVulnerable(refused)
    : compareFaults(dialer, terms, padding.answer, refused);
};

/** How often a difference must show before it is one. */
const rounds = 3;

async function compareFaults(
  dialer: Dialer,
  terms: FinishTerms,
  paddingAnswer: string,
  refused: string,
): Promise<Outcome> {
  const first = await answerTo(dialer, terms, 'mac');
  if ('why' in first) {
    return unknown(`${refused} Whether a wrong MAC is refused in the same way: ${first.why}`);
  }
  if (first.isHttp) return vulnerable('A request with a wrong MAC is answered.');
  if (first.answer === paddingAnswer)
    return notVulnerable(`${refused} So is one with a wrong MAC.`);
  for (let round = 1; round < rounds; round += 1) {
    const again = [await answerTo(dialer, terms, 'padding'), await answerTo(dialer, terms, 'mac')];
    const stable = again.every(
      (one, index) =>
        'answer' in one && one.answer === (index === 0 ? paddingAnswer : first.answer),
    );
    if (!stable)
      return unknown('Wrong padding and wrong MAC get answers that change from time to time.');
  }
  return vulnerable(
    `A padding oracle: wrong CBC padding gets "${paddingAnswer}", a wrong MAC "${first.answer}", ${rounds} times out of ${rounds}.`,
  );
}

async function answerTo(
  dialer: Dialer,
  terms: FinishTerms,
  fault: Fault,
): Promise<{ answer: string; isHttp: boolean } | { why: string }> {
  // With the MAC over the ciphertext nobody could spoil padding unseen: as older clients have it.
  const older = { offerTicket: false, offerEncryptThenMac: false };
  const outcome = await handshake(dialer, { ...terms, ...older });
  if (outcome.kind !== 'done') return { why: unfinished(outcome) };
  const { session } = outcome;
  const record = session.encodeRecord(
    contentType.applicationData,
    requestFor(dialer.target.sni ?? dialer.target.address),
    fault === 'padding' ? { alterPadding: spoilPadding } : {},
  );
  if (fault === 'mac') spoilFirstBlock(record);
  session.write(record);
  const received = await session.receive();
  session.close();
  if (received.kind === 'garbage' || received.kind === 'cannot' || received.kind === 'limit') {
    return { why: describeFailure(received) };
  }
  return { answer: describe(received), isHttp: isHttp(received) };
}

/** A whole number of blocks, so that the padding has several bytes whatever the MAC's length. */
function requestFor(host: string): Buffer {
  const head = `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nX-Fill: `;
  const end = '\r\n\r\n';
  const missing = 16 - ((head.length + end.length) % 16);
  return Buffer.from(`${head}${'0'.repeat(missing)}${end}`, 'latin1');
}

/** All but the last byte, which tells the length: what SSLv3 left unchecked. */
function spoilPadding(padding: Buffer): void {
  padding.subarray(0, -1).fill(0x55);
}

/** Changes the IV, and so the first byte of the request; the padding stays as it is. */
function spoilFirstBlock(record: Buffer): void {
  const headerBytes = 5;
  record.writeUInt8(record.readUInt8(headerBytes) ^ 0x20, headerBytes);
}

function isHttp(received: Received): boolean {
  return received.kind === 'data' && received.bytes.subarray(0, 5).toString('latin1') === 'HTTP/';
}

function describe(received: Received): string {
  if (received.kind === 'alert') return `alert ${received.description}`;
  return received.kind === 'timeout' ? 'silence' : received.kind;
}
