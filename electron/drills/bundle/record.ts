import type { Drill } from '../../../shared/model/drills/drill';
import type { Participant } from '../../../shared/model/drills/entry';
import { drillOutcome } from '../../../shared/model/drills/outcome';
import { recordFormat, type DrillRecord } from '../../../shared/model/drills/record';
import { stepFacts } from '../../../shared/model/drills/stepKinds';
import { canonicalJson } from '../../canonicalJson';

/** The record of a drill at its closing: nothing but what its entries say. */
export function recordOf(
  drill: Drill,
  closedAt: string,
  timeline: DrillRecord['timeline'],
): DrillRecord {
  const { signatures: _signatures, addenda: _addenda, sumsSha256: _sums, ...rest } = drill;
  return {
    ...rest,
    format: recordFormat,
    state: 'closed',
    closedAt,
    outcome: drillOutcome(drill),
    controls: Object.fromEntries(
      drill.steps.map(({ id, kind }) => [id, [...stepFacts[kind].controls]]),
    ),
    timeline,
    signers: signersOf(drill).map(({ person }) => person),
  };
}

/** The text of record.json. */
export function recordText(record: DrillRecord): string {
  return canonicalJson(record);
}

/** Who must sign: the operator and the approver. */
export function signersOf({ participants }: Pick<Drill, 'participants'>): Participant[] {
  return participants.filter(({ role }) => role === 'operator' || role === 'approver');
}

/** How a participant's files are named in a bundle: `operator`, `approver`, `custodian-2`. */
export function shortName(participants: readonly Participant[], person: string): string {
  const found = participants.find((one) => one.person === person);
  if (!found) return person;
  const alike = participants.filter(({ role }) => role === found.role);
  return alike.length === 1 && found.role !== 'custodian'
    ? found.role
    : `${found.role}-${alike.indexOf(found) + 1}`;
}

/** Where a participant’s public key lies in a bundle. */
export function keyFile(
  { participants }: Pick<Drill, 'participants'>,
  { person }: Participant,
): string {
  return `keys/${shortName(participants, person)}.pem`;
}
