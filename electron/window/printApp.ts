import { writeFile } from 'node:fs/promises';
import { app, session, WebContentsView } from 'electron';
import { printFiles } from '../print/files';
import { guardAllContents } from './guards';
import { pdfOptions } from './pdfOptions';
import { printPreferences } from './windowOptions';

/**
 * A program of its own that the command line starts: `electron dist/print FOLDER TITLE` prints the
 * document in FOLDER to a PDF beside it, without a window or a display, and ends.
 */
const [folder = '', title = ''] = process.argv.slice(-2);
const files = printFiles(folder);

app.setPath('userData', files.chromium);
// As in main.ts: root has to say --no-sandbox.
if (process.getuid?.() !== 0) app.enableSandbox();
guardAllContents(app, (_level, message) => console.error(message));
app.dock?.hide();
// Not `await`: at the top level of a module it would keep Electron from ever becoming ready.
void app.whenReady().then(start);

async function start(): Promise<void> {
  try {
    await print();
    app.exit(0);
  } catch (error) {
    console.error(error);
    app.exit(1);
  }
}

async function print(): Promise<void> {
  // A view without a window: a window needs a display.
  const view = new WebContentsView({
    webPreferences: printPreferences(session.fromPartition('print', { cache: false })),
  });
  await view.webContents.loadFile(files.document);
  await writeFile(files.pdf, await view.webContents.printToPDF(pdfOptions(title, new Date())));
}
