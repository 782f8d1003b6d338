import type { Finding } from './finding';
import {
  anyHolds,
  both,
  isOn,
  trailEvidence,
  type JudgedTrail,
  type Statement,
} from './judgedTrail';

/** Is one of the trails that are on a multi-Region one, or of this Region? */
export function coversRegion(trails: readonly JudgedTrail[], region: string): Finding {
  return {
    verdict: anyHolds(
      trails.map((trail) => both(isOn(trail), covers(trail, region))),
      'Make the trail a multi-Region one: aws cloudtrail update-trail --name TRAIL --is-multi-region-trail.',
    ),
    evidence: trails.map((trail) =>
      trailEvidence(trail, {
        HomeRegion: trail.facts.homeRegion ?? 'not said',
        IsMultiRegionTrail: String(trail.facts.multiRegion ?? 'not said'),
      }),
    ),
  };
}

function covers({ facts }: JudgedTrail, region: string): Statement {
  const { name, homeRegion, multiRegion } = facts;
  if (multiRegion === true) {
    return { holds: true, why: `The trail ${name} covers every Region of the account.` };
  }
  if (homeRegion === region) {
    return { holds: true, why: `The trail ${name} covers this Region, and no other.` };
  }
  if (multiRegion === undefined || homeRegion === undefined) {
    return { holds: undefined, why: `AWS does not say which Regions the trail ${name} covers.` };
  }
  return { holds: false, why: `The trail ${name} covers ${homeRegion} alone.` };
}
