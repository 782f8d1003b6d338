import { evidenceOf, fail, type Finding } from './finding';
import type { RegionEvidence } from './evidence';
import { anyHolds, isOn, statusEvidence, type JudgedTrail } from './judgedTrail';

const remedy =
  'Start logging of a trail that covers this Region, or create a multi-Region trail: aws cloudtrail start-logging --name TRAIL.';

/** Is a trail on here? One is enough. */
export function trailOn(
  trails: readonly JudgedTrail[],
  described: RegionEvidence['trails'],
): Finding {
  if (trails.length === 0) {
    const verdict = fail(
      'No trail covers this Region: what happens is in the event history for 90 days and nowhere else.',
      remedy,
    );
    return { verdict, evidence: [evidenceOf(described, () => ({ trails: '0' }))] };
  }
  return { verdict: anyHolds(trails.map(isOn), remedy), evidence: trails.map(statusEvidence) };
}
