import type { EndpointEdit } from '../../../shared/model/tls/fleet';
import type { AwsAnswer, AwsCommand } from '../../aws/types';

/** Asks one service in one Region of one connection, and tells what it finds as it finds it. */
export interface Search {
  readonly region: string;
  send<I extends object, O extends object>(command: AwsCommand<I, O>): Promise<AwsAnswer<O>>;
  /** An endpoint; its host may carry a port, as `host:port` or in a URL. */
  found(endpoint: FoundEndpoint): void;
  /** Something that is there and cannot be scanned as it is, and why. */
  note(what: string, message: string): void;
}

export type FoundEndpoint = Pick<EndpointEdit, 'host' | 'name' | 'source'> &
  Partial<Pick<EndpointEdit, 'port' | 'tags' | 'clientCertificate'>>;
