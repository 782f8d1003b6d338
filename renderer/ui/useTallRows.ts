import {
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  type RefObject,
} from 'react';
import { flushSync } from 'react-dom';
import { boxHeight, placeAt, scrolledTo, type TallPlace } from './tallScroll';

/** Rows that are made beyond either edge of what is in sight. */
const beyond = 6;
/** Milliseconds without scrolling. */
const restMs = 200;

export interface TallRowsOptions {
  readonly count: number;
  /** Pixels, as is `head`: the height of what covers the upper edge. */
  readonly rowHeight: number;
  readonly head: number;
  /** Another number is another list: it begins at the top. */
  readonly list: number;
  /**
   * Grows by as many rows as came in above what is in sight: that stays where it is, unless the top
   * of the list is in sight.
   */
  readonly origin: number;
  /** Index of the row that is on top at first. */
  readonly begin: number;
}

/** Which rows to make, and where. */
export interface TallRows {
  /** Indexes from `first` on, up to `end` and without it. */
  readonly first: number;
  readonly end: number;
  /** What is taken from a row's place in the list to have its place in the box, in pixels. */
  readonly lift: number;
  readonly boxHeight: number;
  /** Indexes of the first and the last row in sight. */
  readonly top: number;
  readonly bottom: number;
  /** Pixels. */
  readonly width: number;
  /** Brings a row into sight; what is in sight stays. */
  readonly show: (index: number) => void;
}

/**
 * The rows in sight of a list of equally tall ones, however many there are: a million cost what fifty
 * do. (A general virtual list keeps a size for each row, and ends where Chromium's layout does.)
 */
export function useTallRows(
  scroller: RefObject<HTMLElement | null>,
  { count, rowHeight, head, list, origin, begin }: TallRowsOptions,
): TallRows {
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [first, setFirst] = useState(begin);
  const [lift, setLift] = useState(0);
  const place = useRef<TallPlace>({ top: begin * rowHeight, boxTop: 0 });
  const tall = { height: count * rowHeight, view: Math.max(rowHeight, size.height - head) };
  const seen = useRef({ list, origin, rowHeight, height: 0, view: 0 });

  function put(next: TallPlace): void {
    const element = scroller.current;
    if (!element) return;
    element.scrollTo({ top: next.boxTop });
    keep({ top: next.top, boxTop: element.scrollTop });
  }

  function keep(next: TallPlace): void {
    place.current = next;
    setFirst(Math.floor(next.top / rowHeight));
    setLift(next.top - next.boxTop);
  }

  const measure = useEffectEvent(() => {
    const element = scroller.current;
    if (element) setSize({ width: element.clientWidth, height: element.clientHeight });
  });
  const onScroll = useEffectEvent(() => {
    const boxTop = scroller.current?.scrollTop ?? 0;
    const next = scrolledTo(tall, place.current, boxTop);
    // Within this frame: rows that come a frame late are seen as a gap.
    flushSync(() => (next.boxTop === boxTop ? keep(next) : put(next)));
  });
  const settle = useEffectEvent(() => {
    const next = placeAt(tall, place.current.top);
    if (next.boxTop !== place.current.boxTop) put(next);
  });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    // It tells once at first, before anything is painted.
    const observer = new ResizeObserver(() => flushSync(() => measure()));
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let atRest: ReturnType<typeof setTimeout> | undefined;
    const scrolled = () => {
      onScroll();
      clearTimeout(atRest);
      // After steps the bar shows where they led to.
      atRest = setTimeout(() => settle(), restMs);
    };
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      element.removeEventListener('scroll', scrolled);
      clearTimeout(atRest);
    };
  }, [scroller]);

  useLayoutEffect(() => {
    const before = seen.current;
    const now = { list, origin, rowHeight, height: tall.height, view: tall.view };
    if (same(before, now)) return;
    seen.current = now;
    const { top } = place.current;
    if (before.list !== list) put(placeAt(tall, 0));
    else if (before.rowHeight !== rowHeight) {
      put(placeAt(tall, (top / before.rowHeight) * rowHeight));
    } else if (top < rowHeight) put(placeAt(tall, top));
    else put(placeAt(tall, top + (origin - before.origin) * rowHeight));
  });

  function show(index: number): void {
    const { top } = place.current;
    const at = index * rowHeight;
    if (at < top) put(placeAt(tall, at));
    else if (at + rowHeight > top + tall.view) put(placeAt(tall, at + rowHeight - tall.view));
  }

  const bottom = Math.min(count - 1, first + Math.ceil(tall.view / rowHeight));
  return {
    first: Math.max(0, first - beyond),
    end: Math.min(count, bottom + 1 + beyond),
    top: first,
    bottom,
    lift,
    boxHeight: boxHeight(tall.height),
    width: size.width,
    show,
  };
}

function same<T extends object>(a: T, b: T): boolean {
  return (Object.keys(a) as (keyof T)[]).every((name) => a[name] === b[name]);
}
