import type { Drill } from '../../../shared/model/drills/drill';
import type { Change, DrillEntry } from '../../../shared/model/drills/entry';
import type { Plan, PlanStep } from '../../../shared/model/drills/plan';
import type { AwsCommand } from '../../aws/types';
import type { AskKms, Canaries } from '../../envelope/index';
import type { DrillStore } from '../drillStore';
import type { Neighbours } from '../ports';
import type { Caller } from './identities';

/** What was brought to a step; it is in memory only while the step runs. */
export interface StepInputs {
  readonly mfaCode?: string | undefined;
  /** Shares of imported material, by custodian. */
  readonly shares?: readonly { readonly person: string; readonly share: Uint8Array }[] | undefined;
}

/** What a call was about, for its record. */
export interface About<O> {
  readonly resource?: string;
  readonly inputSha256?: string;
  /** AWS logs no management event of it. */
  readonly unlogged?: boolean;
  readonly read?: (output: O) => { keyMaterialId?: string | undefined; outputSha256?: string };
}

/** Where a call goes, as whom. */
export interface Place {
  readonly caller: Caller;
  readonly region: string;
}

/** What an automatic step works with: every call and every change goes through here and is written down. */
export interface StepContext {
  readonly plan: Plan;
  readonly step: PlanStep;
  readonly inputs: StepInputs;
  readonly signal: AbortSignal;
  readonly neighbours: Neighbours;
  readonly store: DrillStore;
  /** The plan’s own identity, in its Region or another. */
  readonly home: Place;
  there(region: string): Place;
  as(caller: Caller, region?: string): Place;
  identity(name: string): Promise<Caller>;
  lent(base: Caller, name: string, credentials: object): Promise<Caller>;
  drill(): Drill;
  write(...entries: DrillEntry[]): void;
  now(): Promise<string>;
  /** Sends and records. Throws AppError. */
  send<I extends object, O extends object>(
    place: Place,
    command: AwsCommand<I, O>,
    about?: About<O>,
  ): Promise<O>;
  /** KMS for envelopes as someone, on record. */
  askKms(caller: Caller): AskKms;
  /** The canaries, opened as someone, on record. */
  canaries(caller: Caller): Canaries;
  /** Sends without a record: for looking again and again whether something is through. */
  look<I extends object, O extends object>(place: Place, command: AwsCommand<I, O>): Promise<O>;
  /** Writes a change down, makes it, and writes down that it is made. Only keys of this drill are changed. */
  change<I extends object, O extends object>(
    change: Omit<Change, 'id' | 'connection' | 'region'> & { id?: string; region?: string },
    place: Place,
    command: AwsCommand<I, O>,
    made?: (output: O) => string | undefined,
    about?: About<O>,
  ): Promise<O>;
  /** The public key that shares are sealed to. */
  sealingKey(person: string): string | undefined;
  undone(kind: Change['kind'], how: string): Promise<void>;
  pass(what: string, reason: string): Promise<void>;
  fail(what: string, reason: string): Promise<void>;
  cannotTell(what: string, reason: string): Promise<void>;
  measured(what: string, since: string): Promise<number>;
  fact(name: string, value: string): Promise<void>;
  /** A fact that an earlier step left. Throws AppError `wrong-state`. */
  known(name: string): string;
  evidence(name: string, content: string): Promise<void>;
  /** Waits; the practice account’s clock is moved on instead. */
  wait(ms: number): Promise<void>;
  tell(what: string): void;
}
