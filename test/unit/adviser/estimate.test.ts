import {
  assert,
  constantFrom,
  double,
  integer,
  property,
  record,
  type Arbitrary,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimate, estimateWords, secondsPerMonth } from '../../../shared/model/adviser/estimate';
import { latencyOf } from '../../../shared/model/adviser/latency';
import {
  numberFields,
  numberProblem,
  numbersSchema,
  type NumberName,
  type Numbers,
} from '../../../shared/model/adviser/numbers';
import type { KmsUse } from '../../../shared/model/adviser/scenario';
import { scenarioOf, scenarios } from '../../../shared/model/adviser/scenarios/index';
import type { MeasureResult } from '../../../shared/model/envelope/measure';
import { kmsPrices } from '../../../shared/model/kmsPrices';
import { regionsWithHigherQuota, symmetricQuotaPerSecond } from '../../../shared/model/kmsQuotas';
import { quotaOf } from '../../../electron/aws/quotas';

const asked: KmsUse = { callsPerUse: 1, counted: 'Uses a second', things: 'things' };
const base: Numbers = {
  perSecond: 500,
  keys: 3,
  regions: 2,
  region: 'us-east-1',
  gigabytes: 1000,
  kilobytesEach: 1000,
  cacheUses: 100,
  cacheSeconds: 300,
};
const estimated = (change: Partial<Numbers> = {}) => {
  const found = estimate({ ...base, ...change }, asked);
  if (!found?.cached) throw new Error('KMS is asked here, and keys are cached.');
  return { ...found, cached: found.cached };
};

const decimal = (max: number) => double({ min: 0.001, max, noNaN: true });
const anyNumbers: Arbitrary<Numbers> = record({
  perSecond: decimal(1_000_000),
  keys: integer({ min: 1, max: 1000 }),
  regions: integer({ min: 1, max: 10 }),
  region: constantFrom('us-east-1', 'eu-central-1', 'eu-south-2'),
  gigabytes: decimal(100_000),
  kilobytesEach: decimal(100_000),
  cacheUses: integer({ min: 1, max: 10_000 }),
  cacheSeconds: integer({ min: 1, max: 3600 }),
});

it('adds up what can be reckoned by hand', () => {
  const { each, cached, keyDollars, keyDollarsRotated, quotaPerSecond, things } = estimated();
  expect(quotaPerSecond).toBe(100_000);
  expect({ keyDollars, keyDollarsRotated }).toEqual({ keyDollars: 6, keyDollarsRotated: 18 });
  expect(each.callsPerMonth).toBe(500 * secondsPerMonth);
  expect(each.requestDollars).toBeCloseTo(3942, 6); // 1,314,000,000 requests at $0.03 for 10,000
  expect(each.dollarsPerMonth).toBeCloseTo(3948, 6);
  expect(each.quotaPercent).toBe(0.5);
  expect(cached.callsPerSecond).toBe(5);
  expect(things).toBe(1_000_000);
  expect(each.reopen).toEqual({ calls: 1_000_000, seconds: 10, dollars: 3 });
  expect(cached.reopen.calls).toBe(10_000);
});

it('has AWS’s quotas exactly, the same that the gateway keeps to', () => {
  for (const region of [...regionsWithHigherQuota, 'eu-south-2', 'ap-south-1']) {
    expect(quotaOf('kms', 'Decrypt', region).perSecond).toBe(symmetricQuotaPerSecond(region));
  }
  const of = (region: string) => symmetricQuotaPerSecond(region);
  expect(['us-east-1', 'us-west-2', 'eu-west-1'].map(of)).toEqual([100_000, 100_000, 100_000]);
  expect(
    [
      'us-east-2',
      'ap-southeast-1',
      'ap-southeast-2',
      'ap-northeast-1',
      'eu-central-1',
      'eu-west-2',
    ].map(of),
  ).toEqual(Array(6).fill(20_000));
  expect(of('eu-south-2')).toBe(10_000);
});

it('has a dated table of prices', () => {
  expect(kmsPrices.asOf).toMatch(/^20\d\d-\d\d$/);
  expect(kmsPrices).toMatchObject({ dollarsPerKeyMonth: 1, dollarsPer10000: 0.03 });
  expect(kmsPrices.source).toMatch(/^https:\/\/aws\.amazon\.com\//);
});

describe('costs', () => {
  const growing = ['perSecond', 'keys', 'regions', 'gigabytes'] as const;
  it.each(growing)('never fall when %s grows', (name) => {
    assert(
      property(anyNumbers, integer({ min: 2, max: 50 }), (numbers, times) => {
        const less = estimated(numbers);
        const more = estimated({ ...numbers, [name]: numbers[name] * times });
        for (const way of ['each', 'cached'] as const) {
          expect(more[way].dollarsPerMonth).toBeGreaterThanOrEqual(less[way].dollarsPerMonth);
          expect(more[way].quotaPercent).toBeGreaterThanOrEqual(less[way].quotaPercent);
          expect(more[way].reopen.dollars).toBeGreaterThanOrEqual(less[way].reopen.dollars);
        }
      }),
    );
  });

  it('never rise by caching, nor by caching longer', () => {
    assert(
      property(anyNumbers, integer({ min: 2, max: 50 }), (numbers, times) => {
        const { each, cached } = estimated(numbers);
        expect(cached.callsPerSecond).toBeLessThanOrEqual(each.callsPerSecond * (1 + 1e-9));
        expect(cached.reopen.calls).toBeLessThanOrEqual(each.reopen.calls);
        const longer = estimated({
          ...numbers,
          cacheUses: numbers.cacheUses * times,
          cacheSeconds: numbers.cacheSeconds * times,
        });
        expect(longer.cached.callsPerSecond).toBeLessThanOrEqual(cached.callsPerSecond);
      }),
    );
  });
});

it('says it where the quota does not bear a request for each use', () => {
  expect(estimateWords(estimated({ perSecond: 200_000 }))[0]).toContain('KMS would throttle it');
  expect(estimateWords(estimated({ perSecond: 20_000 })).join(' ')).toContain(
    'Cached data keys save',
  );
  expect(estimateWords(estimated({ perSecond: 1 }))[0]).toContain('KMS bears it');
});

it('estimates nothing where KMS is not asked, and no cache where none belongs', () => {
  const microservices = scenarioOf('microservices');
  expect(estimate(microservices.numbers, microservices.kms)).toBeUndefined();
  const backups = scenarioOf('backup-archives');
  expect(estimate(backups.numbers, backups.kms)?.cached).toBeUndefined();
});

describe('a typed number', () => {
  const field = (name: NumberName) => {
    const found = numberFields.find((one) => one.name === name);
    if (!found) throw new Error(`There is no field ${name}.`);
    return found;
  };

  it('has the limits of what main takes', () => {
    for (const { name, min, max, whole } of numberFields) {
      const takes = (value: number) => numbersSchema.safeParse({ ...base, [name]: value }).success;
      expect([takes(min), takes(max), takes(min - 1), takes(max + 1)], name).toEqual([
        true,
        true,
        false,
        false,
      ]);
      expect(takes(min + 0.5), name).toBe(!whole);
    }
  });

  it.each(['', ' ', 'many', '1,000', '-1', '1e999', 'NaN'])(
    'is refused with a sentence: %j',
    (text) => {
      expect(numberProblem(field('perSecond'), text)).toMatch(/^A number from 0 to 10,000,000/);
    },
  );

  it('may have decimals where it is no count', () => {
    expect(numberProblem(field('perSecond'), '0.5')).toBeUndefined();
    expect(numberProblem(field('keys'), '0.5')).toMatch(/^A whole number from 1/);
  });

  it('is right in every scenario', () => {
    for (const { numbers } of scenarios) {
      for (const one of numberFields) {
        expect(numberProblem(one, String(numbers[one.name]))).toBeUndefined();
      }
    }
  });
});

describe('latency', () => {
  const way = { records: 10, calls: 10, callsPerSecond: 1, quotaPercent: 1, dollarsPerMillion: 3 };
  const measured = (connection: string): MeasureResult => ({
    input: { key: { connection }, recordBytes: 512 },
    at: '2026-11-24T12:00:00.000Z',
    region: 'eu-central-1',
    quotaPerSecond: 20_000,
    advice: [],
    price: { dollarsPer10000: 0.03, asOf: '2026-11', source: '' },
    ways: [
      { ...way, way: 'envelope', medianMs: 12, p95Ms: 20, p99Ms: 31 },
      { ...way, way: 'cached', medianMs: 0.1, p95Ms: 0.2, p99Ms: 13 },
    ],
  });

  it('is the reference, and says so, until there is a measurement', () => {
    expect(latencyOf(null)).toMatchObject({ source: 'reference', each: { fromMs: 23, toMs: 300 } });
    expect(latencyOf(null).words).toContain('not measured by you');
  });

  it('is what was measured, with when and where', () => {
    const found = latencyOf(measured('profile:prod'));
    expect(found).toMatchObject({ source: 'measured', each: { fromMs: 12, toMs: 31 } });
    expect(found.words).toContain('Measured on 2026-11-24 from this machine to eu-central-1');
  });

  it('never passes the practice account off as AWS', () => {
    expect(latencyOf(measured('practice')).words).toContain('AWS’s network comes on top');
  });
});
