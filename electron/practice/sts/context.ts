import type { Directory } from '../iam/directory';
import type { Members } from '../protocol/rules';
import type { Caller } from '../sigv4/verify';
import type { XmlValue } from './xml';

/** What STS works with while it answers one request. */
export interface StsContext {
  readonly caller: Caller;
  readonly region: string;
  readonly directory: Directory;
  /** The account's time, milliseconds since 1970. */
  readonly now: number;
  /** The machine's time, by which SDKs tell whether credentials have expired. */
  readonly realNow: number;
}

/** The parameters of the Query protocol, read into values and validated. */
export type StsInput = Readonly<Record<string, unknown>>;

/** A parameter that validation let through as a text. */
export function textOf(input: StsInput, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}

export interface StsOperation {
  readonly members: Members;
  /** Parameters that are numbers. */
  readonly numbers?: readonly string[];
  /** @throws AwsError */
  run(input: StsInput, context: StsContext): { readonly [name: string]: XmlValue };
}
