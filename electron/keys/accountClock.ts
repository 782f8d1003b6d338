import type { Connections } from '../aws/types';

/** The account's clock without asking it each time: the practice account's may be moved away from ours. */
export async function accountClock(
  connections: Connections,
  connection: string,
  now: () => Date,
): Promise<() => string> {
  const account = await connections.now(connection).catch(now);
  const offsetMs = account.getTime() - now().getTime();
  return () => new Date(now().getTime() + offsetMs).toISOString();
}
