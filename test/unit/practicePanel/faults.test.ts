import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFaults } from '../../../electron/practice/server/faults';
import { faultKinds, type Fault } from '../../../shared/contract/practice';

const region = 'eu-central-1';

describe('faults', () => {
  it('hit what they are meant for, and nothing else', () => {
    const faults = createFaults();
    faults.set({ operation: 'kms:Decrypt', region, kind: 'deny', every: 1 });
    expect(faults.meet('kms:Decrypt', region)).toBe('deny');
    expect(faults.meet('kms:Decrypt', 'eu-west-1')).toBeUndefined();
    expect(faults.meet('kms:Encrypt', region)).toBeUndefined();
    expect(faults.list()).toMatchObject([{ met: 1, hit: 1 }]);
  });

  it('are for a whole service, or for everything', () => {
    const faults = createFaults();
    faults.set({ operation: 'kms:*', kind: 'throttle', every: 1 });
    expect(faults.meet('kms:ListKeys', region)).toBe('throttle');
    expect(faults.meet('sts:GetCallerIdentity', region)).toBeUndefined();
    faults.set({ operation: '*', kind: 'cut', every: 1 });
    expect(faults.meet('sts:GetCallerIdentity', region)).toBe('cut');
  });

  it('go by the most exact one where several are due', () => {
    const faults = createFaults();
    faults.set({ operation: '*', kind: 'cut', every: 1 });
    faults.set({ operation: 'kms:*', kind: 'server-error', every: 1 });
    faults.set({ operation: 'kms:Decrypt', kind: 'throttle', every: 2 });
    faults.set({ operation: 'kms:Decrypt', region, kind: 'deny', every: 3 });
    const hits = Array.from({ length: 6 }, () => faults.meet('kms:Decrypt', region));
    expect(hits).toEqual(['server-error', 'throttle', 'deny', 'throttle', 'server-error', 'deny']);
  });

  it('are there once for an operation, Region and kind, and go one by one or all together', () => {
    const faults = createFaults();
    faults.set({ operation: 'kms:Decrypt', kind: 'deny', every: 1 });
    faults.set({ operation: 'kms:Decrypt', kind: 'deny', every: 4 });
    faults.set({ operation: 'kms:Decrypt', kind: 'cut', every: 1 });
    expect(faults.list().map(({ kind, every }) => [kind, every])).toEqual([
      ['deny', 4],
      ['cut', 1],
    ]);
    faults.clear({ operation: 'kms:Decrypt', kind: 'cut' });
    expect(faults.list()).toHaveLength(1);
    faults.clear();
    expect(faults.meet('kms:Decrypt', region)).toBeUndefined();
  });

  it('hit exactly every nth request that they meet, whatever else is switched on', () => {
    const fault = fc.record({
      operation: fc.constantFrom('*', 'kms:*', 'kms:Decrypt', 'kms:Encrypt'),
      kind: fc.constantFrom(...faultKinds),
      every: fc.integer({ min: 1, max: 5 }),
    });
    const calls = fc.array(fc.constantFrom('kms:Decrypt', 'kms:Encrypt', 's3:GetObject'));
    fc.assert(
      fc.property(fc.array(fault, { maxLength: 5 }), calls, (given: Fault[], made) => {
        const faults = createFaults();
        for (const one of given) faults.set(one);
        const hits = made.filter((call) => faults.meet(call, region) !== undefined).length;
        const listed = faults.list();
        expect(listed.reduce((sum, { hit }) => sum + hit, 0)).toBe(hits);
        for (const { met, hit, every } of listed) expect(hit).toBeLessThanOrEqual(met / every);
        const [only] = listed;
        if (listed.length === 1 && only) expect(only.hit).toBe(Math.floor(only.met / only.every));
      }),
    );
  });
});
