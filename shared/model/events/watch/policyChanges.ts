import type { Alert, PolicyEntry, Severity } from '../findings';
import { summarizeKeyPolicy } from '../../keyPolicy';
import { policyDiff, type PolicyDiff } from '../../policyDiff';
import {
  alertOf,
  keyText,
  parametersOf,
  subjectOf,
  text,
  timeText,
  type ChangeEvent,
  type Draft,
} from './draft';
import { noPast, type Past } from './past';
import type { WatchRuleId } from './rules';

export interface PolicyFindings {
  readonly drafts: Draft[];
  /** Events whose record does not show the policy. */
  readonly unreadable: string[];
}

/** A policy as it stood before a change, and what tells so. */
interface Before {
  readonly policy: string;
  readonly from: NonNullable<NonNullable<Alert['policyChange']>['beforeFrom']>;
}

/** What an event left behind; no policy where its record does not show it. */
interface Known {
  readonly at: string;
  readonly eventId: string;
  readonly policy?: string;
}

/**
 * The alerts for policies that were put or made with a key, each beside the policy before as far as an
 * earlier event or a reading of the inventory tells it. One that brings back the policy that was there shortly before is quiet, and
 * takes the earlier alert back.
 * @param events PutKeyPolicy, CreateKey and ReplicateKey, oldest first, done
 */
export function policyChanges(
  events: readonly ChangeEvent[],
  undoneWithinHours: number,
  past: Past = noPast,
): PolicyFindings {
  const drafts: Draft[] = [];
  const unreadable: string[] = [];
  const known = new Map<string, Known>();
  const quiet = new Set<string>();
  const byKey = new Map<string, ChangeEvent[]>();
  for (const event of events) {
    const subject = subjectOf(event.row);
    const ofKey = byKey.get(subject);
    if (ofKey) ofKey.push(event);
    else byKey.set(subject, [event]);
  }
  for (const event of events) {
    const { row } = event;
    const parameters = parametersOf(event.record);
    const after = policyText(parameters?.['policy']);
    if (row.name === 'ReplicateKey') {
      const to = `${row.account}|${text(parameters?.['replicaRegion'])}|${subjectOf(row).split('|')[2]}`;
      if (after !== undefined) known.set(to, left(event, after));
      continue;
    }
    const subject = subjectOf(row);
    const made = row.name === 'CreateKey';
    const found = made ? undefined : beforeOf(row, known.get(subject), past);
    const before = found?.policy;
    if (made && parameters && after === undefined) {
      known.set(subject, left(event, defaultPolicy(row.account)));
      continue;
    }
    const diff = after === undefined ? undefined : tryDiff(before, after, row.account);
    if (after === undefined || !diff) {
      unreadable.push(row.eventId);
      known.set(subject, left(event, undefined));
      if (!made) drafts.push(notTold(event));
      continue;
    }
    known.set(subject, left(event, after));
    if (quiet.has(row.eventId)) continue;
    const bypassed = parameters?.['bypassPolicyLockoutSafetyCheck'] === true;
    const reading = readingOf({ before: found, after, diff, bypassed, made, account: row.account });
    if (!reading) continue;
    const back = made ? undefined : restored(event, before, byKey.get(subject) ?? []);
    if (back && hoursBetween(row.at, back.at) <= undoneWithinHours) quiet.add(back.eventId);
    const did = made
      ? `made ${keyText(row.keys[0])}`
      : `changed the policy of ${keyText(row.keys[0])}`;
    const alert = alertOf(row, reading.rule, reading.severity, '', {
      reason: [`${row.caller} ${did} at ${timeText(row.at)}.`, ...reading.words].join(' '),
      policyChange: {
        ...diff,
        after,
        ...(found && { before: found.policy, beforeFrom: found.from }),
      },
      ...(back && { undone: back }),
    });
    drafts.push({ alert, groups: false });
  }
  return { drafts, unreadable };
}

function left({ row: { at, eventId } }: ChangeEvent, policy: string | undefined): Known {
  return { at, eventId, ...(policy !== undefined && { policy }) };
}

/** A reading so soon after a change may still show what was before: KMS needs some minutes to tell all. */
const settledMs = 300_000;

/**
 * The policy before an event: from the event before it, or from the inventory where that was read
 * later, so that a change that no stored event shows is not taken for this one's.
 */
function beforeOf(
  { account, region, keys, at }: ChangeEvent['row'],
  event: Known | undefined,
  past: Past,
): Before | undefined {
  const subject = (keys[0] ?? '').replace(/^.*\//, '');
  const reading = past({ part: 'policy', account, region, subject }, at);
  const isNewer = reading && (!event || Date.parse(reading.at) > Date.parse(event.at) + settledMs);
  if (isNewer) return { policy: reading.value, from: { kind: 'inventory', at: reading.at } };
  if (event?.policy === undefined) return undefined;
  const { eventId } = event;
  return { policy: event.policy, from: { kind: 'event', at: event.at, eventId } };
}

interface Reading {
  readonly rule: WatchRuleId;
  readonly severity: Severity;
  readonly words: string[];
}

function readingOf(change: {
  before: Before | undefined;
  after: string;
  diff: PolicyDiff;
  bypassed: boolean;
  made: boolean;
  account: string;
}): Reading | undefined {
  const { before, after, diff, bypassed, made, account } = change;
  const summary = summarizeKeyPolicy(after, account);
  const allowed = diff.gained.filter(({ effect }) => effect === 'allow');
  const open = allowed.filter(({ everybody }) => everybody);
  const others = allowed.filter(({ otherAccount }) => otherAccount !== undefined);
  const words = [
    ...(before === undefined && !made
      ? ['The policy before is not stored: what follows is all that it allows now.']
      : []),
    ...(before?.from.kind === 'inventory'
      ? [`Compared with the inventory of ${timeText(before.from.at)}.`]
      : []),
    ...(bypassed ? ['The lock-out safety check was bypassed.'] : []),
    ...said(made ? 'Its policy allows' : 'Gained', diff.gained),
    ...said('Lost', diff.lost),
  ];
  const locked =
    !summary.rootHasFullAccess &&
    (before === undefined || summarizeKeyPolicy(before.policy, account).rootHasFullAccess);
  if (locked) words.push('The account itself can no longer repair it.');
  if (open.length > 0 && summary.publicStatements.length > 0) {
    return { rule: 'policy-public', severity: 'high', words };
  }
  if (bypassed) return { rule: 'policy-lockout-bypassed', severity: 'high', words };
  if (others.length > 0) {
    const severity = others.some(({ powers }) => powers.length > 0) ? 'high' : 'medium';
    return { rule: 'policy-other-account', severity, words };
  }
  if (made || (diff.gained.length === 0 && diff.lost.length === 0)) return undefined;
  if (locked) return { rule: 'policy-changed', severity: 'high', words };
  const weighty = [...allowed.filter((entry) => !isRoot(entry, account)), ...diff.lost];
  const severity =
    before !== undefined && weighty.some(({ powers }) => powers.length > 0) ? 'medium' : 'low';
  return { rule: 'policy-changed', severity, words };
}

/** The account's own root: what a key's policy begins with. */
function isRoot({ principal }: PolicyEntry, account: string): boolean {
  return principal.endsWith(`::${account}:root`);
}

/** At most so many principals are named in a sentence; the diff has them all. */
const named = 4;

function said(verb: string, entries: readonly PolicyEntry[]): string[] {
  if (entries.length === 0) return [];
  const parts = entries.slice(0, named).map((entry) => {
    const may = `${entry.principal}: ${entry.actions.join(', ')}`;
    const marks = [
      entry.effect === 'deny' && 'forbidden by a Deny',
      entry.everybody && 'everybody',
      entry.otherAccount !== undefined && `account ${entry.otherAccount}`,
    ].filter((mark) => mark !== false);
    return marks.length > 0 ? `${may} (${marks.join(', ')})` : may;
  });
  const more = entries.length - parts.length;
  return [`${verb}: ${parts.join('; ')}${more > 0 ? ` and ${more} more` : ''}.`];
}

/** The first later event that brings back the policy of before. */
function restored(event: ChangeEvent, before: string | undefined, ofKey: readonly ChangeEvent[]) {
  if (before === undefined) return undefined;
  const back = ofKey.slice(ofKey.indexOf(event) + 1).find(({ row, record }) => {
    const policy = policyText(parametersOf(record)?.['policy']);
    if (row.name !== 'PutKeyPolicy' || policy === undefined) return false;
    const diff = tryDiff(before, policy, row.account);
    return diff?.gained.length === 0 && diff.lost.length === 0;
  });
  return (
    back && {
      at: back.row.at,
      by: back.row.caller,
      name: back.row.name,
      eventId: back.row.eventId,
    }
  );
}

function notTold({ row }: ChangeEvent): Draft {
  const did = `changed the policy of ${keyText(row.keys[0])} at ${timeText(row.at)}. The record does not show to what: look at the key.`;
  return { alert: alertOf(row, 'policy-changed', 'medium', did), groups: false };
}

function tryDiff(before: string | undefined, after: string, account: string) {
  try {
    return policyDiff(before, after, account);
  } catch {
    return undefined;
  }
}

/** CloudTrail writes the policy as text; a tool that copied it may have parsed it. */
function policyText(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : text(value);
}

/** What KMS gives a key that is made without a policy. Source: KMS developer guide, "Default key policy". */
function defaultPolicy(account: string): string {
  const statement = {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  return JSON.stringify({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [statement],
  });
}

function hoursBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 3_600_000;
}
