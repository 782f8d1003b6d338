import { resolve } from 'node:path';
import { reportFormats } from '../../../shared/model/readiness/report/report';
import { UsageError } from '../../command';
import type { ReportFile } from './writeReports';

/** Options of the command line that write a report; `--json` is its standard output. */
export const reportOptions = {
  html: { type: 'string' },
  csv: { type: 'string' },
  report: { type: 'string' },
  ocsf: { type: 'string' },
  cbom: { type: 'string' },
  pack: { type: 'string' },
  pdf: { type: 'string' },
} as const;

export const reportUsage = `  --html FILE           writes a report as a web page, for people and for printing
  --pdf FILE            the same as a tagged PDF, printed by the Electron that the program runs on
  --csv FILE            one record for each thing of each check
  --report FILE         the whole report as JSON, also what passes, with the hashes of all evidence
  --ocsf FILE           findings of OCSF 1.7 (Compliance Finding, class 2003)
  --cbom FILE           keys, certificates, TLS and algorithms as a CycloneDX 1.6 bill of materials
  --pack FILE           the auditor pack: one zip with all but the PDF, evidence, attachments, SHA256SUMS`;

/** The reports that are asked for; each into a file of its own. */
export function reportFiles(
  values: Readonly<Partial<Record<keyof typeof reportOptions, string | undefined>>>,
): ReportFile[] {
  const files = [...reportFormats, 'pdf' as const].flatMap((format) => {
    const path = format === 'json' ? values.report : values[format];
    return path === undefined ? [] : [{ format, path }];
  });
  for (const { path } of files) {
    if (path === '') throw new UsageError('A report needs the name of a file.');
    if (files.filter((other) => resolve(other.path) === resolve(path)).length > 1) {
      throw new UsageError(`Two reports cannot both be written to ${path}.`);
    }
  }
  return files;
}
