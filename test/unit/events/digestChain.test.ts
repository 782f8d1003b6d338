import { describe, expect, it } from 'vitest';
import { faultsOf, firstHour, hourMs, signedTrail, signingKey } from './signedTrail';

/** Five hours of digests, the newest of which ends at hour 5. */
function fiveHours() {
  const trail = signedTrail();
  for (let n = 0; n < 5; n += 1) trail.hour(n);
  return trail;
}

const at = (n: number) => firstHour + n * hourMs;

describe('a chain of digests', () => {
  it('that reaches to the present is proven', async () => {
    const report = await fiveHours().validate(6);
    expect([report.faults, report.unknowns]).toEqual([[], []]);
    expect(report.verdict.value).toBe('pass');
    expect(report.chains[0]).toMatchObject({ outside: 0, from: '2026-11-24T00:00:00Z' });
  });

  it('without its newest digests is whole, but never a pass', async () => {
    const trail = fiveHours();
    for (const key of trail.digests.slice(-2)) trail.objects.delete(key);
    const report = await trail.validate(6.5);
    expect(report.faults).toEqual([]);
    expect(report.verdict.value).toBe('cannot-tell');
    expect(report.unknowns[0]?.why).toContain('The newest digest ends at 2026-11-24T03:00:00Z');
    // Asked up to that time only, there is nothing more to prove.
    expect((await trail.validate(6.5, { until: at(3) })).verdict.value).toBe('pass');
  });

  it('without its oldest digests is never a pass, unless the time after them was asked for', async () => {
    const trail = fiveHours();
    const gone = trail.digests[1] ?? '';
    for (const key of trail.digests.slice(0, 2)) trail.objects.delete(key);
    const whole = await trail.validate(6);
    expect(whole.faults).toEqual([]);
    expect(whole.unknowns[0]).toMatchObject({ object: gone });
    expect(whole.verdict.value).toBe('cannot-tell');
    expect((await trail.validate(6, { since: at(2) })).verdict.value).toBe('pass');
    // Asked for and named by the one after it: that one is missing.
    expect(faultsOf(await trail.validate(6, { since: at(1) }))).toEqual([`missing digest ${gone}`]);
  });

  it('that begins after the asked time does not prove the time before', async () => {
    const report = await fiveHours().validate(6, { since: at(-10) });
    expect(report.unknowns[0]?.why).toContain('nothing proves the time from 2026-11-23T14:00:00');
    expect(report.verdict.value).toBe('cannot-tell');
  });

  it('that begins or ends within hours of the asked time proves no more than it covers', async () => {
    const trail = fiveHours();
    const early = await trail.validate(20, { since: at(-1), until: at(5) });
    expect(early.unknowns[0]?.why).toContain('from 2026-11-23T23:00:00.000Z to it');
    const late = await trail.validate(20, { since: at(0), until: at(7) });
    expect(late.unknowns[0]?.why).toContain('The newest digest ends at 2026-11-24T05:00:00Z');
    for (const { verdict } of [early, late]) expect(verdict.value).toBe('cannot-tell');
    // A digest covers an hour: within one there is none to wait for.
    const whole = await trail.validate(20, { since: at(0.5), until: at(5.5) });
    expect(whole.verdict.value).toBe('pass');
  });

  it('of which none lies in the asked time says so', async () => {
    const report = await fiveHours().validate(40, { since: at(20), until: at(30) });
    expect(report.chains[0]).toMatchObject({ digests: [], outside: 5 });
    expect(report.unknowns[0]?.why).toContain('None of its 5 digests lies in the asked time');
    expect(report.verdict.value).toBe('cannot-tell');
  });

  it('counts the digests outside the asked time and judges none of them', async () => {
    const trail = fiveHours();
    trail.objects.delete(trail.logs[0] ?? '');
    const report = await trail.validate(6, { since: at(2) });
    expect(report.chains[0]).toMatchObject({ outside: 2 });
    expect(report.digests).toBe(3);
    expect(report.verdict.value).toBe('pass');
  });

  it('that was begun anew after validation was off for a while tells the time without digests', async () => {
    const trail = signedTrail();
    trail.hour(0);
    trail.hour(3, { restart: true });
    trail.hour(4);
    const report = await trail.validate(5);
    expect(faultsOf(report)).toEqual([`restarted digest ${trail.digests[1]}`]);
    expect(report.faults[0]?.differs).toContainEqual({
      what: 'Time without digests',
      found: 'from 2026-11-24T01:00:00Z to 2026-11-24T03:00:00Z, 120 minutes',
    });
    expect(report.verdict.value).toBe('fail');
  });

  it('that goes on from another bucket names that bucket, and is no pass', async () => {
    const trail = signedTrail();
    const elsewhere = trail.hour(0);
    trail.objects.delete(elsewhere.key);
    trail.hour(1, { previousBucket: 'the-old-logs' });
    const report = await trail.validate(2);
    expect(report.faults).toEqual([]);
    expect(report.unknowns[0]?.why).toContain('another bucket, the-old-logs');
    expect(report.verdict.value).toBe('cannot-tell');
  });

  it('that was signed by another key is forged, with the signature that was found', async () => {
    const trail = fiveHours();
    const other = signingKey();
    const report = await trail.validate(6, {}, () => [
      { ...other.public, fingerprint: trail.signer.public.fingerprint },
    ]);
    expect(report.faults.map(({ kind }) => kind)).toEqual(trail.digests.map(() => 'forged'));
    expect(report.faults[0]?.differs.map(({ what }) => what)).toEqual([
      'Signature',
      'Where the signature stands',
      'SHA-256 of the uncompressed file',
      'Place',
      'Covers',
    ]);
  });

  it('whose log file is gone tells its place, its hash and the digest that signs for it', async () => {
    const trail = fiveHours();
    const gone = trail.logs[2] ?? '';
    trail.objects.delete(gone);
    const report = await trail.validate(6);
    expect(faultsOf(report)).toEqual([`missing log ${gone}`]);
    expect(report.faults[0]?.differs).toEqual([
      { what: 'SHA-256 of the uncompressed file', expected: report.faults[0]?.expected },
      { what: 'Place', expected: `audit-logs/${gone}`, found: 'nothing' },
      { what: 'Signed for by digest', found: trail.digests[2] },
      { what: 'Hour of that digest', found: '2026-11-24T02:00:00Z to 2026-11-24T03:00:00Z' },
      { what: 'Its events were from', expected: '2026-11-24T02:00:00Z' },
      { what: 'Its events were to', expected: '2026-11-24T02:00:00Z' },
    ]);
  });
});

describe('digests of late files', () => {
  it('are proven with the key of the time when they were made, beside the hourly ones', async () => {
    const trail = fiveHours();
    const later = signingKey();
    const generatedAt = at(24 * 60);
    trail.hour(1, { backfill: { generatedAt }, key: later });
    const asked: number[] = [];
    const report = await trail.validate(6, { until: at(6) }, ({ until = 0 }) => {
      asked.push(until);
      return until >= generatedAt ? [trail.signer.public, later.public] : [trail.signer.public];
    });
    expect(asked).toEqual([generatedAt + hourMs]);
    expect([report.faults, report.unknowns]).toEqual([[], []]);
    expect(report).toMatchObject({ digests: 6, logFiles: 6, verdict: { value: 'pass' } });
  });

  it('with a changed log file are found out as any', async () => {
    const trail = fiveHours();
    trail.hour(1, { backfill: { generatedAt: at(5) } });
    const late = trail.logs.at(-1) ?? '';
    trail.objects.set(
      late,
      trail.objects.get(trail.logs[0] ?? '') ?? { body: Buffer.alloc(0), metadata: {} },
    );
    expect(faultsOf(await trail.validate(6))).toEqual([`modified log ${late}`]);
  });
});
