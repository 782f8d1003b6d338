import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const installed = fileURLToPath(new URL('../../../node_modules/electron/dist', import.meta.url));

/**
 * Lets Playwright find the runtime by way of the `electron` package. With an `executablePath` it would
 * not load its own loader, which holds the app back until Playwright has attached: without it about one
 * start in fifteen hangs for ever.
 */
export function chooseRuntime(executable: string): void {
  if (executable.startsWith(installed)) return;
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = dirname(executable);
}
