import { basename, dirname, extname, join } from 'node:path';
import type { BrowserWindow, Dialog, FileFilter } from 'electron';
import { writeFileAtomically } from '../files/atomicWrite';

export interface SaveFileOptions {
  readonly dialog: Pick<Dialog, 'showSaveDialog'>;
  /** The window that the dialog belongs to; undefined where it has gone. */
  readonly window: () => BrowserWindow | undefined;
  /** Where the first dialog opens. */
  readonly folder: string;
}

export interface FileToSave {
  readonly suggestedName: string;
  readonly content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
}

/**
 * Lets the operator pick a place, then writes the file there: whole or not at all, mode 0600. Gives
 * the path, or null where none was picked. Throws AppError `disk-full` or `file-failed`. The path
 * comes from the native dialog alone, never from the page.
 */
export function createSaveFile(
  options: SaveFileOptions,
): (file: FileToSave) => Promise<string | null> {
  let { folder } = options;
  return async ({ suggestedName, content }) => {
    const dialogOptions = {
      defaultPath: join(folder, basename(suggestedName)),
      filters: filtersFor(extname(suggestedName)),
      properties: ['createDirectory' as const, 'showOverwriteConfirmation' as const],
    };
    const window = options.window();
    const { canceled, filePath } = await (window
      ? options.dialog.showSaveDialog(window, dialogOptions)
      : options.dialog.showSaveDialog(dialogOptions));
    if (canceled || !filePath) return null;
    await writeFileAtomically(filePath, content);
    folder = dirname(filePath);
    return filePath;
  };
}

function filtersFor(extension: string): FileFilter[] {
  const name = names[extension];
  return name ? [{ name, extensions: [extension.slice(1)] }] : [];
}

const names: Readonly<Record<string, string>> = {
  '.csv': 'Comma-separated values',
  '.json': 'JSON',
  '.html': 'Web page',
  '.pdf': 'PDF',
  '.tf': 'Terraform',
  '.zip': 'Zip archive',
};
