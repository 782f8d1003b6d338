import type { PracticeEndpoint } from '../aws/types';
import type { EdgeServer } from './edge/estate';

export type SeedName = 'empty' | 'company' | 'large';

export interface PracticeOptions {
  /** The folder that keeps the account; absent: it lives in memory and ends with the server. */
  readonly stateDir?: string | undefined;
  /** 0 or absent: a free one. */
  readonly port?: number | undefined;
  /** What a new account begins with; an account that exists stays as it is. */
  readonly seed: SeedName;
  /** Absent: made at random, and kept with the account. */
  readonly credentials?:
    { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** Whether AWS's request quotas are kept (ThrottlingException). Default false. */
  readonly enforceQuotas?: boolean | undefined;
  /** Regions that the endpoint names, the first being its default; every AWS Region can be called. */
  readonly regions?: readonly string[] | undefined;
  /** The servers that load balancers, CloudFront and API Gateway name, but in an empty account. */
  readonly edgeServers?: readonly EdgeServer[] | undefined;
  /** How many keys the seed `large` makes. Default 10,000. */
  readonly largeKeys?: number | undefined;
}

/** A practice account that runs. */
export type Practice = PracticeEndpoint & {
  /** Its TLS servers, ready to be scanned. */
  readonly tlsServers: readonly EdgeServer[];
  /** Ends the server; what it acknowledged is stored. */
  close(): Promise<void>;
};
