import type { ParseArgsConfig, parseArgs } from 'node:util';
import type { ClavigerClient } from '../shared/contract/index';
import type { Services } from './services';

/** How a command ends, as the shell sees it; docs/command-line.md explains them to users. */
export const exitCodes = {
  /** Done; what was checked is in order. */
  ok: 0,
  /** It failed, or what was checked is not in order. */
  failed: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** There is an answer, but a part of it could not be read: never to be taken for a pass. */
  partial: 3,
  /** Stopped by SIGINT or SIGTERM. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Options as `node:util` parseArgs takes them. `--json` and `--help` are added to every command. */
export type CommandOptions = NonNullable<ParseArgsConfig['options']>;

export interface CommandArgs<O extends CommandOptions> {
  readonly values: ReturnType<
    typeof parseArgs<{ options: O & { json: { type: 'boolean' } } }>
  >['values'];
  readonly positionals: readonly string[];
}

/** What a command may use; nothing else of the process. */
export interface CommandContext {
  readonly stdout: (text: string) => void;
  /** For people: progress and remarks, also under `--json`. */
  readonly stderr: (text: string) => void;
  /** Asks the operator a question; undefined where nobody sits at a terminal. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Characters in a line of the terminal; undefined where stdout is none. */
  readonly columns?: number | undefined;
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** Opens the same services as the window's; closed by the command line when the command has ended. */
  readonly open: (options?: OpenOptions) => Promise<OpenedServices>;
}

export interface OpenOptions {
  /** Starts the data folder's practice account, or joins the one that a running window has. */
  readonly practice?: boolean;
  /** As if `AWS_ENDPOINT_URL` were set to it. */
  readonly endpointUrl?: string | undefined;
  /** Stands in for the operator's chosen connections in this run, and is not stored. */
  readonly chosen?: readonly { connection: string; regions: string[] }[];
  /** Stands in for the window's save dialog: the path for the next file. Without it no call writes one. */
  readonly savePath?: () => string;
  /** Stands in for the window that `app.printPage` prints. */
  readonly printPage?: (title: string) => Promise<Uint8Array>;
}

export interface OpenedServices {
  /** The contract's calls, validated as the window's are. */
  readonly client: ClavigerClient;
  readonly services: Services;
}

/**
 * One verb of the command line. `run` gives the exit code; an AppError that it throws becomes a
 * sentence on stderr (under `--json` one line `{"error": {code, message, detail}}`) and exit code 1.
 */
export interface Command<O extends CommandOptions = CommandOptions> {
  /** Feature and verb: `keys list`; a feature's only verb may be left out: `practice`. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` shows below the summary: arguments, one line an option, exit codes beyond the usual. */
  readonly usage: string;
  readonly options: O;
  /** The code for wrong usage, where it is another than the usual. */
  readonly usageExitCode?: ExitCode;
  /** Names of the arguments it takes, for `--help`; none where absent. */
  readonly positionals?: readonly string[];
  run(args: CommandArgs<O>, context: CommandContext): Promise<ExitCode>;
}

/** Gives a command's `run` the types of its own options. */
export function defineCommand<const O extends CommandOptions>(command: Command<O>): Command {
  return command;
}

/** A wrong use of the command line that parseArgs cannot see; ends with exit code 2. */
export class UsageError extends Error {}
