import type { Verdict, VerdictValue } from '../../verdict';
import type { TrailCheck } from '../trailCheck';
import { alarmKinds } from './alarmKinds';
import { alarmRule } from './alarmRule';
import { bucketKey } from './bucketKey';
import { coversRegion } from './coversRegion';
import { delivery, digestDelivery, logGroup } from './delivery';
import type { RegionEvidence } from './evidence';
import { cannotTell, evidenceOf, notApplicable, type Finding } from './finding';
import { isOn, type JudgedTrail } from './judgedTrail';
import { kmsNotExcluded, managementEvents, recordsKms } from './recording';
import { trailOn } from './trailOn';
import { logFileValidation } from './validation';

const questions = {
  'trail-on': 'Is a trail on?',
  'trail-covers-region': 'Does a trail that is on cover this Region?',
  'management-events': 'Are management events recorded, those that read and those that write?',
  'kms-not-excluded': 'Are the events of KMS recorded, and not excluded?',
  'log-file-validation': 'Can log files be proven: is log file validation on?',
  delivery: 'Are log files delivered without errors?',
  'digest-delivery': 'Are digests delivered without errors?',
  'bucket-key': 'Are log files encrypted with a KMS key?',
  'log-group': 'Do events reach CloudWatch Logs, where alarms begin?',
} as const;
type QuestionId = keyof typeof questions;

/**
 * Judges what AWS said about one account and Region: every question of the report, in its order. What
 * is asked of one trail (validation, delivery, key, log group) is asked of the best one that is on and
 * records KMS; without any that is on, of none.
 */
export function judgeTrails(evidence: RegionEvidence): TrailCheck[] {
  const { trails, region, now } = evidence;
  if ('refused' in trails) {
    const verdict = cannotTell(trails.refused);
    const finding = { verdict, evidence: [evidenceOf(trails, () => ({}))] };
    return [
      ...Object.entries(questions).map(([id, question]) => ({ id, question, ...finding })),
      ...alarmKinds.map(({ id, question }) => ({ id, question, ...finding })),
    ];
  }
  const all = judged(evidence, trails.answer);
  const on = all.filter((trail) => isOn(trail).holds !== false);
  const subject = bestOf(on, now);
  const ofSome = (rule: (some: readonly JudgedTrail[]) => Finding) =>
    on.length > 0 ? rule(on) : noTrail;
  const ofOne = (rule: (one: JudgedTrail) => Finding) =>
    subject ? sure(subject, rule(subject)) : noTrail;
  const findings: Record<QuestionId, Finding> = {
    'trail-on': trailOn(all, trails),
    'trail-covers-region': ofSome((some) => coversRegion(some, region)),
    'management-events': ofSome(managementEvents),
    'kms-not-excluded': ofSome(kmsNotExcluded),
    'log-file-validation': ofOne(logFileValidation),
    delivery: ofOne((one) => delivery(one, now)),
    'digest-delivery': ofOne((one) => digestDelivery(one, now)),
    'bucket-key': ofOne(bucketKey),
    'log-group': ofOne((one) => logGroup(one, now)),
  };
  return [
    ...(Object.keys(questions) as QuestionId[]).map((id) => ({
      id,
      question: questions[id],
      ...findings[id],
    })),
    ...alarmKinds.map((kind) => ({
      id: kind.id,
      question: kind.question,
      ...alarmRule(kind, on, evidence),
    })),
  ];
}

const noTrail: Finding = {
  verdict: notApplicable('No trail is on here.'),
  evidence: [],
};

/** Nothing passes for a trail of which nobody says that it is on and what it records. */
function sure({ status, selectors }: JudgedTrail, finding: Finding): Finding {
  const unknown = [status, selectors].flatMap((asked) => ('refused' in asked ? asked.refused : []));
  return finding.verdict.value === 'pass' && unknown[0]
    ? { ...finding, verdict: cannotTell(unknown[0]) }
    : finding;
}

function judged(
  { trails, details }: RegionEvidence,
  facts: readonly JudgedTrail['facts'][],
): JudgedTrail[] {
  return facts.flatMap((one) => {
    const known = details.get(one.arn);
    return known ? { facts: one, described: trails, ...known } : [];
  });
}

/** The trail that is surest to record KMS, and of several the one that is in best order. */
function bestOf(on: readonly JudgedTrail[], now: number): JudgedTrail | undefined {
  const faults = (trail: JudgedTrail) => {
    const { holds } = recordsKms(trail);
    const rules = [
      logFileValidation(trail),
      delivery(trail, now),
      digestDelivery(trail, now),
      bucketKey(trail),
      logGroup(trail, now),
    ];
    const recording = holds === true ? 0 : holds === undefined ? 100 : 200;
    return rules.reduce((sum, { verdict }) => sum + weight(verdict), recording);
  };
  return on
    .map((trail) => ({ trail, faults: faults(trail) }))
    .sort((a, b) => a.faults - b.faults)[0]?.trail;
}

function weight({ value }: Verdict): number {
  const weights: Record<VerdictValue, number> = {
    fail: 9,
    'cannot-tell': 3,
    stale: 3,
    pass: 0,
    'not-applicable': 0,
  };
  return weights[value];
}
