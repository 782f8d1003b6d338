import type { Connection, Identity } from '../../shared/contract/accounts';

/** A command object of any @aws-sdk client (`new DescribeKeyCommand({...})`). */
export interface AwsCommand<I extends object, O extends object> {
  readonly input: I;
  /** Never set: ties the output type to the command, as the SDK's own types do. */
  readonly resolveMiddleware: (...args: never[]) => (input: never) => Promise<{ output: O }>;
}

/** Where a call goes. */
export interface Target {
  /** A connection's id: `practice`, `environment` or `profile:NAME`. */
  readonly connection: string;
  readonly region: string;
}

/** An answer of AWS with what makes it evidence. */
export interface AwsAnswer<O> {
  readonly output: O;
  readonly requestId: string | undefined;
  /** When it came, ISO 8601 UTC, in the account's clock (the practice account has its own). */
  readonly asOf: string;
}

/**
 * The one place through which every AWS call goes: request quotas, slow-down, retries, timeouts,
 * cancellation, request ids, and errors as AppError. A call that changes something at AWS is put in
 * the journal, whatever its outcome.
 */
export interface AwsGateway {
  send<I extends object, O extends object>(
    target: Target,
    command: AwsCommand<I, O>,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<AwsAnswer<O>>;
  /** Requests per second that one API may make in one account and Region now; Infinity where it is not limited. */
  rateFor(operation: string, region: string): number;
}

/** What the inventory and later features ask about connections. */
export interface Connections {
  chosen(): Promise<readonly Connection[]>;
  find(id: string): Promise<Connection>;
  /** STS GetCallerIdentity, kept until the credentials change. */
  identify(id: string, signal?: AbortSignal): Promise<Identity>;
  /** The account's present time: this machine's clock, or the practice account's own. */
  now(id: string): Promise<Date>;
}

/** What the gateway and the connections need to know of a practice account that runs. */
export interface PracticeEndpoint {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly regions: readonly string[];
  readonly accountId: string;
  /** The practice account's present time. */
  now(): Promise<Date>;
}
