import { busyMinutes } from '../cloudtrail/history/busyMinutes';
import { hourMs } from '../cloudtrail/clockwork';
import type { EventLog, KmsCall } from '../cloudtrail/eventLog';
import type { History } from '../cloudtrail/history/history';
import type { HistoryPlan } from '../cloudtrail/history/plan';
import type { KeyRecord } from '../kms/model';
import { quotaOf } from '../kms/quotas';
import { quotaOfResource } from './metrics';

const minuteMs = 60_000;

/** KMS calls of one account and Region by the minute: its start in milliseconds, and how many. */
export interface CallCounts {
  /** Against one request quota, whatever came of them. */
  usage(resource: string, from: number, to: number): Map<number, number>;
  /** That succeeded, of one operation with one key. */
  successes(keyArn: string, operation: string, from: number, to: number): Map<number, number>;
}

export interface CallSources {
  readonly log: EventLog;
  readonly past: () => { readonly history: History; readonly plan: HistoryPlan } | undefined;
  readonly findKey: (region: string, keyId: string) => KeyRecord | undefined;
}

/** Hours of the history that stay counted: CloudWatch keeps minutes for 15 days. */
const keptHours = 2000;

/**
 * Counts the calls that the account served, those of its history, and the busy minutes that the
 * history's plan names. Gives the counts for one request, which looks at the same time again and again.
 */
export function createCallCounts({ log, past, findKey }: CallSources) {
  const hours = new Map<string, readonly KmsCall[]>();

  function hourOf(history: History, account: string, region: string, start: number) {
    const id = `${region} ${start}`;
    const kept = hours.get(id);
    if (kept) return kept;
    const calls = history.hour(account, region, start).flatMap((event): KmsCall[] => {
      if (event.eventSource !== 'kms.amazonaws.com') return [];
      return [
        {
          at: Date.parse(event.eventTime),
          name: event.eventName,
          keyArn: event.resources?.[0]?.ARN,
          failed: event.errorCode !== undefined,
        },
      ];
    });
    hours.set(id, calls);
    const [oldest] = hours.keys();
    if (hours.size > keptHours && oldest !== undefined) hours.delete(oldest);
    return calls;
  }

  function callsIn(account: string, region: string, from: number, to: number): KmsCall[] {
    const calls = [...log.kmsCalls({ account, region, from, to })];
    const history = past()?.history;
    if (history?.accountId !== account) return calls;
    const first = Math.floor(Math.max(from, history.from) / hourMs) * hourMs;
    for (let hour = first; hour < Math.min(to, history.to); hour += hourMs) {
      for (const call of hourOf(history, account, region, hour)) {
        if (call.at >= from && call.at < to) calls.push(call);
      }
    }
    return calls;
  }

  function resourceOf(region: string, { name, keyArn }: KmsCall): string {
    const key = keyArn === undefined ? undefined : findKey(region, keyArn.split('/')[1] ?? '');
    const quota = quotaOf(name, region, key, undefined).name;
    return resources[quota] ?? quota;
  }

  return (account: string, region: string): CallCounts => {
    const read = new Map<string, readonly (KmsCall & { readonly resource: string })[]>();
    const calls = (from: number, to: number) => {
      const id = `${from} ${to}`;
      const known = read.get(id);
      if (known) return known;
      const found = callsIn(account, region, from, to).map((call) => ({
        ...call,
        resource: resourceOf(region, call),
      }));
      read.set(id, found);
      return found;
    };
    return {
      usage(resource, from, to) {
        const minutes = byMinute(calls(from, to).filter((call) => call.resource === resource));
        const plan = past()?.plan;
        if (plan?.accountId !== account) return minutes;
        const quota = quotaOfResource(resource, region) * 60;
        for (const [at, share] of busyMinutes(plan, region, resource, from, to)) {
          minutes.set(at, (minutes.get(at) ?? 0) + Math.round(share * quota));
        }
        return minutes;
      },
      successes: (keyArn, operation, from, to) =>
        byMinute(
          calls(from, to).filter(
            (call) => !call.failed && call.name === operation && call.keyArn === keyArn,
          ),
        ),
    };
  };
}

/** What AWS/Usage calls the quotas that several operations share. */
const resources: Readonly<Record<string, string>> = {
  symmetric: 'CryptographicOperationsSymmetric',
  rsa: 'CryptographicOperationsRsa',
  ecc: 'CryptographicOperationsEcc',
};

function byMinute(calls: readonly KmsCall[]): Map<number, number> {
  const minutes = new Map<number, number>();
  for (const { at } of calls) {
    const minute = Math.floor(at / minuteMs) * minuteMs;
    minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
  }
  return minutes;
}
