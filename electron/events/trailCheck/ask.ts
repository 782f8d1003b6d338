import type { Asked, Call } from '../../../shared/model/events/trail/evidence';
import { AppError } from '../../../shared/model/errors';
import { timeOf } from '../../aws/tolerant';
import type { AwsAnswer, AwsCommand, AwsGateway, Connections } from '../../aws/types';

/** Asks AWS for one connection; a refusal is an answer too, and only a cancelled call or a defect is thrown. */
export interface Asker {
  /** `pages` reads every page with what `ask` gives it, and turns them into the answer. */
  readonly ask: <T>(
    operation: string,
    region: string,
    pages: (send: Send) => Promise<T>,
  ) => Promise<Asked<T>>;
}

export type Send = <I extends object, O extends object>(command: AwsCommand<I, O>) => Promise<O>;

/** Makes an asker. A list that takes several requests is told by its last one. */
export function createAsker(
  { gateway, connections }: { gateway: AwsGateway; connections: Connections },
  connection: string,
  signal: AbortSignal,
): Asker {
  return {
    async ask(operation, region, pages) {
      let last: Pick<AwsAnswer<unknown>, 'requestId' | 'asOf'> | undefined;
      const send: Send = async (command) => {
        const answer = await gateway.send({ connection, region }, command, { signal });
        last = answer;
        return answer.output;
      };
      try {
        const answer = await pages(send);
        const asOf = last?.asOf ?? (await connections.now(connection)).toISOString();
        return { call: { operation, region, requestId: last?.requestId, asOf }, answer };
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
        const { code, message, detail } = error;
        const { requestId, permission } = detail;
        const call: Call = {
          operation,
          region,
          requestId: typeof requestId === 'string' ? requestId : undefined,
          asOf: (await timeOf(connections, connection)).toISOString(),
        };
        const missing = typeof permission === 'string' ? { permission } : {};
        return { call, refused: { code, message, ...missing } };
      }
    },
  };
}
