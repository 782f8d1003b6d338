import { expect, it } from 'vitest';
import { createTurnstile } from '../../../electron/aws/turnstile';

it('lets everybody pass in the order of asking, a few for each turn of the event loop', async () => {
  const turnstile = createTurnstile();
  const passed: number[] = [];
  let turns = 0;
  const turnOf: number[] = [];
  let counting = true;
  const count = () => {
    turns += 1;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  await Promise.all(
    Array.from({ length: 100 }, async (_, who) => {
      await turnstile.pass();
      passed.push(who);
      turnOf.push(turns);
    }),
  );
  counting = false;
  expect(passed).toEqual([...Array(100).keys()]);
  const perTurn = turnOf.map((turn) => turnOf.filter((other) => other === turn).length);
  expect(Math.max(...perTurn)).toBeLessThanOrEqual(16);
});

it('lets pass who comes later, too', async () => {
  const turnstile = createTurnstile();
  await turnstile.pass();
  await turnstile.pass();
  await Promise.all([turnstile.pass(), turnstile.pass()]);
});
