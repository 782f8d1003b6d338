import { createCipheriv, randomBytes } from 'node:crypto';
import {
  adviceFor,
  cachedCallsPerSecond,
  dollarsPerMillion,
  type MeasureInput,
  type MeasureResult,
  type WayId,
  type WayResult,
} from '../../shared/model/envelope/measure';
import { AppError } from '../../shared/model/errors';
import { kmsPrices } from '../../shared/model/kmsPrices';
import type { AwsGateway } from '../aws/types';
import { quotaOf } from '../aws/quotas';
import type { AskKms } from './kms/types';

/** KMS encrypts at most 4,096 bytes itself (KMS API, Encrypt). */
const maxDirectBytes = 4096;

/**
 * Encrypts random records in each way and measures every one by itself, one after the other: the latency
 * that a program would see. Calls, share of the quota and cost follow from how many requests were made.
 * KMS counts and bills them.
 */
export async function measureWays(
  input: MeasureInput,
  parts: {
    readonly gateway: AwsGateway;
    readonly askKms: AskKms;
    readonly now: () => Promise<Date>;
    readonly signal: AbortSignal;
    readonly progress: (progress: { done: number; expected: number }) => void;
  },
): Promise<MeasureResult> {
  const { askKms, gateway, signal } = parts;
  const { key, records, recordBytes } = input;
  const { EncryptCommand } = await import('@aws-sdk/client-kms');
  const record = randomBytes(recordBytes);
  const context = { purpose: 'claviger-measure' };
  const expected = records * 3;
  let done = 0;

  async function measure(one: () => Promise<void>): Promise<number[]> {
    const times: number[] = [];
    for (let count = 0; count < records; count += 1) {
      if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
      const began = performance.now();
      await one();
      times.push(performance.now() - began);
      done += 1;
      if (done % 10 === 0) parts.progress({ done, expected });
    }
    return times.sort((a, b) => a - b);
  }

  async function newKey(): Promise<Uint8Array> {
    const { plaintext } = await askKms({ op: 'generate', key, context }, signal);
    if (!plaintext) throw new AppError('bad-response', 'KMS answered without a data key.');
    return plaintext;
  }

  async function direct() {
    const command = new EncryptCommand({
      KeyId: key.keyId,
      Plaintext: record,
      EncryptionContext: context,
    });
    await gateway.send(key, command, { signal });
  }

  async function oneEnvelope() {
    const dataKey = await newKey();
    seal(record, dataKey, randomBytes(12));
    dataKey.fill(0);
  }

  let cache: { dataKey: Uint8Array; used: number; until: number } | undefined;
  let cachedCalls = 0;
  async function cachedEnvelope() {
    if (!cache || cache.used >= input.cacheRecords || performance.now() >= cache.until) {
      cache?.dataKey.fill(0);
      cachedCalls += 1;
      const until = performance.now() + input.cacheSeconds * 1000;
      cache = { dataKey: await newKey(), used: 0, until };
    }
    // One key for many records: a counter never repeats, random nonces might (SP 800-38D section 8.3).
    const nonce = Buffer.alloc(12);
    nonce.writeUInt32BE(cache.used, 8);
    cache.used += 1;
    seal(record, cache.dataKey, nonce);
  }

  const quotaPerSecond = quotaOf('kms', 'GenerateDataKey', key.region).perSecond;
  const rate = input.recordsPerSecond;
  const result = (way: WayId, times: number[], calls: number, callsPerSecond: number) => ({
    ...blank(way),
    records: times.length,
    calls,
    medianMs: at(times, 0.5),
    p95Ms: at(times, 0.95),
    p99Ms: at(times, 0.99),
    callsPerSecond,
    quotaPercent: (callsPerSecond / quotaPerSecond) * 100,
    dollarsPerMillion: dollarsPerMillion(callsPerSecond / rate),
  });

  await newKey().then((warm) => warm.fill(0)); // connection and credentials belong to no record
  const ways: WayResult[] = [
    recordBytes > maxDirectBytes
      ? {
          ...blank('direct'),
          notMeasured: `KMS encrypts at most 4,096 bytes itself; a record has ${recordBytes}.`,
        }
      : result('direct', await measure(direct), records, rate),
    result('envelope', await measure(oneEnvelope), records, rate),
  ];
  const cachedTimes = await measure(cachedEnvelope);
  cache?.dataKey.fill(0);
  ways.push(result('cached', cachedTimes, cachedCalls, cachedCallsPerSecond(rate, input)));
  const { dollarsPer10000, asOf, source } = kmsPrices;
  return {
    input,
    at: (await parts.now()).toISOString(),
    region: key.region,
    quotaPerSecond,
    ways,
    advice: adviceFor(input, ways),
    price: { dollarsPer10000, asOf, source },
  };
}

function seal(record: Uint8Array, key: Uint8Array, nonce: Uint8Array): void {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.update(record);
  cipher.final();
  cipher.getAuthTag();
}

function blank(way: WayId): WayResult {
  return {
    way,
    records: 0,
    calls: 0,
    medianMs: 0,
    p95Ms: 0,
    p99Ms: 0,
    callsPerSecond: 0,
    quotaPercent: 0,
    dollarsPerMillion: 0,
  };
}

/** Of sorted values. */
function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
