import type { BrowserWindow, NativeTheme } from 'electron';
import { AppError } from '../../shared/model/errors';
import { canvasColour } from './theme';

/** Inches: room for the head and the foot that Chromium prints into the margins. */
const margins = { top: 0.75, bottom: 0.7, left: 0.6, right: 0.6 };

/**
 * Makes the function that prints the window's page as PDF bytes: A4, tagged and with an outline, its
 * head with the title, its foot with the time and page numbers. Throws AppError `unsupported` without
 * a window and `file-failed` where Chromium cannot print it.
 */
export function createPrintPage(
  current: () =>
    | (Pick<BrowserWindow, 'setBackgroundColor'> & {
        readonly webContents: Pick<BrowserWindow['webContents'], 'printToPDF'>;
      })
    | undefined,
  nativeTheme: Pick<NativeTheme, 'shouldUseDarkColors'>,
  now: () => Date = () => new Date(),
): (title: string) => Promise<Uint8Array> {
  return async (title) => {
    const window = current();
    if (!window) throw new AppError('unsupported', 'There is no window to print.');
    try {
      // The window's own colour would fill the margins.
      window.setBackgroundColor('#ffffff');
      return await window.webContents.printToPDF({
        pageSize: 'A4',
        margins,
        printBackground: true,
        generateTaggedPDF: true,
        generateDocumentOutline: true,
        displayHeaderFooter: true,
        headerTemplate: line(escape(title), 'Claviger'),
        footerTemplate: line(
          `Printed ${now().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
          'Page <span class="pageNumber"></span> of <span class="totalPages"></span>',
        ),
      });
    } catch (cause) {
      const message = 'The page could not be printed. Try again; the log has the details.';
      throw new AppError('file-failed', message, {}, { cause });
    } finally {
      window.setBackgroundColor(canvasColour(nativeTheme));
    }
  };
}

/** A line across the page: Chromium's templates know no styles of the page and begin at font size 0. */
function line(left: string, right: string): string {
  const style =
    'display:flex;justify-content:space-between;gap:12pt;width:100%;margin:0 0.6in;font:7.5pt system-ui,sans-serif;color:#4b525c';
  return `<div style="${style}"><span>${left}</span><span style="white-space:nowrap">${right}</span></div>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
