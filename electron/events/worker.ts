import { parentPort, workerData } from 'node:worker_threads';
import { serveTable, type TablePort } from './serveTable';

/** What this runs in, and the database it is for. */
function surroundings(): { port: TablePort; path: string } {
  const port = parentPort;
  if (port) {
    return {
      path: String(workerData),
      port: {
        post: (message) => port.postMessage(message),
        onMessage: (listen) => void port.on('message', listen),
        close: () => port.close(),
      },
    };
  }
  const main = (process as { parentPort?: ElectronPort }).parentPort;
  if (!main) throw new Error('events-worker runs beside the program only');
  return {
    path: process.argv.at(-1) ?? '',
    port: {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin
      post: (message) => main.postMessage(message),
      onMessage: (listen) => void main.on('message', ({ data }) => listen(data)),
      close: () => process.exit(0),
    },
  };
}

/** What Electron gives a utility process. */
interface ElectronPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
}

const { port, path } = surroundings();
serveTable(port, path);
