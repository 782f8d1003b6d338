import type { ClavigerClient } from '../../../shared/contract/index';
import { AppError } from '../../../shared/model/errors';
import type { ReportFormat, ReportSelection } from '../../../shared/model/readiness/report/report';
import { reportTitle } from '../../../shared/model/readiness/report/reportBlocks';
import { UsageError, type CommandContext, type OpenOptions } from '../../command';
import type { PrintDocument } from '../../print/index';
import { reportHtml } from './html';

export interface ReportFile {
  readonly format: ReportFormat | 'pdf';
  readonly path: string;
}

export interface ReportWriter {
  /** What the services have to be opened with. */
  readonly host: Pick<OpenOptions, 'savePath' | 'printPage'>;
  /** Writes one file after the other; tells of each. */
  write(client: ClavigerClient, selection: ReportSelection): Promise<void>;
}

/**
 * Writes reports as the window does, where the command line says. A PDF needs an Electron: it is looked
 * for here, before anything is read. Throws UsageError where none can print.
 */
export async function prepareReports(
  files: readonly ReportFile[],
  { env, signal, stderr }: Pick<CommandContext, 'env' | 'signal' | 'stderr'>,
): Promise<ReportWriter> {
  const print = files.some(({ format }) => format === 'pdf')
    ? await withPrinter(async () => {
        const { findPrinter } = await import('../../print/index');
        return findPrinter({ env, signal, tell: stderr });
      })
    : noPrinter;
  let path = '';
  let html: Iterable<string> | AsyncIterable<string> = [];

  async function writePdf(client: ClavigerClient, selection: ReportSelection) {
    const report = await client.readiness.report(selection, { signal });
    html = reportHtml(report);
    const title = `${reportTitle(report)}, ${report.evaluatedAt}`;
    return withPrinter(() =>
      client.app.printPage({ suggestedName: 'readiness.pdf', title }, { signal }),
    );
  }

  return {
    host: { savePath: () => path, printPage: (title) => print(html, title) },
    async write(client, selection) {
      for (const file of files) {
        path = file.path;
        const written =
          file.format === 'pdf'
            ? await writePdf(client, selection)
            : await client.readiness.exportReport(
                { ...selection, format: file.format },
                { signal },
              );
        stderr(`Written: ${path}, SHA-256 ${written?.sha256 ?? ''}\n`);
      }
    },
  };
}

const noPrinter: PrintDocument = () => Promise.reject(new Error('No PDF was asked for.'));

/** That nothing here can print is no failure of a check: it ends as wrong usage does. */
async function withPrinter<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && error.code === 'unsupported') {
      throw new UsageError(error.message, { cause: error });
    }
    throw error;
  }
}
