import { useEffect, useMemo, useState, type RefObject } from 'react';
import { selectWidth, type GridColumn } from './columns';

/** Which columns the rows show: from `from` on, up to but without `to`. The first is always shown besides. */
export interface ColumnSpan {
  readonly from: number;
  readonly to: number;
}

/** Pixels on either side of what is in sight, so that a step sideways finds its cells there. */
const margin = 200;

/**
 * The columns that lie in sight, and a little beside: `left` and `width` of the visible part in pixels.
 * The first column is held in place and counts as shown.
 */
export function columnsInSight(
  columns: readonly GridColumn[],
  left: number,
  width: number,
): ColumnSpan {
  let end = selectWidth;
  let from = 1;
  let to = 1;
  for (const [index, column] of columns.entries()) {
    const start = end;
    end += column.width;
    if (index === 0) continue;
    if (end <= left - margin) from = index + 1;
    if (start < left + width + margin) to = index + 1;
  }
  return { from, to: Math.max(from, to) };
}

/**
 * Follows the scroller sideways and in size. Cells out of sight cost as much as the others when rows
 * change by the frame, and a wide table has nearly half of them there.
 */
export function useColumnsInSight(
  scroller: RefObject<HTMLElement | null>,
  columns: readonly GridColumn[],
): ColumnSpan {
  const [place, setPlace] = useState({ left: 0, width: 2000 });
  const { from, to } = columnsInSight(columns, place.left, place.width);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const look = () => {
      const next = { left: element.scrollLeft, width: element.clientWidth };
      setPlace((now) => (now.left === next.left && now.width === next.width ? now : next));
    };
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller]);
  return useMemo(() => ({ from, to }), [from, to]);
}
