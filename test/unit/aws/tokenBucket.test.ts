import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { burstSeconds, createTokenBucket } from '../../../electron/aws/tokenBucket';
import { createVirtualClock } from './virtualClock';

function open(perSecond: number) {
  const clock = createVirtualClock();
  const settings = { perSecond };
  const bucket = createTokenBucket({ clock, perSecond: () => settings.perSecond });
  const went: { at: number; who: number }[] = [];
  let asked = 0;
  const ask = (signal?: AbortSignal) => {
    const who = asked++;
    return bucket.acquire(signal).then(() => void went.push({ at: clock.now(), who }));
  };
  return { clock, bucket, settings, went, ask };
}

/** The most requests of any span of time beyond what the rate allows in it. */
function mostInAnySpan(went: readonly { at: number }[], rate: number): number {
  let least = Infinity;
  let most = 0;
  for (const [index, { at }] of went.entries()) {
    const ahead = index - (rate * at) / 1000;
    least = Math.min(least, ahead);
    most = Math.max(most, ahead - least + 1);
  }
  return most;
}

describe('a token bucket', () => {
  it('lets through no more than rate and burst in any span of time, whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0.2, max: 500, noNaN: true }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 30 })), {
          minLength: 1,
          maxLength: 12,
        }),
        async (rate, arrivals) => {
          const { clock, went, ask } = open(rate);
          for (const [waitMs, count] of arrivals) {
            await clock.advance(waitMs);
            for (let each = 0; each < count; each += 1) void ask();
          }
          await clock.advance(3000);
          const burst = Math.max(1, rate * burstSeconds);
          const rounding = (2 * rate) / 1000; // timers have whole milliseconds, at both ends of a span
          expect(mostInAnySpan(went, rate)).toBeLessThanOrEqual(burst + rounding + 0.001);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lets everybody through, in the order of asking, at its full rate', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 200 }),
        async (rate, count) => {
          const { clock, went, ask } = open(rate);
          for (let each = 0; each < count; each += 1) void ask();
          // Timers have whole milliseconds, which costs up to one a token at the lowest.
          await clock.advance((count / rate) * 1000 + count + 1000);
          expect(went.map(({ who }) => who)).toEqual([...Array(count).keys()]);
          expect(clock.pending).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps its pace although timers come late', async () => {
    const { clock, went, ask } = open(1000);
    for (let each = 0; each < 2000; each += 1) void ask();
    for (let turn = 0; turn < 100; turn += 1) await clock.advance(20);
    expect(went).toHaveLength(2000);
  });

  it('makes up for half a second in which the process was held up while callers waited', async () => {
    const clock = { time: 0, timer: () => {} };
    const bucket = createTokenBucket({
      perSecond: () => 100,
      clock: {
        now: () => clock.time,
        after(_ms, work) {
          clock.timer = work;
          return () => {};
        },
      },
    });
    let went = 0;
    const ask = () => bucket.acquire().then(() => void went++);
    const heldUp = async (ms: number) => {
      clock.time += ms;
      clock.timer();
      await new Promise(setImmediate);
    };
    for (let each = 0; each < 200; each += 1) void ask();
    await heldUp(400);
    expect(went).toBe(10 + 40); // the burst at the beginning, then what came due
    await heldUp(5000);
    expect(went).toBe(50 + 50);
  });

  it('gives the place of who gives up to the next', async () => {
    const { clock, went, ask } = open(1);
    const abort = new AbortController();
    void ask();
    const second = ask(abort.signal);
    void ask();
    abort.abort();
    await expect(second).rejects.toMatchObject({ code: 'cancelled' });
    await clock.advance(1000);
    expect(went).toEqual([
      { at: 0, who: 0 },
      { at: 1000, who: 2 },
    ]);
  });

  it('does not let in who gave up before asking', async () => {
    const { ask } = open(10);
    await expect(ask(AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('sets no timer while nobody waits', async () => {
    const { clock, ask } = open(10);
    await ask();
    expect(clock.pending).toBe(0);
  });

  it('follows a changed rate within a second', async () => {
    const { clock, settings, went, ask } = open(0.01);
    for (let each = 0; each < 3; each += 1) void ask();
    await clock.advance(5000);
    expect(went).toHaveLength(1);
    settings.perSecond = 100;
    await clock.advance(1100);
    expect(went).toHaveLength(3);
  });

  it('does not hold up what has no limit', async () => {
    const { went, ask } = open(Infinity);
    await Promise.all(Array.from({ length: 100 }, () => ask()));
    expect(went).toHaveLength(100);
  });
});

describe('a throttled bucket', () => {
  it('halves its rate once for one burst of throttled answers', async () => {
    const { bucket } = open(100);
    for (let each = 0; each < 20; each += 1) bucket.slowDown();
    expect(bucket.rate()).toBe(50);
  });

  it('halves it again while throttling goes on, but never stands still', async () => {
    const { clock, bucket } = open(100);
    for (let each = 0; each < 60; each += 1) {
      bucket.slowDown();
      await clock.advance(1000);
    }
    expect(bucket.rate()).toBeGreaterThan(0);
    expect(bucket.rate()).toBeLessThan(3);
  });

  it('pauses as long as AWS says', async () => {
    const { clock, bucket, went, ask } = open(100);
    bucket.slowDown(3000);
    void ask();
    await clock.advance(2999);
    expect(went).toHaveLength(0);
    await clock.advance(100);
    expect(went).toHaveLength(1);
  });

  it('recovers step by step, and no further than its rate', async () => {
    const { clock, bucket } = open(100);
    bucket.slowDown();
    const rates: number[] = [];
    for (let each = 0; each < 8; each += 1) {
      await clock.advance(1000);
      bucket.recover();
      bucket.recover();
      rates.push(Math.round(bucket.rate()));
    }
    expect(rates).toEqual([60, 70, 80, 90, 100, 100, 100, 100]);
  });
});
