import { expect, test, type App } from './support/app';
import { imported } from './support/eventLog';

/** The process that holds the events; undefined where none runs. */
async function eventsProcess(app: App): Promise<number | undefined> {
  const metrics = await app.electron.evaluate(({ app: electron }) => electron.getAppMetrics());
  return metrics.find(({ name }) => name === 'Claviger events')?.pid;
}

test('the process of the events may break: it is told, starts anew, and nothing is lost', async ({
  app,
}) => {
  const page = await imported(app);
  const first = await eventsProcess(app);
  expect(first).toBeGreaterThan(0);
  const asked = page.getByRole('alert').filter({ hasText: 'ended unexpectedly' });
  // Stopped, it leaves the question unanswered until it is killed.
  process.kill(Number(first), 'SIGSTOP');
  await page.keyboard.press('/');
  await page.keyboard.type('caller:mallory');
  await expect(page).toHaveURL(/mallory/);
  process.kill(Number(first), 'SIGKILL');
  await expect(asked).toBeVisible();
  await asked.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByRole('search').getByRole('status')).toContainText('20 of 192');
  const second = await eventsProcess(app);
  expect(second).not.toBe(first);

  await app.close();
  // It ends with the program, a moment after at the latest.
  await expect(() => expect(() => process.kill(Number(second), 0)).toThrow('ESRCH')).toPass();
});
