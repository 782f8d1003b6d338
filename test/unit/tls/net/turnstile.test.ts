import { describe, expect, it } from 'vitest';
import { createTurnstile } from '../../../../electron/tls/net/turnstile';

const never = new AbortController().signal;

describe('a turnstile', () => {
  it('lets in so many at once, in their order', async () => {
    const turnstile = createTurnstile({ atOnce: 2, pauseMs: 0, signal: never });
    const entered: number[] = [];
    const turns = [0, 1, 2, 3].map(async (one) => {
      const leave = await turnstile.enter();
      entered.push(one);
      return leave;
    });
    const leaveFirst = await turns[0];
    await turns[1];
    expect(entered).toEqual([0, 1]);
    leaveFirst?.();
    leaveFirst?.();
    await turns[2];
    expect(entered).toEqual([0, 1, 2]);
  });

  it('keeps the pause between two entries', async () => {
    const turnstile = createTurnstile({ atOnce: 8, pauseMs: 30, signal: never });
    const began = performance.now();
    await Promise.all([turnstile.enter(), turnstile.enter(), turnstile.enter()]);
    expect(performance.now() - began).toBeGreaterThanOrEqual(58);
  });

  it('lets in fewer when slowed down', async () => {
    const turnstile = createTurnstile({ atOnce: 4, pauseMs: 0, signal: never });
    turnstile.slowDown();
    turnstile.slowDown();
    const leave = await turnstile.enter();
    let second = false;
    const later = turnstile.enter().then(() => (second = true));
    await new Promise(setImmediate);
    expect(second).toBe(false);
    leave();
    await later;
    expect(second).toBe(true);
  });

  it('rejects who waits when the scan is cancelled, and who comes later', async () => {
    const cancel = new AbortController();
    const reason = new Error('enough');
    const turnstile = createTurnstile({ atOnce: 1, pauseMs: 0, signal: cancel.signal });
    await turnstile.enter();
    const waiting = turnstile.enter();
    cancel.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(turnstile.enter()).rejects.toBe(reason);
  });
});
