import { createPublicKey } from 'node:crypto';
import type { BundleReport } from '../../../shared/model/drills/bundleReport';
import { addendumSchema, type Participant } from '../../../shared/model/drills/entry';
import type { DrillRecord } from '../../../shared/model/drills/record';
import { sha256 } from '../digests';
import { fingerprintOf, publicPem } from '../people/keyPairs';
import { keyFile, shortName, signersOf } from './record';
import { isSigned } from './signatures';
import type { Files } from './sums';
import { json, textOf } from './texts';
import type { Bad } from './verify';
import { addendumText } from './write';

/** Who signed, and whether they are two people with two keys. */
export function checkSignatures(
  files: Files,
  record: DrillRecord,
  sums: Uint8Array,
  bad: Bad,
): BundleReport['signatures'] {
  const { participants } = record;
  for (const one of participants) {
    const name = keyFile(record, one);
    const { fingerprint, publicKey } = one;
    if (textOf(files.get(name)) !== publicKey)
      bad(name, 'It is not the key that the record names.');
    else if (!isOneKey(publicKey)) bad(name, 'It is no public key, or something besides.');
    else if (fingerprintOf(publicKey) !== fingerprint) bad(name, 'Its fingerprint is another.');
  }
  const signers = signersOf(record);
  const roles = new Set(signers.map(({ role }) => role));
  if (
    roles.size !== 2 ||
    signers.some((one, index) => signers.slice(0, index).some(sameKeyAs(one)))
  ) {
    bad('record.json', 'A record is signed by two people: operator and approver.');
  }
  const valid: BundleReport['signatures'] = [];
  const expected = new Set<string>();
  for (const { person, name: who, role, algorithm, fingerprint, publicKey } of signers) {
    const name = `signatures/${shortName(participants, person)}.sig`;
    expected.add(name);
    const signature = files.get(name);
    if (!signature) bad(name, `${who}’s signature is missing.`);
    else if (isSigned(algorithm, publicKey, sums, signature)) {
      valid.push({ name: who, role, algorithm, fingerprint });
    } else bad(name, `It is not ${who}’s signature over SHA256SUMS.`);
  }
  for (const name of files.keys()) {
    if (name.startsWith('signatures/') && !expected.has(name)) bad(name, 'Nobody is to sign so.');
  }
  return valid;
}

/** What was added after the closing, each following the one before; gives how many there are. */
export function checkAddenda(
  files: Files,
  record: DrillRecord,
  sumsSha256: string,
  bad: Bad,
): number {
  const names = [...files.keys()].filter((name) => name.startsWith('addenda/'));
  let previous = sumsSha256;
  let number = 0;
  for (;;) {
    const name = `addenda/${String(number + 1).padStart(3, '0')}`;
    const bytes = files.get(`${name}.json`);
    const signature = files.get(`${name}.sig`);
    if (!bytes && !signature) break;
    number += 1;
    const text = textOf(bytes);
    const addendum = addendumSchema.safeParse(text === undefined ? undefined : json(text));
    if (!bytes || !addendum.success || addendumText(addendum.data) !== text) {
      bad(`${name}.json`, bytes ? 'It is no addendum.' : 'It is missing.');
      continue;
    }
    const { fingerprint, algorithm, person, name: called } = addendum.data;
    const author = record.participants.find(
      (one) => one.fingerprint === fingerprint && one.person === person && one.name === called,
    );
    if (addendum.data.previous !== previous || addendum.data.number !== number) {
      bad(`${name}.json`, 'It does not follow what comes before it.');
    }
    if (!author || author.algorithm !== algorithm) {
      bad(`${name}.json`, 'It is of nobody who took part.');
    } else if (!signature || !isSigned(algorithm, author.publicKey, bytes, signature)) {
      bad(`${name}.sig`, `It is not ${author.name}’s signature over the addendum.`);
    }
    previous = sha256(bytes);
  }
  const last = names.length / 2;
  if (last !== number) bad('addenda/', 'One of them is missing, or has no signature.');
  return number;
}

/** A PEM can hold several keys and any words besides, of which each program takes another part. */
function isOneKey(pem: string): boolean {
  try {
    return publicPem(createPublicKey(pem)) === pem;
  } catch {
    return false;
  }
}

/** One key can be written in several ways, each with another fingerprint. */
function sameKeyAs(one: Participant): (other: Participant) => boolean {
  return (other) => {
    try {
      return createPublicKey(one.publicKey).equals(createPublicKey(other.publicKey));
    } catch {
      return true;
    }
  };
}
