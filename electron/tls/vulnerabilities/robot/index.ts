import { X509Certificate } from 'node:crypto';
import { toBigInt } from '../../handshake/crypto/finiteField';
import type { Dialer } from '../../net/types';
import { describeAnswers, readAnswers } from '../answers';
import {
  openClear,
  patienceMs,
  termsFor,
  type ClearHandshake,
  type Terms,
} from '../clearHandshake';
import { notVulnerable, unknown, vulnerable } from '../outcome';
import { isRsaKeyExchange } from '../suiteKinds';
import type { Outcome, Probe } from '../types';
import { isStable, sameForAll, strengthOf, type Answers } from './judge';
import { keyExchangeRecord, nonsenseFinish, variants, type RsaKey, type Variant } from './messages';

/** With the rest of the handshake, or with the key exchange alone: some servers differ only then. */
type Flow = 'whole' | 'key-exchange-alone';

/**
 * ROBOT (CVE-2017-13099 and others): a server that answers badly padded key exchanges otherwise than
 * good ones decrypts for anyone who asks often enough. Asks five times in each of two flows, and
 * believes a difference only when it comes again twice.
 */
export const robot: Probe = async (dialer, { protocols }) => {
  const terms = termsFor(protocols, isRsaKeyExchange);
  if (!('version' in terms)) {
    return terms.surelyNone
      ? notVulnerable('Offers no suite with RSA key exchange.')
      : unknown(terms.why);
  }
  const pace = { helloMs: Infinity };
  for (const flow of ['whole', 'key-exchange-alone'] as const) {
    const outcome = await tryFlow({ dialer, terms, flow, pace });
    if (outcome) return outcome;
  }
  return notVulnerable('Five differently padded key exchanges get the same answer.');
};

interface Round {
  readonly dialer: Dialer;
  readonly terms: Terms;
  readonly flow: Flow;
  /** The quickest hello so far: others may have waited for their turn at the server. */
  readonly pace: { helloMs: number };
}

/** Undefined where all answers are the same. */
async function tryFlow(round: Round): Promise<Outcome | undefined> {
  const first = await askAll(round);
  if ('why' in first) return unknown(first.why);
  if (sameForAll(first.answers)) {
    return round.flow === 'whole' && first.answers.right === 'silence'
      ? unknown('The server answers none of the key exchanges.')
      : undefined;
  }
  const rounds = [first.answers];
  for (let again = 0; again < 2; again += 1) {
    const next = await askAll(round);
    if ('why' in next) return unknown(next.why);
    rounds.push(next.answers);
  }
  // A difference that never comes again was a passing trouble.
  if (rounds.slice(1).every(sameForAll)) return undefined;
  if (!isStable(rounds)) {
    return unknown('Answers to key exchanges differ, and differ again when asked again.');
  }
  const { right } = first.answers;
  const [variant, other] = Object.entries(first.answers).find(([, one]) => one !== right) ?? [
    '',
    '',
  ];
  return vulnerable(
    `A ${strengthOf(first.answers)} oracle: a right key exchange gets "${right}", one with ${words(variant)} "${other}", three times out of three.`,
  );
}

function words(variant: string): string {
  return variant.replaceAll('-', ' ');
}

async function askAll(round: Round): Promise<{ answers: Answers } | { why: string }> {
  const asked = await Promise.all(variants.map((variant) => ask(round, variant)));
  const failed = asked.find((one) => 'why' in one);
  if (failed && 'why' in failed) return failed;
  const answers = asked.map((one, index) => [variants[index], 'answer' in one ? one.answer : '']);
  return { answers: Object.fromEntries(answers) as Answers };
}

async function ask(
  { dialer, terms, flow, pace }: Round,
  variant: Variant,
): Promise<{ answer: string } | { why: string }> {
  const opened = await openClear(dialer, terms);
  if (opened.kind === 'failed') return opened;
  const { connection } = opened;
  const key = rsaKeyOf(opened);
  if ('why' in key) {
    connection.close();
    return key;
  }
  connection.write(keyExchangeRecord(variant, key, terms));
  if (flow === 'whole') connection.write(nonsenseFinish(terms));
  pace.helloMs = Math.min(pace.helloMs, opened.elapsedMs);
  const answers = await readAnswers(connection, patienceMs(pace.helloMs));
  connection.close();
  return { answer: describeAnswers(answers) };
}

function rsaKeyOf({ flight }: ClearHandshake): RsaKey | { why: string } {
  const message = flight.messages.find(({ name }) => name === 'certificate');
  const der = message?.name === 'certificate' ? message.chain[0] : undefined;
  if (!der) return { why: 'The server sent no certificate to encrypt to.' };
  try {
    const { n = '', e = '' } = new X509Certificate(der).publicKey.export({ format: 'jwk' });
    const modulus = Buffer.from(n, 'base64url');
    if (modulus.length < 64) return { why: 'The certificate has no RSA key of 512 bits or more.' };
    return {
      modulus: toBigInt(modulus),
      exponent: toBigInt(Buffer.from(e, 'base64url')),
      bytes: modulus.length,
    };
  } catch {
    return { why: 'The certificate could not be read.' };
  }
}
