import type { Identity } from '../../shared/contract/accounts';
import { AppError } from '../../shared/model/errors';
import type { Connections } from './types';

/** The account's time, or this machine's where the connection cannot be used at all. */
export async function timeOf(connections: Connections, connection: string): Promise<Date> {
  try {
    return await connections.now(connection);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return new Date();
  }
}

/** Who a connection is; undefined where nobody can say it, which the other calls then tell. */
export async function identityOf(
  { connections, signal }: { readonly connections: Connections; readonly signal: AbortSignal },
  connection: string,
): Promise<Identity | undefined> {
  try {
    return await connections.identify(connection, signal);
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError)) throw error;
    return undefined;
  }
}
