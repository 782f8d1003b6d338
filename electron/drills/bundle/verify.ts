import type { BundleReport } from '../../../shared/model/drills/bundleReport';
import type { Drill } from '../../../shared/model/drills/drill';
import type { DrillOutcome } from '../../../shared/model/drills/outcome';
import { drillRecordSchema, type DrillRecord } from '../../../shared/model/drills/record';
import { replay } from '../../../shared/model/drills/reduce';
import { canonicalJson } from '../../canonicalJson';
import { sha256 } from '../digests';
import { planHash } from '../planStore';
import { readTimeline } from '../timeline';
import { keyFile, recordOf, recordText } from './record';
import { isSafeName, readSums, sumProblems, sumsFile, type Files } from './sums';
import { json, textOf } from './texts';
import { checkAddenda, checkSignatures } from './verifySignatures';

type Problem = BundleReport['problems'][number];

/** Says of a file what is wrong with it. */
export type Bad = (file: string, why: string) => void;

/** Checks a bundle by itself: every byte of every file is under a hash, a signature or both. */
export function verifyBundle(
  files: Files,
  onHashed: (bytes: number) => void = () => {},
): BundleReport {
  const problems: Problem[] = [];
  const bad = (file: string, why: string) => void problems.push({ file, why });
  const sumsBytes = files.get(sumsFile);
  const sums = sumsBytes && readSums(textOf(sumsBytes) ?? '');
  if (!sumsBytes || !sums) {
    bad(sumsFile, sumsBytes ? 'It is not as Claviger writes it.' : 'It is missing.');
    return { ok: false, files: files.size, signatures: [], addenda: 0, problems };
  }
  problems.push(...sumProblems(files, sums, onHashed));
  const record = readRecord(files, bad);
  const sumsSha256 = sha256(sumsBytes);
  if (!record) {
    return { ok: false, files: files.size, sumsSha256, signatures: [], addenda: 0, problems };
  }
  checkRecord(sums, record, bad);
  checkTimeline(files, record, bad);
  checkEvents(files, record, bad);
  const signatures = checkSignatures(files, record, sumsBytes, bad);
  const addenda = checkAddenda(files, record, sumsSha256, bad);
  return {
    ok: problems.length === 0,
    drill: record.id,
    plan: `${record.plan.name}, version ${record.plan.version}`,
    ...(isTime(record.closedAt) && { closedAt: record.closedAt }),
    practice: record.practice,
    ...(record.account !== undefined && { account: record.account }),
    result: record.outcome.result,
    files: files.size,
    sumsSha256,
    ...(record.previous && { previous: record.previous }),
    signatures,
    addenda,
    problems,
  };
}

function readRecord(files: Files, bad: Bad): DrillRecord | undefined {
  const text = textOf(files.get('record.json'));
  const parsed = drillRecordSchema.safeParse(text === undefined ? undefined : json(text));
  if (!parsed.success || recordText(parsed.data) !== text) {
    bad('record.json', 'It is no record of a drill, or not as Claviger writes it.');
    return undefined;
  }
  return parsed.data;
}

/** What the record says is there, and the other way round: nothing else is in a bundle. */
function checkRecord(sums: ReadonlyMap<string, string>, record: DrillRecord, bad: Bad): void {
  if (planHash(record.plan) !== record.plan.hash) bad('record.json', 'The plan’s hash is another.');
  if (record.state !== 'closed' || !isTime(record.closedAt)) {
    bad('record.json', 'It does not say when the drill was closed.');
  }
  const known = new Set([
    ...always,
    'report.pdf',
    ...record.participants.map((one) => keyFile(record, one)),
  ]);
  for (const { id, evidence } of record.steps) {
    for (const { name, sha256: hash } of evidence) {
      known.add(name);
      if (!name.startsWith(`evidence/${id}/`) || !isSafeName(name)) {
        bad(name, 'No evidence of this step has such a name.');
      } else if (sums.get(name) !== hash)
        bad(name, 'It is not the evidence that the record names.');
    }
  }
  for (const { logged } of record.steps.flatMap(({ calls }) => calls)) {
    if (logged) known.add(eventFile(logged.eventId));
  }
  for (const name of always) if (!sums.has(name)) bad(name, 'SHA256SUMS does not name it.');
  for (const name of sums.keys()) if (!known.has(name)) bad(name, 'The record does not know it.');
}

/** What every bundle has. */
const always = ['record.json', 'timeline.jsonl', 'VERIFY.md'];

/** The record must be what the timeline adds up to. */
function checkTimeline(files: Files, record: DrillRecord, bad: Bad): void {
  const name = 'timeline.jsonl';
  const text = textOf(files.get(name)) ?? '';
  if (!text.endsWith('\n')) {
    bad(name, 'It does not end with the end of a line.');
    return;
  }
  const timeline = readTimeline(text.slice(0, -1).split('\n'));
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
  // What frameworks ask and how a reason is worded changes with the program; signed is what was said then.
  const { controls, outcome } = record;
  const differs = recordText({ ...told, controls, outcome }) !== recordText(record);
  if (differs || figures(told.outcome) !== figures(outcome)) {
    bad(name, 'The record says something else than it.');
  }
}

/** An outcome without its reasons. */
function figures({ reason: _reason, objectives, ...rest }: DrillOutcome): string {
  return canonicalJson({ ...rest, objectives: objectives.map(({ reason: _why, ...one }) => one) });
}

/** Each event belongs to the call that the record ties it to, and to no other. */
function checkEvents(files: Files, record: DrillRecord, bad: Bad): void {
  const seen = new Set<string>();
  for (const { logged, requestId } of record.steps.flatMap(({ calls }) => calls)) {
    if (!logged) continue;
    const name = eventFile(logged.eventId);
    const bytes = files.get(name);
    if (seen.has(name)) bad(name, 'The record ties it to two calls.');
    else if (!bytes) bad(name, 'It is missing.');
    else if (sha256(bytes) !== logged.sha256) bad(name, 'It is not the event that was found.');
    else {
      const event = json(textOf(bytes) ?? '') as Record<string, unknown> | undefined;
      const fits =
        requestId !== undefined &&
        event?.['eventID'] === logged.eventId &&
        event['requestID'] === requestId &&
        event['eventTime'] === logged.eventTime;
      if (!fits) bad(name, 'It is the event of another call.');
    }
    seen.add(name);
  }
}

function eventFile(eventId: string): string {
  return `cloudtrail/events/${eventId}.json`;
}

/** A time as every record has it: `2026-11-28T12:00:06.000Z`. */
function isTime(text: string | undefined): text is string {
  return /^20\d\d-\d\d-\d\dT[\d:.]+Z$/.test(text ?? '') && !Number.isNaN(Date.parse(text ?? ''));
}
