import type { Facet } from './facet';
import type { KeyRow } from './key';
import { policyVerdict, tagsVerdict } from './keyVerdictAccess';
import { day, defaultVerdictOptions, type VerdictOptions } from './keyVerdictParts';
import { rotationVerdict } from './keyVerdictRotation';
import { materialVerdict, stateVerdict } from './keyVerdictState';
import { compareVerdicts, type Verdict } from './verdict';

export type { VerdictOptions } from './keyVerdictParts';

/** The checks that every key gets, in the order in which they are shown. */
export const keyChecks = ['state', 'rotation', 'material', 'policy', 'tags'] as const;
export type KeyCheck = (typeof keyChecks)[number];
export type KeyVerdicts = Readonly<Record<KeyCheck, Verdict>>;

/**
 * Reads one row of the inventory by the five-valued rule: what was not told is `cannot-tell` and
 * names the permission or the call; what was read too long ago is `stale`, never `pass`.
 * `now` is the time in the account's clock.
 */
export function keyVerdicts(row: KeyRow, now: Date, options: VerdictOptions = {}): KeyVerdicts {
  const settings = { ...defaultVerdictOptions, ...options };
  if (row.change?.kind === 'gone') return everyCheck(goneVerdict(row));
  const check = (facets: readonly Facet<unknown>[], verdict: Verdict): Verdict =>
    aged(verdict, facets, now, settings.shelfLifeHours);
  return {
    state: check([row.metadata], stateVerdict(row, now)),
    rotation: check([row.metadata, row.rotation], rotationVerdict(row, now, settings)),
    material: check([row.metadata], materialVerdict(row, now, settings)),
    policy: check([row.policy], policyVerdict(row.policy)),
    tags: check([row.metadata, row.tags], tagsVerdict(row, settings)),
  };
}

/** The reading of the whole key: its worst check, named. */
export function overallVerdict(verdicts: KeyVerdicts): Verdict {
  const [worst] = keyChecks.toSorted((a, b) =>
    compareVerdicts(verdicts[a].value, verdicts[b].value),
  );
  return verdicts[worst ?? 'state'];
}

/** A pass that rests on evidence past its shelf life is `stale`; a fail stays one until it is read anew. */
function aged(
  verdict: Verdict,
  facets: readonly Facet<unknown>[],
  now: Date,
  shelfLifeHours: number,
): Verdict {
  if (verdict.value !== 'pass') return verdict;
  const times = facets.flatMap((facet) => (facet.status === 'known' ? [facet.asOf] : []));
  const oldest = times.toSorted()[0];
  const ageMs = oldest === undefined ? Number.NaN : now.getTime() - new Date(oldest).getTime();
  if (ageMs <= shelfLifeHours * 3_600_000) return verdict;
  return {
    value: 'stale',
    reason: `Last read ${oldest === undefined ? 'at an unknown time' : `on ${day(oldest)}`}: too long ago to count. Then: ${verdict.reason}`,
    remedy: 'Refresh.',
  };
}

function goneVerdict(row: KeyRow): Verdict {
  return {
    value: 'not-applicable',
    reason: `The key is gone: it is no longer listed in ${row.region}. What is shown is the last that was known.`,
  };
}

function everyCheck(verdict: Verdict): KeyVerdicts {
  return { state: verdict, rotation: verdict, material: verdict, policy: verdict, tags: verdict };
}
