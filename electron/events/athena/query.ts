import { setTimeout as delay } from 'node:timers/promises';
import {
  GetQueryExecutionCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
  type QueryExecution,
} from '@aws-sdk/client-athena';
import { AppError } from '../../../shared/model/errors';
import type { AwsGateway, Target } from '../../aws/types';

export interface QueryPlace {
  readonly target: Target;
  readonly workGroup: string;
  /** Where the workgroup does not say it. */
  readonly outputLocation: string | undefined;
}

export interface EndedQuery {
  readonly id: string;
  readonly outputLocation: string;
  readonly bytesScanned: number;
}

/** Between two looks; longer ones where it takes long. */
const firstWaitMs = 250;
const longestWaitMs = 5000;

/**
 * Runs one statement and waits for its end; a cancelled call stops it at AWS too. Throws AppError
 * `denied` with the permission, `limit-exceeded` where the workgroup cuts it off, `aws-error` with
 * AWS's reason, and what the gateway throws.
 */
export async function runQuery(
  gateway: AwsGateway,
  { target, workGroup, outputLocation }: QueryPlace,
  sql: string,
  { signal, progress }: { signal: AbortSignal; progress?: (bytes: number, state: string) => void },
): Promise<EndedQuery> {
  const { output } = await gateway.send(
    target,
    new StartQueryExecutionCommand({
      QueryString: sql,
      WorkGroup: workGroup,
      QueryExecutionContext: { Catalog: 'AwsDataCatalog' },
      ...(outputLocation !== undefined && {
        ResultConfiguration: { OutputLocation: outputLocation },
      }),
    }),
    { signal },
  );
  const id = output.QueryExecutionId ?? '';
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 1.5, longestWaitMs)) {
    try {
      const seen = await look(id);
      const state = seen?.Status?.State ?? 'QUEUED';
      const bytesScanned = seen?.Statistics?.DataScannedInBytes ?? 0;
      progress?.(bytesScanned, state);
      if (state === 'SUCCEEDED') {
        return {
          id,
          outputLocation: seen?.ResultConfiguration?.OutputLocation ?? '',
          bytesScanned,
        };
      }
      if (state === 'FAILED' || state === 'CANCELLED') throw failureOf(seen, state);
      await delay(waitMs, undefined, { signal });
    } catch (error) {
      if (signal.aborted) await stop(id);
      throw signal.aborted ? new AppError('cancelled', 'Cancelled. The query was stopped.') : error;
    }
  }

  async function look(QueryExecutionId: string): Promise<QueryExecution | undefined> {
    const command = new GetQueryExecutionCommand({ QueryExecutionId });
    return (await gateway.send(target, command, { signal })).output.QueryExecution;
  }

  /** Without the signal, which has ended everything else. */
  async function stop(QueryExecutionId: string): Promise<void> {
    try {
      await gateway.send(target, new StopQueryExecutionCommand({ QueryExecutionId }));
    } catch (error) {
      const why = error instanceof AppError ? ` ${error.message}` : '';
      throw new AppError(
        'cancelled',
        `Cancelled, but the query ${QueryExecutionId} may go on at AWS: it could not be stopped.${why}`,
      );
    }
  }
}

/** Athena tells why in words only. */
export function failureOf(query: QueryExecution | undefined, state: string): AppError {
  const reason = query?.Status?.StateChangeReason ?? 'AWS gives no reason.';
  const detail = {
    operation: 'athena:StartQueryExecution',
    queryId: query?.QueryExecutionId ?? '',
  };
  const permission = permissionOf(reason);
  if (permission !== undefined) {
    return new AppError('denied', `Athena may not do what the query needs: ${reason}`, {
      ...detail,
      permission,
    });
  }
  if (/bytes scanned limit/i.test(reason)) {
    return new AppError(
      'limit-exceeded',
      `The workgroup ${query?.WorkGroup ?? ''} cut the query off at its limit of bytes scanned. Ask for a shorter time, or choose a workgroup with a higher limit. AWS says: ${reason}`,
      detail,
    );
  }
  const how = state === 'CANCELLED' ? 'The query was cancelled at AWS' : 'The query failed';
  return new AppError('aws-error', `${how}: ${reason}`, detail);
}

function permissionOf(reason: string): string | undefined {
  const named = /not authorized to perform:?\s+([\w-]+:\w+)/i.exec(reason)?.[1];
  if (named !== undefined) return named;
  if (/permission denied on s3 path/i.test(reason)) return 's3:GetObject';
  if (/access denied when writing output/i.test(reason)) return 's3:PutObject';
  const denied = /access denied|AccessDenied|insufficient permissions/i.test(reason);
  return denied ? 'not named by AWS' : undefined;
}
