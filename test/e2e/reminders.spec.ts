import { axeViolations } from './support/axe';
import { expect, test, type App } from './support/app';

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
  await expect.poll(shown, { timeout: 120_000 }).toEqual([
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
