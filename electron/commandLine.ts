import { parseArgs } from 'node:util';
import { AppError, toErrorInfo } from '../shared/model/errors';
import { exitCodes, UsageError, type Command, type CommandContext, type ExitCode } from './command';

export interface CommandLineOptions {
  readonly commands: readonly Command[];
  readonly context: CommandContext;
  readonly version: string;
  /** Takes what is thrown and is no AppError: a defect, whose stack is for the log only. */
  readonly onDefect: (error: unknown) => void;
}

/** Runs `claviger <feature> <verb> [options]` and gives the exit code; never throws, prints no stack trace. */
export async function runCommandLine(
  argv: readonly string[],
  { commands, context, version, onDefect }: CommandLineOptions,
): Promise<ExitCode> {
  const [first] = argv;
  if (first === '--version') {
    context.stdout(`claviger ${version}\n`);
    return exitCodes.ok;
  }
  if (first === '--help' || first === '-h' || first === 'help') {
    context.stdout(overview(commands));
    return exitCodes.ok;
  }
  const found = findCommand(commands, argv);
  if (!found) {
    context.stderr(first === undefined ? overview(commands) : noSuchCommand(commands, argv));
    return exitCodes.usage;
  }
  const { command, rest } = found;
  if (rest.some((word) => word === '--help' || word === '-h')) {
    context.stdout(help(command));
    return exitCodes.ok;
  }
  try {
    return await command.run(parse(command, rest), context);
  } catch (error) {
    if (error instanceof UsageError) {
      context.stderr(`claviger: ${error.message}\nSee: claviger ${command.name} --help\n`);
      return command.usageExitCode ?? exitCodes.usage;
    }
    if (context.signal.aborted) return exitCodes.interrupted;
    if (!(error instanceof AppError)) onDefect(error);
    const info = toErrorInfo(error);
    context.stderr(
      rest.includes('--json')
        ? `${JSON.stringify({ error: info })}\n`
        : `claviger: ${info.message}\n`,
    );
    return exitCodes.failed;
  }
}

/** The command with the most words in common: `keys list` before `keys`. */
function findCommand(
  commands: readonly Command[],
  argv: readonly string[],
): { command: Command; rest: string[] } | undefined {
  for (const words of [2, 1]) {
    const name = argv.slice(0, words).join(' ');
    const command = commands.find((candidate) => candidate.name === name);
    if (command) return { command, rest: argv.slice(words) };
  }
  return undefined;
}

function parse(command: Command, rest: string[]): Parameters<Command['run']>[0] {
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      options: { ...command.options, json: { type: 'boolean' } },
      allowPositionals: command.positionals !== undefined,
      strict: true,
    });
    return { values, positionals };
  } catch (error) {
    throw new UsageError(firstSentence(error), { cause: error });
  }
}

/** parseArgs explains at length; its first sentence names the option and what is wrong with it. */
function firstSentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split(/\.\s|\n/, 1)[0] ?? text).replace(/\.?$/, '.');
}

function noSuchCommand(commands: readonly Command[], argv: readonly string[]): string {
  const words = argv.slice(0, 2).filter((word) => !word.startsWith('-'));
  const verbs = commands.filter((command) => command.name.startsWith(`${argv[0]} `));
  const hint =
    verbs.length > 0
      ? `It has: ${verbs.map((command) => command.name).join(', ')}.`
      : 'See: claviger --help';
  return `claviger: there is no command "${words.join(' ') || argv[0]}". ${hint}\n`;
}

function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return [
    'Claviger runs AWS key operations and proves that encryption is in order.',
    '',
    'Usage: claviger <command> [options]',
    '',
    ...lines,
    '',
    'Every command takes --json (a stable format for programs) and --help.',
    'Exit codes: 0 in order, 1 failed or not in order, 2 wrong usage, 3 a part could not be read, 130 interrupted.',
    '',
  ].join('\n');
}

function help(command: Command): string {
  const names = (command.positionals ?? []).map((name) => ` <${name}>`).join('');
  return `${command.summary}\n\nUsage: claviger ${command.name}${names} [options]\n\n${command.usage.trimEnd()}\n`;
}
