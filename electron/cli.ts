#!/usr/bin/env node
import { setMaxListeners } from 'node:events';
import { homedir } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { version } from '../package.json';
import { exitCodes, type Command, type CommandContext } from './command';
import { runCommandLine } from './commandLine';
import { envelopeCommands } from './envelope/command';
import { drillCommands } from './drills/command';
import { eventCommands } from './events/command';
import { journalCommands } from './journal/command';
import { keyCommands } from './keys/command';
import { adviserCommands } from './adviser/command';
import { createOpener } from './openForCommand';
import { practiceCommand } from './practice/command';
import { readinessCommands } from './readiness/command';
import { secretCommands } from './secrets/command';
import { tlsCommands } from './tls/command';

const commands: readonly Command[] = [
  ...readinessCommands,
  ...adviserCommands,
  ...keyCommands,
  ...envelopeCommands,
  ...eventCommands,
  ...drillCommands,
  ...journalCommands,
  ...secretCommands,
  ...tlsCommands,
  practiceCommand,
];

await main();

/** The process around the commands: streams, signals, exit code. */
async function main(): Promise<void> {
  // The AWS SDK's warning that it will ask for a newer Node: for us, not for who runs a command.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const abort = new AbortController();
  setMaxListeners(0, abort.signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => abort.abort());
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      abort.abort();
      // The reader of a pipe may leave early (`claviger keys list | head`): its right, not an error.
      if (error.code === 'EPIPE') return;
      process.stderr.write(`claviger: The output could not be written (${error.code}).\n`);
      process.exit(exitCodes.failed);
    });
  }
  const opener = createOpener({
    env: process.env,
    homeDir: homedir(),
    tell: (text) => void process.stderr.write(`claviger: ${text}\n`),
  });
  const context: CommandContext = {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    ask: process.stdin.isTTY ? (question) => ask(question, abort.signal) : undefined,
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

/** On stderr, so that stdout has the result and nothing else. */
async function ask(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question, { signal });
  } catch {
    return ''; // Ctrl+C or Ctrl+D: no answer is no
  } finally {
    terminal.close();
  }
}
