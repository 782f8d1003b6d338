import { useMemo } from 'react';
import { frameworkIds, type FrameworkId } from '../../shared/model/readiness/frameworks';
import { groupIds, type GroupId } from '../../shared/model/readiness/groups';
import { verdictValues, type VerdictValue } from '../../shared/model/verdict';
import { navigate, usePlace } from '../app/location';

/** Where the operator is on the checklist, as the URL hash says it. */
export interface ReadinessPlace {
  readonly search: string;
  readonly verdicts: readonly VerdictValue[];
  readonly groups: readonly GroupId[];
  readonly framework?: FrameworkId | undefined;
  /** The check whose drawer is open, and the thing of it that is looked at. */
  readonly check?: string | undefined;
  readonly subject?: string | undefined;
}

/** `q=...&verdict=fail&group=keys&framework=pci&check=rotation-on&subject=...`. */
export function formatReadinessPlace(place: ReadinessPlace): string {
  const params = new URLSearchParams();
  if (place.search !== '') params.set('q', place.search);
  for (const verdict of place.verdicts) params.append('verdict', verdict);
  for (const group of place.groups) params.append('group', group);
  if (place.framework) params.set('framework', place.framework);
  if (place.check) params.set('check', place.check);
  if (place.check && place.subject) params.set('subject', place.subject);
  return params.toString();
}

/** Reads such a text; what it does not know is left out, never an error. */
export function parseReadinessPlace(text: string): ReadinessPlace {
  const params = new URLSearchParams(text);
  const all = (name: string) => new Set(params.getAll(name));
  const check = params.get('check') ?? undefined;
  return {
    search: (params.get('q') ?? '').slice(0, 200),
    verdicts: verdictValues.filter((verdict) => all('verdict').has(verdict)),
    groups: groupIds.filter((group) => all('group').has(group)),
    framework: frameworkIds.find((framework) => framework === params.get('framework')),
    check,
    subject: check === undefined ? undefined : (params.get('subject') ?? undefined),
  };
}

/** The present place, and the function that changes parts of it; with `replace` back does not stop here. */
export function useReadinessPlace(): [
  ReadinessPlace,
  (change: Partial<ReadinessPlace>, replace?: boolean) => void,
] {
  const { search } = usePlace();
  return useMemo(() => {
    const place = parseReadinessPlace(search);
    const go = (change: Partial<ReadinessPlace>, replace = false) => {
      const text = formatReadinessPlace({ ...place, ...change });
      navigate(text ? `/readiness?${text}` : '/readiness', { replace });
    };
    return [place, go];
  }, [search]);
}
