import { axeViolations } from './support/axe';
import { expect, test, type App } from './support/app';

test('canaries are kept on schedule of a chosen key', async ({ launch }) => {
  test.setTimeout(150_000);
  const { page } = await launch({ at: '/envelopes?view=canaries' });
  const kept = page.getByRole('region', { name: 'Kept on schedule' });
  await kept.getByRole('button', { name: 'Keep canaries on schedule' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('checkbox', { name: 'prod/ledger' })).toBeVisible({
    timeout: 30_000,
  });
  await dialog.getByRole('checkbox', { name: 'prod/ledger' }).click();
  // The practice account's keys need no agreement.
  await expect(dialog.getByRole('checkbox', { name: 'I agree to these calls' })).toBeHidden();
  await dialog.getByLabel(/every so many days/).fill('400');
  await expect(dialog.getByText('A number of days from 1 to 366.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await dialog.getByLabel(/every so many days/).fill('30');
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save' }).click();

  const keys = kept.getByRole('list', { name: 'Keys on schedule' });
  await expect(keys).toContainText('prod/ledger');
  // By itself: half a minute after the start the schedule is looked at.
  await expect(keys).toContainText('Covered', { timeout: 60_000 });
  await expect(page.getByRole('list', { name: 'Canaries' })).toContainText('On schedule');
  expect(await axeViolations(page)).toEqual([]);
  await kept.getByRole('button', { name: 'Look now' }).click();
  await expect(kept).toContainText('Looked at');
});

/** Notifications are counted instead of shown; `click` does what the operator's click does. */
async function catchNotifications(app: App) {
  await app.electron.evaluate(({ Notification }) => {
    const shown: Electron.Notification[] = [];
    Object.assign(globalThis, { shown });
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: Electron.Notification) {
      shown.push(this);
    };
  });
  const shown = () =>
    app.electron.evaluate(() =>
      (globalThis as unknown as { shown: Electron.Notification[] }).shown.map(
        ({ title, body }) => ({
          title,
          body,
        }),
      ),
    );
  const click = () =>
    app.electron.evaluate(() => {
      const [first] = (globalThis as unknown as { shown: Electron.Notification[] }).shown;
      first?.emit('click');
    });
  return { shown, click };
}

test('a drill that is due stands beside Drills, and its notification leads to the plan', async ({
  launch,
}) => {
  test.setTimeout(180_000);
  const first = await launch({ at: '/drills/plans' });
  await first.page.getByRole('button', { name: 'New plan' }).click();
  await first.page.getByRole('button', { name: 'Make it' }).click();
  await first.page.getByLabel('Reminded days before').fill('90');
  await first.page.getByLabel('Every so many days').fill('30');
  await first.page.getByRole('button', { name: 'Save as the next version' }).click();
  const drills = first.page.getByRole('link', { name: 'Drills' });
  await expect(drills).toContainText('1 due');
  await drills.click();
  await first.page.getByRole('button', { name: 'All plans' }).click();
  await first.page.getByRole('radio', { name: 'Drills' }).click();
  const due = first.page.getByRole('region', { name: 'Due' });
  await expect(due).toContainText('The drill Quarterly standard is due on');
  expect(await axeViolations(first.page)).toEqual([]);
  await due.getByRole('button', { name: 'Open' }).click();
  await expect(first.page).toHaveURL(/drills\/plan\//);
  await first.close();

  const again = await launch({ dataDir: first.dataDir, at: '/settings' });
  const { shown, click } = await catchNotifications(again);
  await expect.poll(shown, { timeout: 90_000 }).toEqual([
    {
      title: 'Recovery drills: something is due',
      body: expect.stringContaining('Quarterly standard is due on') as unknown as string,
    },
  ]);
  await click();
  await expect(again.page).toHaveURL(/drills\/plan\//);
  await expect(
    again.page.getByRole('heading', { level: 1, name: 'Quarterly standard' }),
  ).toBeVisible();
});
