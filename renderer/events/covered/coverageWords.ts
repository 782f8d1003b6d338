import type { Coverage } from '../../../shared/model/events/coverage';

const names: Readonly<Record<Coverage['sources'][number], string>> = {
  lookup: 'the event history',
  files: 'log files',
  bucket: 'a trail’s bucket',
  athena: 'Athena',
};

/** Where the events of a Region came from. */
export function sourceWords(sources: Coverage['sources']): string {
  return sources.map((source) => names[source]).join(', ');
}

/** How long ago, in the largest unit that says something. */
export function agoWords(seconds: number): string {
  const units = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ] as const;
  for (const [size, unit] of units) {
    const count = Math.floor(seconds / size);
    if (count >= 1) return `${count} ${unit}${count === 1 ? '' : 's'}`;
  }
  return 'less than a minute';
}

/** The time line that all Regions share. */
export function spanOf(coverage: readonly Coverage[]): { from: number; to: number } {
  const times = coverage.flatMap(({ oldest, newest, gaps }) =>
    [oldest, newest, ...gaps.flatMap(({ from, to }) => [from, to])].flatMap((time) =>
      time === undefined ? [] : [Date.parse(time)],
    ),
  );
  return { from: Math.min(...times), to: Math.max(...times) };
}
