import { suiteOf } from '../handshake/suites';
import { connectionKeys } from '../handshake/records/keys12';
import type { Connection, Dialer } from '../net/types';
import { handshakeType } from '../wire/handshakeMessages';
import { contentType, encodeRecord } from '../wire/records';
import { versionCode } from '../wire/versions';
import { alert, describeAnswers, readAnswers } from './answers';
import { openClear, patienceMs, termsFor, type ClearHandshake, type Terms } from './clearHandshake';
import { notVulnerable, unknown, vulnerable } from './outcome';
import type { Outcome, Probe } from './types';

/**
 * Early change_cipher_spec (CVE-2014-0224): a faulty OpenSSL switches to keys made of an empty master
 * secret, and decrypts what comes next with them. A sound server refuses the change at once.
 */
export const ccsInjection: Probe = async (dialer, { protocols }) => {
  const terms = termsFor(protocols);
  if (!('version' in terms)) {
    return terms.surelyNone ? notVulnerable(terms.why) : unknown(terms.why);
  }
  const opened = await openClear(dialer, terms);
  if (opened.kind === 'failed') return unknown(opened.why);
  const outcome = await changeEarly(opened, versionCode[terms.version]);
  opened.connection.close();
  return outcome ?? tryEmptyKeys(dialer, terms);
};

/** Undefined where the server takes the change, ends on nonsense after it, and does not say why. */
async function changeEarly(
  handshake: ClearHandshake,
  version: number,
): Promise<Outcome | undefined> {
  const { connection } = handshake;
  const waitMs = patienceMs(handshake.elapsedMs);
  changeCipherSpec(connection, version);
  const refusal = await readAnswers(connection, waitMs);
  const said = refusal[0]?.kind;
  if (said === 'alert' || said === 'closed' || said === 'reset') {
    return notVulnerable(`An early change_cipher_spec is refused (${describeAnswers(refusal)}).`);
  }
  if (said !== 'timeout') {
    const answer = describeAnswers(refusal);
    return unknown(`The answer to an early change_cipher_spec tells nothing (${answer}).`);
  }
  // As long as a whole number of blocks of any cipher.
  const nonsense = Buffer.alloc(64, 0x2e);
  connection.write(encodeRecord(contentType.handshake, version, nonsense));
  const answers = await readAnswers(connection, waitMs);
  const description = answers.find((one) => one.kind === 'alert')?.description;
  if (description === alert.badRecordMac || description === alert.decryptionFailed) {
    return vulnerable(
      `An early change_cipher_spec is taken: the server tries to decrypt what comes after it (alert ${description}).`,
    );
  }
  if (description !== undefined) {
    return notVulnerable(`What comes after an early change_cipher_spec gets alert ${description}.`);
  }
  const end = answers.at(-1)?.kind;
  return end === 'closed' || end === 'reset'
    ? undefined
    : unknown(
        `The server says nothing to an early change_cipher_spec (${describeAnswers(answers)}).`,
      );
}

/** The first byte of the message that is due, under keys of an empty master secret: who waits for more has decrypted it. */
async function tryEmptyKeys(dialer: Dialer, terms: Terms): Promise<Outcome> {
  const taken =
    'An early change_cipher_spec is taken without a word, and nonsense after it ends the connection';
  const opened = await openClear(dialer, terms);
  if (opened.kind === 'failed') return unknown(`${taken}; then: ${opened.why}`);
  const { connection, flight, clientRandom, elapsedMs } = opened;
  const suite = suiteOf(flight.hello.suite);
  const version = versionCode[flight.hello.version];
  if (!suite || version < versionCode['TLS1.0']) {
    connection.close();
    return unknown(`${taken}; whether it was decrypted could not be tried.`);
  }
  const { sealer } = connectionKeys({
    suite,
    version,
    masterSecret: Buffer.alloc(0),
    clientRandom,
    serverRandom: flight.hello.random,
    encryptThenMac: false,
  });
  changeCipherSpec(connection, version);
  const firstByte = Buffer.from([handshakeType.clientKeyExchange]);
  connection.write(sealer.seal(contentType.handshake, firstByte));
  const answers = await readAnswers(connection, patienceMs(elapsedMs));
  connection.close();
  return answers[0]?.kind === 'timeout'
    ? vulnerable(`${taken}, while a record under keys of an empty master secret does not.`)
    : unknown(`${taken} (${describeAnswers(answers)}).`);
}

function changeCipherSpec(connection: Connection, version: number): void {
  connection.write(encodeRecord(contentType.changeCipherSpec, version, Buffer.from([1])));
}
