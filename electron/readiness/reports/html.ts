import type {
  ReportBlock,
  ReportCell,
  ReportText,
} from '../../../shared/model/readiness/report/blocks';
import type { ReadinessReport } from '../../../shared/model/readiness/report/report';
import { reportBlocks, reportTitle } from '../../../shared/model/readiness/report/reportBlocks';
import { verdictWords, type VerdictValue } from '../../../shared/model/verdict';
import { reportStyle } from './htmlStyle';

/** The report as one web page: no script, nothing that is fetched, fit for a screen reader and for paper. */
export async function* reportHtml(report: ReadinessReport): AsyncGenerator<string> {
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(reportTitle(report))}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
`;
  let written = '';
  for (const block of reportBlocks(report)) {
    written += blockHtml(block);
    if (written.length < chunk) continue;
    yield written;
    written = '';
    await new Promise(setImmediate);
  }
  yield `${written}</main>\n</body>\n</html>\n`;
}

const chunk = 64 * 1024;

function blockHtml(block: ReportBlock): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level} id="${escape(block.id)}">${escape(block.text)}</h${block.level}>\n`;
    case 'text':
      return `<p>${textHtml(block.text)}</p>\n`;
    case 'facts': {
      const rows = block.rows.map(
        ([label, cell]) => `<dt>${escape(label)}</dt><dd>${cellHtml(cell)}</dd>`,
      );
      return `<dl>${rows.join('\n')}</dl>\n`;
    }
    case 'table':
      return tableHtml(block);
    default:
      return block satisfies never;
  }
}

function tableHtml({ caption, columns, rows }: Extract<ReportBlock, { kind: 'table' }>): string {
  const head = columns.map((name) => `<th scope="col">${escape(name)}</th>`).join('');
  const body = rows.map(([first = '', ...cells]) => {
    const others = cells.map((cell) => `<td>${cellHtml(cell)}</td>`).join('');
    return `<tr><th scope="row">${cellHtml(first)}</th>${others}</tr>`;
  });
  return `<table><caption>${escape(caption)}</caption><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table>\n`;
}

function cellHtml(cell: ReportCell): string {
  if (!Array.isArray(cell)) return textHtml(cell as ReportText);
  return (cell as readonly ReportText[])
    .map((text) => `<span class="line">${textHtml(text)}</span>`)
    .join('');
}

function textHtml(text: ReportText): string {
  if (typeof text === 'string') return escape(text);
  if (text.kind === 'code') return `<code>${escape(text.text)}</code>`;
  const mark = marks[text.value];
  return `<span class="verdict ${text.value}"><span aria-hidden="true">${mark}</span> ${verdictWords[text.value]}</span>`;
}

/** Told apart without colour. */
const marks: Readonly<Record<VerdictValue, string>> = {
  fail: '✕',
  'cannot-tell': '?',
  stale: '◷',
  pass: '✓',
  'not-applicable': '–',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
