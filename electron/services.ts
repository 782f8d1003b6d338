import type { AppEvent, AppInfo } from '../shared/contract/app';
import type { Settings } from '../shared/contract/settings';
import type { AwsGateway, Connections } from './aws/types';
import type { Dispatcher } from './ipc/dispatcher';
import type { Journal } from './journal/types';
import type { Store } from './store/types';

export interface ServicesOptions {
  /** The folder of database, backups and practice account; made if missing, mode 0700. */
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
  readonly version: string;
  readonly runtime: AppInfo['runtime'];
  /** With the practice account of the data folder (started, or joined where another process has it), or without. */
  readonly practice: boolean;
  readonly realAccounts: { readonly allowed: boolean; readonly reason?: string | undefined };
  /** Stands in for the operator's stored choice of connections, and is not stored (command line). */
  readonly chosen?: readonly { connection: string; regions: string[] }[] | undefined;
  readonly host: Host;
  readonly now?: () => Date;
  /** One line for the log; no secret is in it. */
  readonly log: (level: 'info' | 'warn' | 'error', message: string, error?: unknown) => void;
}

/** What window and command line do differently. */
export interface Host {
  /** Asks the operator where, then writes atomically with mode 0600; gives the path, or null if none was picked. */
  saveFile(file: {
    suggestedName: string;
    content: AsyncIterable<string> | Iterable<string>;
  }): Promise<string | null>;
  copyText(text: string): void | Promise<void>;
  /** Opens an https page of the allow-list; throws AppError `bad-request` for any other. */
  openExternal(url: string): void | Promise<void>;
  /** Told the settings once the services are open and after every change (the window's theme follows). */
  settingsChanged?(settings: Settings): void;
}

/** Everything behind the contract, put together; what is not behind the dispatcher is for commands and tests. */
export interface Services {
  readonly dispatcher: Dispatcher;
  /** Tells every open `app.watch`. */
  emit(event: AppEvent): void;
  readonly store: Store;
  readonly journal: Journal;
  readonly gateway: AwsGateway;
  readonly connections: Connections;
  close(): Promise<void>;
}
