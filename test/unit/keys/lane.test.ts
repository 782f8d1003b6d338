import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBreaker } from '../../../electron/keys/breaker';
import { createLane, laneWidth } from '../../../electron/keys/lane';
import { pages } from '../../../electron/keys/paging';
import type { AwsAnswer } from '../../../electron/aws/types';

it('a lane runs every job once, in order, never more at once than its width', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(60), fc.integer({ min: 1, max: 7 }), async (count, width) => {
      const started: number[] = [];
      let running = 0;
      let most = 0;
      let ended = 0;
      await new Promise<void>((resolve) => {
        const lane = createLane<number>(
          () => width,
          async (job) => {
            started.push(job);
            most = Math.max(most, ++running);
            if (job % 3 === 0) await new Promise(setImmediate);
            running--;
            if (++ended === count) resolve();
          },
        );
        for (let job = 0; job < count; job++) lane.push(job);
        if (count === 0) resolve();
      });
      expect(started).toEqual(Array.from({ length: count }, (_, job) => job));
      expect(most).toBeLessThanOrEqual(width);
    }),
    { numRuns: 40 },
  );
});

it('a lane is wide enough for its quota and never without end', () => {
  expect(laneWidth(1)).toBe(4);
  expect(laneWidth(100)).toBe(60);
  expect(laneWidth(Infinity)).toBeLessThanOrEqual(32);
});

it('a breaker opens after failures of the way to AWS in a row, not after denials', () => {
  const breaker = createBreaker();
  const failed = (code: 'timeout' | 'denied', times: number) => {
    for (let time = 0; time < times; time++) breaker.failed({ code, message: 'No.' });
  };
  failed('denied', 100);
  failed('timeout', 7);
  breaker.answered();
  failed('timeout', 7);
  expect(breaker.open).toBeUndefined();
  failed('timeout', 1);
  expect(breaker.open).toMatchObject({
    code: 'timeout',
    message: expect.stringMatching(/^Not asked/) as string,
  });
});

it.each([
  ['no marker', [{ Truncated: true }]],
  [
    'a marker seen before',
    [
      { Truncated: true, NextMarker: 'a' },
      { Truncated: true, NextMarker: 'a' },
    ],
  ],
])('a list that goes on with %s is refused', async (_what, outputs) => {
  const rest = outputs.values();
  const ask = () =>
    Promise.resolve({
      output: rest.next().value ?? {},
      requestId: undefined,
      asOf: '',
    } as AwsAnswer<(typeof outputs)[number]>);
  const read = async () => {
    for await (const _page of pages('kms:ListKeys', ask));
  };
  await expect(read()).rejects.toMatchObject({ code: 'bad-response' });
});
