import { AppError } from '../../../shared/model/errors';
import type { Reading, ReadingCall } from '../../../shared/model/readiness/evidence';
import { operationOf, permissionFor } from '../../aws/operations';
import { timeOf } from '../../aws/tolerant';
import type { AwsAnswer, AwsCommand, AwsGateway, Connections } from '../../aws/types';

/** Asks AWS for one connection. */
export interface Asker {
  /**
   * Reads one thing with what `read` is given, and keeps every request that it took. What AWS refuses
   * is a reading too; only a cancelled call and a defect are thrown.
   */
  readonly ask: <T>(region: string, read: (send: Send) => Promise<T>) => Promise<Reading<T>>;
}

export interface Send {
  <I extends object, O extends object>(command: AwsCommand<I, O>): Promise<AwsAnswer<O>>;
  /** Takes AWS's error of that name for an answer: undefined, as there is none of what was asked for. */
  <I extends object, O extends object>(
    command: AwsCommand<I, O>,
    absence: string,
  ): Promise<AwsAnswer<O> | undefined>;
}

export function createAsker(
  { gateway, connections }: { gateway: AwsGateway; connections: Connections },
  connection: string,
  signal: AbortSignal,
): Asker {
  return {
    async ask(region, read) {
      const calls: ReadingCall[] = [];
      async function send<I extends object, O extends object>(
        command: AwsCommand<I, O>,
        absence?: string,
      ): Promise<AwsAnswer<O> | undefined> {
        const { name: operation } = operationOf(command);
        const call = { operation, region, permission: permissionFor(operation) };
        try {
          const answer = await gateway.send({ connection, region }, command, { signal });
          const { requestId, asOf } = answer;
          calls.push({ ...call, asOf, ...(requestId !== undefined && { requestId }) });
          return answer;
        } catch (error) {
          if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
          const { requestId, awsCode } = error.detail;
          const isAbsent = absence !== undefined && awsCode === absence;
          calls.push({
            ...call,
            asOf: (await timeOf(connections, connection)).toISOString(),
            ...(typeof requestId === 'string' && { requestId }),
            ...(!isAbsent && { error: `${error.code}: ${error.message}` }),
          });
          if (isAbsent) return undefined;
          throw error;
        }
      }
      try {
        return { calls, answer: await read(send as Send) };
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
        const { code, message, detail } = error;
        const { permission } = detail;
        const missing = typeof permission === 'string' ? { permission } : {};
        return { calls, refused: { code, message, ...missing } };
      }
    },
  };
}
