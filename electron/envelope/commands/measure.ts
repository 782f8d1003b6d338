import {
  measureDefaults,
  type MeasureResult,
  type WayId,
} from '../../../shared/model/envelope/measure';
import { defineCommand, exitCodes, UsageError } from '../../command';
import { numberOf } from '../../numberOption';
import { textTable } from '../../textTable';
import { keysOf, openScope, scopeOptions, scopeUsage } from './options';

const { records, recordBytes, recordsPerSecond, cacheRecords, cacheSeconds } = measureDefaults;

/** `claviger envelope measure` */
export const measure = defineCommand({
  name: 'envelope measure',
  summary: 'Measure ways to encrypt many records: latency, KMS requests, share of the quota, cost',
  usage: `Options:
  --key KEY             ARN, id or alias
  --records N           of each way (${records}); each makes requests that KMS counts and bills
  --bytes N             of one record (${recordBytes})
  --rate N              records a second of the workload (${recordsPerSecond})
  --cache-records N     a cached data key is for so many records (${cacheRecords}),
  --cache-seconds N     and for so long (${cacheSeconds})
${scopeUsage}
  --json                one JSON document (docs/envelopes.md)`,
  options: {
    ...scopeOptions,
    key: { type: 'string' },
    records: { type: 'string' },
    bytes: { type: 'string' },
    rate: { type: 'string' },
    'cache-records': { type: 'string' },
    'cache-seconds': { type: 'string' },
  },
  async run({ values }, context) {
    if (values.key === undefined) throw new UsageError('Name a key with --key.');
    const input = {
      records: numberOf('--records', values.records, [10, 2000], records),
      recordBytes: numberOf('--bytes', values.bytes, [1, 1_048_576], recordBytes),
      recordsPerSecond: numberOf('--rate', values.rate, [1, 10_000_000], recordsPerSecond),
      cacheRecords: numberOf(
        '--cache-records',
        values['cache-records'],
        [1, 1_000_000],
        cacheRecords,
      ),
      cacheSeconds: numberOf('--cache-seconds', values['cache-seconds'], [1, 86_400], cacheSeconds),
    };
    const scoped = await openScope(values, context);
    const [key] = await keysOf([values.key], scoped, context.signal);
    if (!key) throw new UsageError('Name a key with --key.');
    const result = await scoped.client.envelope.measure(
      { key, ...input },
      { signal: context.signal },
    );
    context.stdout(
      values.json
        ? `${JSON.stringify({ format: 'claviger-envelope/1', ...result }, null, 2)}\n`
        : `${textOf(result, context.columns)}\n`,
    );
    return exitCodes.ok;
  },
});

const names: Readonly<Record<WayId, string>> = {
  direct: 'KMS encrypts each record',
  envelope: 'a data key for each record',
  cached: 'a cached data key',
};

function textOf({ ways, advice, price }: MeasureResult, width: number | undefined): string {
  const rows = ways.map((way) =>
    way.notMeasured === undefined
      ? [
          names[way.way],
          way.medianMs.toFixed(2),
          way.p95Ms.toFixed(2),
          String(way.calls),
          way.callsPerSecond.toFixed(2),
          `${way.quotaPercent.toFixed(2)} %`,
          `$${way.dollarsPerMillion.toFixed(2)}`,
        ]
      : [names[way.way], '-', '-', '-', '-', '-', '-'],
  );
  const titles = ['way', 'median ms', 'p95 ms', 'requests', 'a second', 'of quota', 'a million'];
  return [
    textTable(titles, rows, width),
    '',
    ...ways.flatMap(({ notMeasured }) => notMeasured ?? []),
    ...advice,
    `KMS requests at $${price.dollarsPer10000} for 10,000 (${price.asOf}, ${price.source}).`,
  ].join('\n');
}
