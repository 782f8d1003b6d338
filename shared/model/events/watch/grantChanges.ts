import { accountOf } from '../../keyPolicyStatements';
import {
  alertOf,
  keyText,
  members,
  parametersOf,
  subjectOf,
  text,
  timeText,
  type ChangeEvent,
  type Draft,
} from './draft';
import { noPast, type Past, type PastValue } from './past';

/**
 * The alerts for grants to principals that had none for that key in what is stored, and none in the
 * last reading of the inventory before. AWS services,
 * which make grants for what they keep for a caller, are left out.
 * @param events CreateGrant, oldest first, done
 */
export function grantChanges(events: readonly ChangeEvent[], past: Past = noPast): Draft[] {
  const known = new Set<string>();
  return events.flatMap((event): Draft[] => {
    const { row, record } = event;
    const parameters = parametersOf(record);
    // Those that a service made were read once for each kind: the others are its like.
    if (!parameters && row.service !== undefined) return [];
    const grantee = text(parameters?.['granteePrincipal']);
    if (grantee !== undefined && isService(grantee)) return [];
    const principal = grantee === undefined ? undefined : principalOf(grantee);
    const { account: owner, region } = row;
    const subject = (row.keys[0] ?? '').replace(/^.*\//, '');
    const reading = past({ part: 'grantees', account: owner, region, subject }, row.at);
    const name = `${subjectOf(row)}|${principal}`;
    if (principal !== undefined && known.has(name)) return [];
    if (principal !== undefined) {
      known.add(name);
      if (reading && granteesIn(reading.value).includes(principal)) return [];
    }
    const account = principal === undefined ? undefined : accountOf(principal);
    const foreign = account !== undefined && account !== row.account;
    const operations = list(parameters?.['operations']);
    const constrained = members(parameters?.['constraints']) !== undefined;
    const did = [
      `granted ${operations.join(', ') || 'operations that the record does not name'} on ${keyText(row.keys[0])} to ${grantee ?? 'a principal that the record does not name'} at ${timeText(row.at)}.`,
      ...(principal === undefined ? [] : [noneBefore(reading)]),
      ...(foreign ? [`It belongs to account ${account}.`] : []),
      ...(operations.includes('CreateGrant') ? ['It may pass the grant on.'] : []),
      ...(constrained ? ['An encryption context narrows it.'] : []),
    ].join(' ');
    const alert = alertOf(
      row,
      foreign ? 'grant-other-account' : 'grant-new-principal',
      foreign ? 'high' : 'medium',
      did,
    );
    const grantId = text(members(members(record)?.['responseElements'])?.['grantId']);
    return [{ alert, undoneBy: grantId && grantName(event, grantId), groups: false }];
  });
}

/**
 * Who holds grants, as the inventory remembers it: AWS services left out, sessions as their roles.
 * @param principals grantees of ListGrants
 */
export function granteesText(principals: readonly string[]): string {
  const kept = principals.filter((each) => !isService(each)).map(principalOf);
  return JSON.stringify([...new Set(kept)].toSorted());
}

function granteesIn(text: string): string[] {
  try {
    return list(JSON.parse(text));
  } catch {
    return [];
  }
}

function noneBefore(reading: PastValue | undefined): string {
  if (!reading) return 'No earlier grant to it for this key is stored.';
  return `No earlier grant to it for this key is stored, and the inventory of ${timeText(reading.at)} shows none.`;
}

/** The name under which RevokeGrant and RetireGrant take a grant back. */
export function grantTakenBack(event: ChangeEvent): string | undefined {
  if (!/^(Revoke|Retire)Grant$/.test(event.row.name)) return undefined;
  const extra = members(members(event.record)?.['additionalEventData']);
  const grantId = text(parametersOf(event.record)?.['grantId']) ?? text(extra?.['grantId']);
  return grantId && grantName(event, grantId);
}

function grantName({ row }: ChangeEvent, grantId: string): string {
  return `grant|${row.account}|${row.region}|${grantId}`;
}

/** `ec2.amazonaws.com`, a service-linked role, or a service's own session. */
function isService(principal: string): boolean {
  return /\.amazonaws\.com(\.cn)?$|:role\/aws-service-role\/|:assumed-role\/aws:/.test(principal);
}

/** A session's role: its name changes from session to session. */
function principalOf(arn: string): string {
  return arn.replace(/^(arn:[\w-]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, '$1:iam::$2:role/$3');
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
