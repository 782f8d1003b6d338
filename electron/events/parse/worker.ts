import { parentPort } from 'node:worker_threads';
import { parseLogs, type LogToImport, type ParsedLogs } from './parseLogs';

/** The thread's own side of startParsers: lists of log files come, and go back read, in their order. */
function main(): void {
  const port = parentPort;
  if (!port) throw new Error('events-parser runs as a worker thread only');
  port.on('message', (logs: readonly LogToImport[]) => {
    const parsed = parseLogs(logs);
    port.postMessage(parsed, columnsOf(parsed));
  });
}

/** What is handed on without a copy. Bytes of files may share a buffer with others: they are copied. */
function columnsOf({ part }: ParsedLogs): ArrayBuffer[] {
  return [part.ids.words, ...Object.values(part.columns)].map(
    ({ buffer }) => buffer as ArrayBuffer,
  );
}

main();
