import type { BrowserWindow, Dialog } from 'electron';

export type PickWhat = 'files' | 'log-files' | 'folder';

/**
 * Lets the operator pick files, log files, or one folder; gives their paths, none where nothing was picked.
 * The paths come from the native dialog alone, never from the page.
 */
export function createPickPaths({
  dialog,
  window,
}: {
  readonly dialog: Pick<Dialog, 'showOpenDialog'>;
  /** The window that the dialog belongs to; undefined where it has gone. */
  readonly window: () => BrowserWindow | undefined;
}): (what: PickWhat) => Promise<string[]> {
  return async (what) => {
    const options =
      what === 'folder'
        ? { properties: ['openDirectory' as const] }
        : {
            properties: ['openFile' as const, 'multiSelections' as const],
            filters: [
              ...(what === 'log-files' ? [{ name: 'Log files', extensions: ['gz', 'json'] }] : []),
              { name: 'All files', extensions: ['*'] },
            ],
          };
    const owner = window();
    const { canceled, filePaths } = await (owner
      ? dialog.showOpenDialog(owner, options)
      : dialog.showOpenDialog(options));
    return canceled ? [] : filePaths;
  };
}
