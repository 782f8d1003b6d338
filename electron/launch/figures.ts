import { z } from 'zod';

/** What a benchmark leaves behind (test/bench/figures.ts). */
export const figuresSchema = z.object({
  title: z.string(),
  figures: z.array(
    z.object({
      what: z.string(),
      value: z.number(),
      unit: z.string(),
      goal: z.string().optional(),
    }),
  ),
});

/** The figures as Markdown, a section for each benchmark that says where and when it was `measured`. */
export function renderFigures(
  benchmarks: readonly z.infer<typeof figuresSchema>[],
  measured: string,
): string {
  return benchmarks
    .map(({ title, figures }) => {
      const rows = figures.map(
        ({ what, value, unit, goal }) => `| ${what} | ${format(value)} ${unit} | ${goal ?? ''} |`,
      );
      const head = ['| What | Measured | Goal |', '| --- | --- | --- |'];
      return [`## ${title}`, '', measured, '', ...head, ...rows].join('\n');
    })
    .join('\n\n');
}

const begin = '<!-- figures: written by npm run bench -- --update -->';
const end = '<!-- end of figures -->';

/**
 * Puts the sections between the page's two markers, at the end where it has none. Those of benchmarks
 * that were not run this time stay.
 */
export function replaceSections(page: string, sections: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  const none = from < 0 || to < from;
  const merged = new Map([
    ...(none ? [] : byTitle(page.slice(from + begin.length, to))),
    ...byTitle(sections),
  ]);
  const text = [...merged.keys()].sort().map((title) => merged.get(title));
  const block = `${begin}\n\n${text.join('\n\n')}\n\n${end}`;
  if (none) return `${page.trimEnd()}\n\n${block}\n`;
  return page.slice(0, from) + block + page.slice(to + end.length);
}

function byTitle(text: string): [title: string, section: string][] {
  return text
    .split(/^(?=## )/m)
    .filter((section) => section.startsWith('## '))
    .map((section) => [section.slice(3, section.indexOf('\n')), section.trim()]);
}

/** Three significant digits are what a measurement on a shared machine is worth. */
function format(value: number): string {
  return value >= 1000
    ? Math.round(value).toLocaleString('en-US')
    : String(Number(value.toPrecision(3)));
}
