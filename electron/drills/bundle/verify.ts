import type { BundleReport } from '../../../shared/model/drills/bundleReport';
import type { Drill } from '../../../shared/model/drills/drill';
import { addendumSchema } from '../../../shared/model/drills/entry';
import { drillRecordSchema, type DrillRecord } from '../../../shared/model/drills/record';
import { replay } from '../../../shared/model/drills/reduce';
import { sha256 } from '../digests';
import { planHash } from '../planStore';
import { fingerprintOf } from '../people/keyPairs';
import { readTimeline } from '../timeline';
import { recordOf, recordText, shortName, signersOf } from './record';
import { isSigned } from './signatures';
import { readSums, sumProblems, sumsFile, type Files } from './sums';
import { addendumText } from './write';
import { verifyText } from './verifyText';

type Problem = BundleReport['problems'][number];

/** Checks a bundle by itself: every byte of every file is under a hash, a signature or both. */
export function verifyBundle(files: Files): BundleReport {
  const problems: Problem[] = [];
  const bad = (file: string, why: string) => void problems.push({ file, why });
  const sumsBytes = files.get(sumsFile);
  const sums = sumsBytes && readSums(textOf(sumsBytes) ?? '');
  if (!sumsBytes || !sums) {
    bad(sumsFile, sumsBytes ? 'It is not as Claviger writes it.' : 'It is missing.');
    return { ok: false, files: files.size, signatures: [], addenda: 0, problems };
  }
  problems.push(...sumProblems(files, sums));
  const record = readRecord(files, bad);
  const sumsSha256 = sha256(sumsBytes);
  if (!record) {
    return { ok: false, files: files.size, sumsSha256, signatures: [], addenda: 0, problems };
  }
  checkRecord(files, sums, record, bad);
  checkTimeline(files, record, bad);
  checkEvents(files, record, bad);
  const signatures = checkSignatures(files, record, sumsBytes, bad);
  const addenda = checkAddenda(files, record, sumsSha256, bad);
  return {
    ok: problems.length === 0,
    drill: record.id,
    plan: `${record.plan.name}, version ${record.plan.version}`,
    ...(record.closedAt !== undefined && { closedAt: record.closedAt }),
    result: record.outcome.result,
    files: files.size,
    sumsSha256,
    ...(record.previous && { previous: record.previous }),
    signatures,
    addenda,
    problems,
  };
}

type Bad = (file: string, why: string) => void;

function readRecord(files: Files, bad: Bad): DrillRecord | undefined {
  const text = textOf(files.get('record.json'));
  const parsed = drillRecordSchema.safeParse(text === undefined ? undefined : json(text));
  if (!parsed.success || recordText(parsed.data) !== text) {
    bad('record.json', 'It is no record of a drill, or not as Claviger writes it.');
    return undefined;
  }
  return parsed.data;
}

/** What the record says is there, and the other way round. */
function checkRecord(
  files: Files,
  sums: ReadonlyMap<string, string>,
  record: DrillRecord,
  bad: Bad,
): void {
  if (planHash(record.plan) !== record.plan.hash) bad('record.json', 'The plan’s hash is another.');
  const evidence = new Map(
    record.steps.flatMap((step) => step.evidence.map((file) => [file.name, file.sha256] as const)),
  );
  for (const [name, hash] of evidence) {
    if (sums.get(name) !== hash) bad(name, 'It is not the evidence that the record names.');
  }
  for (const name of sums.keys()) {
    if (name.startsWith('evidence/') && !evidence.has(name))
      bad(name, 'The record does not know it.');
  }
  if (textOf(files.get('VERIFY.md')) !== verifyText(record)) {
    bad('VERIFY.md', 'It is not the one that belongs to this record.');
  }
}

/** The record must be what the timeline adds up to. */
function checkTimeline(files: Files, record: DrillRecord, bad: Bad): void {
  const name = 'timeline.jsonl';
  const text = textOf(files.get(name)) ?? '';
  const timeline = readTimeline(text.split('\n').slice(0, -1));
  if ('why' in timeline) {
    bad(name, timeline.why);
    return;
  }
  const { entries, head } = timeline;
  let drill: Drill;
  try {
    drill = replay(entries);
  } catch {
    bad(name, 'It does not begin with the start of a drill.');
    return;
  }
  const told = recordOf(drill, record.closedAt ?? '', { entries: entries.length, head });
  if (recordText(told) !== recordText(record)) bad(name, 'The record says something else than it.');
}

/** Each event belongs to the call that the record ties it to. */
function checkEvents(files: Files, record: DrillRecord, bad: Bad): void {
  const known = new Set<string>();
  for (const { logged, requestId } of record.steps.flatMap(({ calls }) => calls)) {
    if (!logged) continue;
    const name = `cloudtrail/events/${logged.eventId}.json`;
    known.add(name);
    const bytes = files.get(name);
    if (!bytes) bad(name, 'It is missing.');
    else if (sha256(bytes) !== logged.sha256) bad(name, 'It is not the event that was found.');
    else {
      const event = json(textOf(bytes) ?? '') as Record<string, unknown> | undefined;
      const fits =
        event?.['eventID'] === logged.eventId &&
        event['requestID'] === requestId &&
        event['eventTime'] === logged.eventTime;
      if (!fits) bad(name, 'It is the event of another call.');
    }
  }
  for (const name of files.keys()) {
    if (name.startsWith('cloudtrail/') && !known.has(name))
      bad(name, 'The record does not know it.');
  }
}

function checkSignatures(
  files: Files,
  record: DrillRecord,
  sums: Uint8Array,
  bad: Bad,
): BundleReport['signatures'] {
  const { participants } = record;
  for (const { person, fingerprint, publicKey } of participants) {
    const name = `keys/${shortName(participants, person)}.pem`;
    const pem = textOf(files.get(name));
    if (pem !== publicKey) bad(name, 'It is not the key that the record names.');
    else if (fingerprintOrNone(pem) !== fingerprint) bad(name, 'Its fingerprint is another.');
  }
  const signers = signersOf(record);
  const roles = new Set(signers.map(({ role }) => role));
  const keys = new Set(signers.map(({ fingerprint }) => fingerprint));
  if (roles.size !== 2 || keys.size !== signers.length) {
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

function checkAddenda(files: Files, record: DrillRecord, sumsSha256: string, bad: Bad): number {
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

function fingerprintOrNone(pem: string): string | undefined {
  try {
    return fingerprintOf(pem);
  } catch {
    return undefined;
  }
}

/** Strict UTF-8, or undefined. */
function textOf(bytes: Uint8Array | undefined): string | undefined {
  try {
    return bytes && new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
