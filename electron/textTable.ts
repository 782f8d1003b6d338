const gap = '  ';
/** Below this a cut name tells nothing. */
const narrowest = 12;

/**
 * Rows as text for a terminal of `width` characters, or uncut where it is undefined. Columns that do
 * not fit are left out from the right; the first is cut before it is left out.
 */
export function textTable(
  titles: readonly string[],
  lines: readonly (readonly string[])[],
  width: number | undefined,
): string {
  const grid = [
    titles.map((title) => title.toUpperCase()),
    ...lines.map((line) => line.map(printable)),
  ];
  const widths = titles.map((_, index) =>
    grid.reduce((most, line) => Math.max(most, (line[index] ?? '').length), 0),
  );
  const shown = fit(widths, width);
  return grid
    .map((line) =>
      shown
        .map((most, index) => cut(line[index] ?? '', most).padEnd(most))
        .join(gap)
        .trimEnd(),
    )
    .join('\n');
}

/** The widths of the columns that are shown. */
function fit(widths: readonly number[], width: number | undefined): number[] {
  if (width === undefined) return [...widths];
  const [first = 0, ...others] = widths;
  const shown: number[] = [];
  let left = width - Math.min(first, Math.max(narrowest, Math.floor(width / 3)));
  for (const each of others) {
    if (each + gap.length > left) break;
    shown.push(each);
    left -= each + gap.length;
  }
  const rest = width - shown.reduce((sum, each) => sum + each + gap.length, 0);
  return [Math.min(first, rest), ...shown];
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(0, most - 1))}…`;
}

/** What an operator typed into a tag must not steer a terminal. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}|\p{Cf}/gu, '\ufffd');
}
