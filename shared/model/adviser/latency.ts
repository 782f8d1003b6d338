import { z } from 'zod';
import type { MeasureResult, WayId } from '../envelope/measure';

/** Milliseconds that a use takes, from the usual to the slow, and whose word that is. */
export interface LatencyRange {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Latency {
  readonly source: 'measured' | 'reference';
  /** Who measured, when and where, as a sentence. */
  readonly words: string;
  readonly each: LatencyRange;
  /** Of a use that finds its data key in the cache. */
  readonly cached: LatencyRange;
}

/**
 * AWS states no latency for KMS. What users of the AWS Encryption SDK have reported is the reference
 * until there is an own measurement: 23 to 80 ms for a decryption (aws/aws-encryption-sdk-python
 * issue 430), about 50 ms for an encryption (issue 5), 300 ms on average in one Lambda function
 * (aws/aws-encryption-sdk-javascript issue 371). With a cached key only AES-256-GCM is left, at some
 * 2 GB/s on one core (docs/envelopes.md): under a millisecond for a record of 1 MB.
 */
const reference: Latency = {
  source: 'reference',
  words:
    'Reference, not measured by you: AWS states no latency for KMS. Users of the AWS Encryption SDK have reported from 23 ms for a decryption to 300 ms in a Lambda function (aws-encryption-sdk-python issues 5 and 430, aws-encryption-sdk-javascript issue 371). With a cached data key only AES-256-GCM is left.',
  each: { fromMs: 23, toMs: 300 },
  cached: { fromMs: 0, toMs: 1 },
};

const measuredInputSchema = z.object({
  key: z.object({ connection: z.string() }),
  recordBytes: z.number(),
});

/** What was measured last under Envelopes, else the reference. */
export function latencyOf(measured: MeasureResult | null): Latency {
  if (!measured) return reference;
  const input = measuredInputSchema.safeParse(measured.input).data;
  const each = rangeOf(measured, 'envelope');
  const cached = rangeOf(measured, 'cached');
  if (!input || !each || !cached) return reference;
  const where =
    input.key.connection === 'practice'
      ? 'with the practice account on this machine: AWS’s network comes on top'
      : `from this machine to ${measured.region}: a program in the Region is nearer`;
  return {
    source: 'measured',
    words: `Measured on ${measured.at.slice(0, 10)} ${where}; records of ${input.recordBytes.toLocaleString('en')} bytes, median to 99 of 100. The first use of each cached data key takes as long as one without.`,
    each,
    cached,
  };
}

function rangeOf({ ways }: MeasureResult, id: WayId): LatencyRange | undefined {
  const way = ways.find((one) => one.way === id && one.notMeasured === undefined);
  return way && { fromMs: way.medianMs, toMs: way.p99Ms };
}
