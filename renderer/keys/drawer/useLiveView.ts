import { useMemo } from 'react';
import type { KeyDetail } from '../../../shared/model/key';
import { createKeyLens, type KeyView } from '../../../shared/model/keyLens';
import { useSettings } from '../../app';

/**
 * The view of the row that the drawer shows: the detail's, which was asked just now, or the table's
 * until then. What changed since the last snapshot only the table's row knows.
 */
export function useLiveView(
  detail: KeyDetail | undefined,
  view: KeyView | undefined,
): KeyView | undefined {
  const [{ environmentTag, ownerTag }] = useSettings();
  return useMemo(() => {
    if (!detail) return view;
    const now = newestTime(detail);
    const lens = createKeyLens({ now: () => now, environmentTag, ownerTag });
    const change = detail.row.change ?? view?.row.change;
    return lens(change ? { ...detail.row, change } : detail.row);
  }, [detail, view, environmentTag, ownerTag]);
}

/** The newest answer's time: the present of the account's own clock, since it was asked just now. */
function newestTime({ evidence, row }: KeyDetail): Date {
  const { metadata, rotation, tags } = row;
  const facets = [metadata, rotation, tags].flatMap((facet) => ('asOf' in facet ? facet.asOf : []));
  const times = [...evidence.map(({ asOf }) => asOf), ...facets].sort();
  return new Date(times.at(-1) ?? 0);
}
