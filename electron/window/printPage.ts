import type { BrowserWindow, NativeTheme } from 'electron';
import { AppError } from '../../shared/model/errors';
import { pdfOptions } from './pdfOptions';
import { canvasColour } from './theme';

/**
 * Makes the function that prints the window's page as PDF bytes. Throws AppError `unsupported` without
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
      return await window.webContents.printToPDF(pdfOptions(title, now()));
    } catch (cause) {
      const message = 'The page could not be printed. Try again; the log has the details.';
      throw new AppError('file-failed', message, {}, { cause });
    } finally {
      window.setBackgroundColor(canvasColour(nativeTheme));
    }
  };
}
