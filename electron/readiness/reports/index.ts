import type { FeatureHandlers } from '../../../shared/contract/define';
import type { readiness as readinessContract } from '../../../shared/contract/readiness';
import type { ReadinessReport, ReportFormat } from '../../../shared/model/readiness/report/report';
import { hashed } from '../../files/hashed';
import { reportCbom } from './cbom/index';
import { composeReport, type ReportParts } from './compose';
import { reportCsv } from './csv';
import { encoded } from './encoded';
import { reportHtml } from './html';
import { reportJson } from './json';
import { reportOcsf } from './ocsf';
import { packZip } from './pack';

export interface ReportHandlerParts extends ReportParts {
  readonly saveFile: (file: {
    suggestedName: string;
    content: AsyncIterable<Uint8Array>;
  }) => Promise<string | null>;
}

/** The checklist as files, and as the print view shows it. */
export function reportHandlers(
  parts: ReportHandlerParts,
): Pick<FeatureHandlers<typeof readinessContract>, 'report' | 'exportReport'> {
  return {
    report: (selection) => composeReport(parts, selection, { printed: true }),
    async exportReport({ format, ...selection }, { signal }) {
      const report = await composeReport(parts, selection);
      const { content, sha256 } = hashed(contentOf(parts, report, format, signal));
      const file = await parts.saveFile({ suggestedName: nameOf(report, format), content });
      return file === null ? null : { file, sha256: sha256() };
    },
  };
}

function contentOf(
  { board, people }: ReportParts,
  report: ReadinessReport,
  format: ReportFormat,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  const evidence = board.evidenceNow();
  const texts = {
    html: () => reportHtml(report),
    json: () => reportJson(report),
    csv: () => reportCsv(report),
    ocsf: () => reportOcsf(report),
    cbom: () => reportCbom(report, evidence),
  };
  if (format !== 'pack') return encoded(texts[format](), signal);
  return packZip({
    report,
    reports: Object.fromEntries(
      Object.entries(texts).map(([one, write]) => [fileNames[one as keyof typeof texts], write]),
    ),
    documents: board.documents,
    people,
    signal,
  });
}

const fileNames: Readonly<Record<Exclude<ReportFormat, 'pack'>, string>> = {
  html: 'report.html',
  json: 'report.json',
  csv: 'report.csv',
  ocsf: 'findings.ocsf.json',
  cbom: 'cbom.cdx.json',
};

/** `readiness-2026-11-28-pci.html`. */
function nameOf({ evaluatedAt, selection }: ReadinessReport, format: ReportFormat): string {
  const parts = ['readiness', evaluatedAt.slice(0, 10), selection.framework].filter(Boolean);
  return `${parts.join('-')}.${endings[format]}`;
}

const endings: Readonly<Record<ReportFormat, string>> = {
  html: 'html',
  json: 'json',
  csv: 'csv',
  ocsf: 'ocsf.json',
  cbom: 'cdx.json',
  pack: 'zip',
};
