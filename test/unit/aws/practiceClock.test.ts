import { expect, it } from 'vitest';
import { createPracticeClock } from '../../../electron/aws/practiceClock';

/** A machine and an account, an hour apart at first; counts how often the account is asked. */
function twoClocks() {
  const state = { machineMs: Date.UTC(2026, 0, 1), accountAheadMs: 3_600_000, asked: 0 };
  const account = {
    now() {
      state.asked += 1;
      return Promise.resolve(new Date(state.machineMs + state.accountAheadMs));
    },
  };
  const clock = createPracticeClock(account, () => new Date(state.machineMs));
  const aheadMs = async () => (await clock.now()).getTime() - state.machineMs;
  return { state, clock, aheadMs };
}

it('holds the distance of the clocks for a moment, and goes on with time', async () => {
  const { state, aheadMs } = twoClocks();
  expect(await aheadMs()).toBe(3_600_000);
  state.machineMs += 200;
  expect(await aheadMs()).toBe(3_600_000);
  expect(state.asked).toBe(1);
});

it('tells a clock that another process moved soon, and one that was moved here at once', async () => {
  const { state, clock, aheadMs } = twoClocks();
  await aheadMs();
  state.accountAheadMs += 86_400_000;
  state.machineMs += 250;
  expect(await aheadMs()).toBe(90_000_000);
  state.accountAheadMs += 86_400_000;
  clock.moved();
  expect(await aheadMs()).toBe(176_400_000);
});
