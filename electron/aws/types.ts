import type { Connection, Identity } from '../../shared/contract/accounts';
import type { JournalEntry } from '../../shared/contract/journal';
import type { ErrorCode } from '../../shared/model/errors';

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
  /** Requests per second that one API may make there now; Infinity where it is not limited. */
  rateFor(operation: string, target: Target): number;
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

/** A connection the operator chose for the inventory, with its Regions. */
export interface ChosenConnection {
  readonly connection: string;
  readonly regions: readonly string[];
}

export interface MfaPrompt {
  readonly connection: string;
  readonly connectionName: string;
  /** The MFA device's ARN or serial number. */
  readonly serial: string;
}

/**
 * A call that changes something at AWS, told twice: before it is sent (`started`) and when it has
 * ended. `facts` holds which key, alias, Region or number it was about; never a policy, a plaintext
 * or key material.
 */
export interface AwsWrite {
  /** `kms:DisableKey`. */
  readonly what: string;
  readonly outcome: JournalEntry['outcome'];
  readonly facts: JournalEntry['facts'];
  /** The ARN that STS names for the connection; absent where it could not be asked. */
  readonly principal?: string;
  readonly requestId?: string;
  readonly error?: ErrorCode;
}

export interface AwsOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
  /** This machine's clock. */
  readonly now: () => Date;
  readonly practice?: PracticeEndpoint | undefined;
  readonly realAccounts: { readonly allowed: boolean; readonly reason?: string | undefined };
  /** The share of AWS's request quotas that may be used, in percent; read anew for every request. */
  readonly quotaPercent: () => number;
  readonly chosen: {
    /** Undefined where nothing was ever chosen: then the practice account is, if there is one. */
    read(): readonly ChosenConnection[] | undefined;
    write(chosen: readonly ChosenConnection[]): void;
  };
  /** Asks the operator for six digits; rejects with AppError `mfa-required` if they give up. */
  readonly askMfa: (prompt: MfaPrompt, signal: AbortSignal) => Promise<string>;
  /** Where `accounts.answerMfa` goes: `createMfaPrompts(emit)` has both functions. */
  readonly answerMfa?: (promptId: string, code: string | null) => void;
  /** Throwing on `started` stops the write from being sent. */
  readonly onWrite: (write: AwsWrite) => void;
  readonly tuning?: Partial<Tuning>;
}

/** Times and counts that tests make short. */
export interface Tuning {
  readonly connectTimeoutMs: number;
  /** From sending a request to the last byte of its answer. */
  readonly requestTimeoutMs: number;
  /** Attempts at one call that AWS throttles. */
  readonly throttledAttempts: number;
  /** Attempts at one call that fails on AWS's side or on the way. */
  readonly failedAttempts: number;
  /** Longest wait before the second attempt; it doubles for each further one. */
  readonly backoffMs: number;
  readonly maxBackoffMs: number;
  /** Requests under way at once to one Region of one connection. */
  readonly maxInFlight: number;
}
