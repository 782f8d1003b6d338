/** Chromium lays out nothing beyond some 33 million pixels: a million rows are taller than that. */
const tallest = 8_000_000;
/** A wheel or a key moves by less at once, in heights of what is in sight; a hand on the bar of so tall a list by more. */
const farViews = 4;

/** A list of which a part is in sight, in pixels. */
export interface TallList {
  /** Of all rows. */
  readonly height: number;
  /** Of the part in sight. */
  readonly view: number;
}

/** Where a list stands: its first pixel in sight, and how far the box is scrolled that stands for it. */
export interface TallPlace {
  readonly top: number;
  readonly boxTop: number;
}

/** How tall the box is that is scrolled in place of the list. */
export function boxHeight(height: number): number {
  return Math.min(height, tallest);
}

/** The place with a pixel of the list on top, or with the nearest that can be there. */
export function placeAt(list: TallList, wanted: number): TallPlace {
  const top = Math.round(Math.max(0, Math.min(wanted, reachOf(list.height, list))));
  return { top, boxTop: moved(top, list, list.height, boxHeight(list.height)) };
}

/**
 * Where a list stands after its box was scrolled: a step moves the rows by as many pixels, a jump to its
 * share of the list. `boxTop` is where the box belongs then: near the ends another place than was given.
 */
export function scrolledTo(list: TallList, before: TallPlace, boxTop: number): TallPlace {
  if (list.height <= tallest) return { top: boxTop, boxTop };
  const end = endOf(list);
  const step = boxTop - before.boxTop;
  if (Math.abs(step) > end) return { top: moved(boxTop, list, tallest, list.height), boxTop };
  const place = placeAt(list, before.top + step);
  // Near an end box and list go together, so that neither is there before the other.
  const near = (at: number, height: number) => at < end || at > reachOf(height, list) - end;
  return near(boxTop, tallest) || near(place.top, list.height) ? place : { ...place, boxTop };
}

/** A place in one height as a place in another: one to one near the ends, in proportion between. */
function moved(at: number, list: TallList, from: number, to: number): number {
  const end = endOf(list);
  const [reach, other] = [reachOf(from, list), reachOf(to, list)];
  if (from === to || at <= end) return at;
  if (at >= reach - end) return other - (reach - at);
  return Math.round(end + ((at - end) * (other - 2 * end)) / (reach - 2 * end));
}

function endOf({ view }: TallList): number {
  return view * farViews;
}

/** The last pixel that can be on top. */
function reachOf(height: number, { view }: TallList): number {
  return Math.max(0, height - view);
}
