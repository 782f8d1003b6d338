import { join } from 'node:path';
import { unreadName } from '../../electron/events/coverage';
import { openEventStore } from '../../electron/events/store/eventStore';
import { axeViolations } from './support/axe';
import { expect, test } from './support/app';
import { imported } from './support/eventLog';

test('from a folder of logs to the cause of a failure and the key behind it', async ({ app }) => {
  const page = await imported(app);
  await expect(page.getByRole('img', { name: /172 done, 20 denied/ })).toBeVisible();

  await page.getByRole('radio', { name: 'Triage' }).click();
  await expect(page.getByText(/mallory could not use key 1234abcd…/)).toBeVisible();
  await page.getByRole('button', { name: 'Show events' }).click();
  await expect(page.getByRole('search').getByRole('status')).toContainText('20 of 192');

  await page
    .getByRole('row', { name: /mallory/ })
    .first()
    .click();
  const drawer = page.getByRole('complementary', { name: 'Event' });
  await expect(drawer).toContainText('no identity-based policy');
  await expect(drawer.getByRole('figure')).toContainText('"eventName": "Decrypt"');
  await drawer.getByRole('button', { name: 'All its events' }).click();
  await expect(page.getByRole('search').getByRole('status')).toContainText('192 of 192');
});

test('a search and a time stand in the address and come back after a reload', async ({ app }) => {
  const page = await imported(app);
  await page.keyboard.press('/');
  await page.keyboard.type('caller:mallory');
  await expect(page.getByRole('search').getByRole('status')).toContainText('20 of 192');
  await page.getByRole('radio', { name: '24 h' }).click();
  await expect(page.getByRole('search').getByRole('status')).toContainText('10 of 192');
  await page.reload();
  await expect(page.getByRole('search').getByRole('status')).toContainText('10 of 192');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(page.getByRole('search').getByRole('status')).toContainText('192 of 192');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong with the events, ${colorScheme}`, async ({ launch }) => {
    const app = await launch({ colorScheme });
    const page = await imported(app);
    expect(await axeViolations(page)).toEqual([]);
    await page
      .getByRole('row', { name: /Decrypt/ })
      .first()
      .click();
    await expect(page.getByRole('complementary', { name: 'Event' })).toBeVisible();
    expect(await axeViolations(page), 'drawer').toEqual([]);
    for (const view of ['Triage', 'Trust']) {
      await page.getByRole('radio', { name: view }).click();
      expect(await axeViolations(page), view).toEqual([]);
    }
  });
}

test('where nothing failed, that is good news only if all is covered and something was looked at', async ({
  app,
}) => {
  const page = await imported(app);
  const search = page.getByRole('searchbox');
  // The other view is chosen before the search begins.
  await search.fill('caller:ann');
  await page.getByRole('radio', { name: 'Triage' }).click();
  await expect(page.getByText('No use of a key failed', { exact: true })).toBeVisible();
  await expect(page.getByText('172 stored events were looked at')).toBeVisible();

  const store = openEventStore(join(app.dataDir, 'events.db'), () => new Date());
  store.writeState(unreadName('111122223333', 'eu-west-1'), 'Its log files were refused.');
  store.close();
  await page.reload();
  await expect(page.getByText('No use of a key failed, as far as events are stored')).toBeVisible();
  expect(await axeViolations(page), 'not all covered').toEqual([]);
  await page.getByRole('button', { name: 'What is covered' }).click();
  await expect(page.getByRole('dialog', { name: 'What is covered' })).toContainText(
    'Its log files were refused.',
  );
  await page.keyboard.press('Escape');
  await search.fill('caller:nobody');
  await expect(page.getByText('No event to look at')).toBeVisible();
  await expect(page.getByText('No use of a key failed')).toBeHidden();
});
