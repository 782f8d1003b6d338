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

/** The figures as Markdown, a table for each benchmark. */
export function renderFigures(benchmarks: readonly z.infer<typeof figuresSchema>[]): string {
  return benchmarks
    .map(({ title, figures }) => {
      const rows = figures.map(
        ({ what, value, unit, goal }) => `| ${what} | ${format(value)} ${unit} | ${goal ?? ''} |`,
      );
      return [`## ${title}`, '', '| What | Measured | Goal |', '| --- | --- | --- |', ...rows].join(
        '\n',
      );
    })
    .join('\n\n');
}

const begin = '<!-- figures: written by npm run bench -- --update -->';
const end = '<!-- end of figures -->';

/** Puts the section between the page's two markers, at the end where it has none. */
export function replaceSection(page: string, section: string): string {
  const block = `${begin}\n\n${section}\n\n${end}`;
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) return `${page.trimEnd()}\n\n${block}\n`;
  return page.slice(0, from) + block + page.slice(to + end.length);
}

/** Three significant digits are what a measurement on a shared machine is worth. */
function format(value: number): string {
  return value >= 1000
    ? Math.round(value).toLocaleString('en-US')
    : String(Number(value.toPrecision(3)));
}
