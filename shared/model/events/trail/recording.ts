import { evidenceOf, type Finding } from './finding';
import {
  anyHolds,
  both,
  isOn,
  statusEvidence,
  unanswered,
  type JudgedTrail,
  type Statement,
} from './judgedTrail';
import { records, type SelectedEvent } from './selectors';

const write = (source: string, name: string): SelectedEvent => ({ source, name, readOnly: false });
const look = (source: string, name: string): SelectedEvent => ({ source, name, readOnly: true });

const general = [
  write('iam.amazonaws.com', 'CreateUser'),
  write('cloudtrail.amazonaws.com', 'StopLogging'),
  write('s3.amazonaws.com', 'PutBucketPolicy'),
  look('sts.amazonaws.com', 'AssumeRole'),
  look('ec2.amazonaws.com', 'DescribeInstances'),
];

const kms = 'kms.amazonaws.com';
const kmsEvents: SelectedEvent[] = [
  ...['Decrypt', 'GenerateDataKey', 'Encrypt', 'ReEncrypt'].map((name) => look(kms, name)),
  ...['ScheduleKeyDeletion', 'DisableKey', 'PutKeyPolicy', 'CreateGrant', 'UpdateAlias'].map(
    (name) => write(kms, name),
  ),
  { ...write(kms, 'RotateKey'), type: 'AwsServiceEvent' },
];
const rdsData = write('rdsdata.amazonaws.com', 'ExecuteStatement');

/** Does a trail that is on record management events, those that read and those that write? */
export function managementEvents(trails: readonly JudgedTrail[]): Finding {
  return finding(
    trails,
    (trail) => recordsAll(trail, general, 'management events'),
    'Record all management events: read-write type All in classic selectors, or advanced ones without readOnly and eventSource.',
  );
}

/**
 * Does a trail that is on record KMS? The trap: classic selectors can exclude kms.amazonaws.com, and
 * advanced ones ask for another eventSource; what was left out cannot be had afterwards. The RDS Data
 * API can be left out likewise, which is told and not judged.
 */
export function kmsNotExcluded(trails: readonly JudgedTrail[]): Finding {
  return finding(
    trails,
    recordsKms,
    'Take kms.amazonaws.com out of what the trail excludes (aws cloudtrail put-event-selectors). What it left out cannot be recovered.',
  );
}

/** Whether the trail is on and records the events of KMS. */
export function recordsKms(trail: JudgedTrail): Statement {
  const statement = recordsAll(trail, kmsEvents, 'every kind of KMS event');
  if (statement.holds !== true || rdsDataOf(trail) !== 'left out') return statement;
  return { ...statement, why: `${statement.why} It leaves the RDS Data API out.` };
}

function finding(
  trails: readonly JudgedTrail[],
  state: (trail: JudgedTrail) => Statement,
  remedy: string,
): Finding {
  return {
    verdict: anyHolds(trails.map(state), remedy),
    evidence: trails.flatMap((trail) => [
      statusEvidence(trail),
      evidenceOf(trail.selectors, ({ classic, advanced }) => ({
        trail: trail.facts.arn,
        selectors: JSON.stringify(advanced.length > 0 ? advanced : classic).slice(0, 1000),
        'rdsdata.amazonaws.com': rdsDataOf(trail),
      })),
    ]),
  };
}

function recordsAll(trail: JudgedTrail, events: readonly SelectedEvent[], what: string): Statement {
  const { facts, selectors } = trail;
  if ('refused' in selectors) return both(isOn(trail), unanswered(selectors.refused));
  const { answer } = selectors;
  const missed = events.filter((event) => records(answer, event) === false);
  const unsure = events.some((event) => records(answer, event) === undefined);
  const selected: Statement =
    missed.length > 0
      ? { holds: false, why: leftOut(trail, missed) }
      : unsure
        ? {
            holds: undefined,
            why: `The selectors of the trail ${facts.name} hang on more than what was called: who calls, or how. Whose events they leave out, a person must judge.`,
          }
        : { holds: true, why: `The trail ${facts.name} records ${what}.` };
  return both(isOn(trail), selected);
}

function leftOut({ facts }: JudgedTrail, missed: readonly SelectedEvent[]): string {
  const names = missed.map(({ source, name }) => `${source.split('.')[0]}:${name}`).join(', ');
  return `The selectors of the trail ${facts.name} leave out ${names}.`;
}

function rdsDataOf({ selectors }: JudgedTrail): string {
  if ('refused' in selectors) return 'unknown';
  const recorded = records(selectors.answer, rdsData);
  return recorded === undefined ? 'unknown' : recorded ? 'recorded' : 'left out';
}
