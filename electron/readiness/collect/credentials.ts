import { GenerateCredentialReportCommand, GetCredentialReportCommand } from '@aws-sdk/client-iam';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../../shared/model/errors';
import type { CredentialReport } from '../../../shared/model/readiness/posture/identities';
import type { Send } from './ask';
import { readCredentialReport } from './credentialReport';
import { needed } from './parts';

/** How long AWS may take over a report, in milliseconds. */
export interface ReportWait {
  /** Between the second question and the third; each pause is twice the one before, up to the longest. */
  readonly firstMs: number;
  readonly longestMs: number;
  /** All pauses together. */
  readonly atMostMs: number;
}

/** Of most accounts it takes some seconds, of a large one longer; the next run takes what is ready then. */
export const usualReportWait: ReportWait = { firstMs: 500, longestMs: 5000, atMostMs: 60_000 };

/**
 * Has IAM make its credential report, where there is none of the last four hours, and reads it. Only an
 * answer that says that the report is being made is waited for. Throws AppError `timeout` where it is not
 * made in time, `bad-response` and `cancelled`.
 * Source: IAM API reference, GenerateCredentialReport: State is STARTED, INPROGRESS or COMPLETE.
 */
export async function askCredentials(
  send: Send,
  options: {
    readonly signal: AbortSignal;
    readonly wait?: ReportWait | undefined;
    /** Told when it begins to wait, and when that is over. */
    readonly waits: (now: boolean) => void;
  },
): Promise<CredentialReport> {
  const { firstMs, longestMs, atMostMs } = options.wait ?? usualReportWait;
  let left = atMostMs;
  let pauseMs = 0; // a small account's report is there when it is asked for again
  try {
    while (!(await isMade(send))) {
      if (pauseMs > left) throw notMade(atMostMs);
      if (pauseMs > 0) {
        options.waits(true);
        await waited(pauseMs, options.signal);
      }
      left -= pauseMs;
      pauseMs = Math.min(longestMs, Math.max(firstMs, pauseMs * 2));
    }
  } finally {
    options.waits(false);
  }
  const { output: report } = await send(new GetCredentialReportCommand({}));
  const text = Buffer.from(needed(report.Content, getOperation, 'Content')).toString('utf8');
  return {
    madeAt: needed(report.GeneratedTime, getOperation, 'GeneratedTime').toISOString(),
    users: readCredentialReport(text),
  };
}

const makeOperation = 'iam:GenerateCredentialReport';
const getOperation = 'iam:GetCredentialReport';

async function isMade(send: Send): Promise<boolean> {
  const { output } = await send(new GenerateCredentialReportCommand({}));
  const state = needed(output.State, makeOperation, 'State');
  if (state === 'COMPLETE') return true;
  if (state === 'STARTED' || state === 'INPROGRESS') return false;
  throw new AppError('bad-response', `${makeOperation} tells a state that is not known.`, {
    operation: makeOperation,
  });
}

function notMade(atMostMs: number): AppError {
  const seconds = Math.round(atMostMs / 1000);
  return new AppError(
    'timeout',
    `AWS did not finish the credential report within ${seconds} s. It goes on making it: run the checks again in some minutes.`,
    { operation: makeOperation },
  );
}

async function waited(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(ms, undefined, { signal });
  } catch {
    throw new AppError('cancelled', 'Cancelled.');
  }
}
