import { gradeCaps } from './gradeCaps';
import { gradeParts } from './gradeParts';
import { gradeWarnings } from './gradeWarnings';
import type { Grade } from './judgement';
import type { Observation } from './result';
import { scanParts } from './scan';

type Letter = NonNullable<Grade['letter']>;
export type GradeReason = Grade['caps'][number];

/** Something that the grade needs and nobody knows, and how bad it could turn out. */
export interface Gap {
  /** A noun: `whether ROBOT works`. */
  readonly what: string;
  readonly reach: Letter;
}

/** What one group of rules found. */
export interface Findings {
  readonly reasons: GradeReason[];
  readonly gaps: Gap[];
}

const noParts = { protocol: null, keyExchange: null, cipherStrength: null };

/**
 * SSL Labs' Server Rating Guide, 2009r. The letter is null where something unknown could still make it
 * worse, or where a part was not asked for; `missing` names it. With F, T or M there is no score.
 */
export function gradeOf(observation: Observation): Grade {
  if (!observation.reachable) {
    return { ...empty, missing: ['a connection to the server'] };
  }
  const notAsked = scanParts.filter((part) => !observation.parts.includes(part));
  const scored = gradeParts(observation);
  const capped = gradeCaps(observation);
  const warned = gradeWarnings(observation);
  const caps = bySeverity([...capped.reasons, ...scored.reasons]);
  const warnings = warned.reasons;
  const cap = caps[0]?.letter;
  const gaps = [...capped.gaps, ...scored.gaps, ...warned.gaps];
  const open = gaps.filter(({ reach }) => severity(reach) > severity(cap ?? 'A+'));
  const missing = [
    ...notAsked.map((part) => `${partNames[part]} (not asked for)`),
    ...new Set(open.map(({ what }) => what)),
  ];
  const found = { caps, warnings, missing };
  if (missing.length > 0) return { ...empty, ...found };
  if (cap !== undefined && severity(cap) >= severity('F')) {
    return { letter: cap, score: null, parts: noParts, ...found };
  }
  const { score, parts } = scored;
  return { letter: letterOf(score ?? 0, cap, warnings.length > 0), score, parts, ...found };
}

const empty: Grade = {
  letter: null,
  score: null,
  parts: noParts,
  caps: [],
  warnings: [],
  missing: [],
};

const partNames: Readonly<Record<(typeof scanParts)[number], string>> = {
  protocols: 'the versions',
  suites: 'the suites',
  groups: 'the key exchange groups',
  certificate: 'the certificate',
  http: 'the HTTP headers',
  vulnerabilities: 'the vulnerabilities',
};

/** Who is not trusted (T) or has another name (M) has no grade to show: both stand behind F. */
const order: readonly Letter[] = ['A+', 'A', 'A-', 'B', 'C', 'D', 'E', 'F', 'M', 'T'];

/** How bad a letter is: A+ is 0, T the worst. */
export function severity(letter: Letter): number {
  return order.indexOf(letter);
}

/** The guide's table of scores; a cap only makes it worse; A+ takes neither cap nor warning. */
function letterOf(score: number, cap: Letter | undefined, warned: boolean): Letter {
  const steps: [number, Letter][] = [
    [80, 'A'],
    [65, 'B'],
    [50, 'C'],
    [35, 'D'],
    [20, 'E'],
  ];
  const byScore = steps.find(([from]) => score >= from)?.[1] ?? 'F';
  const letter = cap && severity(cap) > severity(byScore) ? cap : byScore;
  if (letter !== 'A') return letter;
  if (warned) return 'A-';
  return cap === undefined ? 'A+' : 'A';
}

function bySeverity(reasons: readonly GradeReason[]): GradeReason[] {
  return reasons.toSorted((a, b) => severity(b.letter) - severity(a.letter));
}
