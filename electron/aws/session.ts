import type { ServiceId } from './operations';

/** Credentials as the SDK's clients take them. They stay in this process's memory. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
  readonly accountId?: string;
}

/** One connection made ready for calls. */
export interface Session {
  /** `practice`, `environment` or `profile:NAME`. */
  readonly id: string;
  /** As in a sentence: `profile prod`. */
  readonly name: string;
  /** What to do when its credentials have run out. */
  readonly renewal: string;
  readonly useFips: boolean;
  readonly useDualstack: boolean;
  /** A PEM file of the authorities to trust in place of the usual ones. */
  readonly caBundle: string | undefined;
  /** Who pays the request quota: the account's id as far as known, else the connection's own id. */
  readonly account: string;
  /** No workload shares its request quotas, so that they may be used whole: the practice account. */
  readonly alone: boolean;
  /** An own endpoint for a service, or undefined for AWS's. */
  endpoint(service: ServiceId): string | undefined;
  /** Valid credentials: kept ones, or fresh ones where those are about to expire. */
  credentials(signal?: AbortSignal): Promise<AwsCredentials>;
  /** AWS no longer takes these: the next `credentials` gets new ones. */
  forget(credentials: AwsCredentials): void;
  /** The account's present time. */
  now(): Promise<Date>;
}
