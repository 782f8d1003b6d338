#!/usr/bin/env node
import { setMaxListeners } from 'node:events';
import { homedir } from 'node:os';
import { version } from '../package.json';
import type { Command, CommandContext } from './command';
import { runCommandLine } from './commandLine';
import { journalCommands } from './journal/command';
import { keyCommands } from './keys/command';
import { createOpener } from './openForCommand';

const commands: readonly Command[] = [...journalCommands, ...keyCommands];

await main();

/** The process around the commands: streams, signals, exit code. */
async function main(): Promise<void> {
  const abort = new AbortController();
  setMaxListeners(0, abort.signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => abort.abort());
  }
  // The reader of a pipe may leave early (`claviger keys list | head`): that is its right, not an error.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      abort.abort();
    });
  }
  const opener = createOpener({ env: process.env, homeDir: homedir() });
  const context: CommandContext = {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    env: process.env,
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    signal: abort.signal,
    open: opener.open,
  };
  try {
    process.exitCode = await runCommandLine(process.argv.slice(2), {
      commands,
      context,
      version,
      onDefect: (error) => {
        if (process.env['CLAVIGER_DEBUG']) process.stderr.write(`${String(error)}\n`);
      },
    });
  } finally {
    await opener.close();
  }
}
