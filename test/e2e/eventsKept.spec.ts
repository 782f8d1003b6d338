import { axeViolations } from './support/axe';
import { expect, test, type App } from './support/app';
import { imported } from './support/eventLog';
import { openPalette } from './support/palette';

/** The commands of the palette that a search leaves. */
async function palette(app: App, text: string) {
  await openPalette(app.page, text);
  return app.page.getByRole('option');
}

test('a view is kept by name, opened from bar and palette after a restart, renamed and deleted', async ({
  launch,
}) => {
  const app = await launch();
  let page = await imported(app);
  await page.keyboard.press('/');
  await page.keyboard.type('caller:mallory');
  const count = () => page.getByRole('search').getByRole('status');
  await expect(count()).toContainText('20 of 192');
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Save this view…' }).click();
  const save = page.getByRole('dialog', { name: 'Save this view' });
  await save.getByRole('textbox', { name: 'Name' }).fill('Failed decrypts');
  await expect(save).toContainText('There is a view of this name.');
  await save.getByRole('textbox', { name: 'Name' }).fill('Mallory');
  expect(await axeViolations(page), 'dialog').toEqual([]);
  await save.getByRole('textbox', { name: 'Name' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Mallory', exact: true })).toBeVisible();
  await app.close();

  const again = await launch({ dataDir: app.dataDir, homeDir: app.homeDir });
  ({ page } = again);
  await expect(page.getByRole('navigation', { name: 'Features' })).toBeVisible();
  await (await palette(again, 'Events: Mallory')).first().click();
  await expect(count()).toContainText('20 of 192');

  await page.getByRole('button', { name: 'Mallory', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Failed Decrypts' }).click();
  await expect(count()).toContainText('20 of 192');
  await expect(page).toHaveURL(/name=Decrypt&outcome=denied/);
  await page.getByRole('button', { name: 'Failed Decrypts' }).click();
  await page.getByRole('menuitem', { name: 'Rename or delete…' }).click();
  const manage = page.getByRole('dialog', { name: 'Saved views' });
  await manage.getByRole('textbox', { name: 'Name of Mallory' }).fill('The stranger');
  await manage.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Failed Decrypts' }).click();
  await expect(page.getByRole('menuitem', { name: 'The stranger' })).toBeVisible();
  await page.getByRole('menuitem', { name: 'Rename or delete…' }).click();
  await manage.getByRole('button', { name: 'Delete The stranger' }).click();
  await manage.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Failed Decrypts' }).click();
  await expect(page.getByRole('menuitem', { name: 'The stranger' })).toBeHidden();
});

test('events that are too old to keep go, and journal and coverage say so', async ({ app }) => {
  const page = await imported(app);
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page.getByText(/192 events in one raw file/)).toBeVisible();
  expect(await axeViolations(page), 'settings').toEqual([]);
  await page.getByRole('combobox', { name: 'Keep events' }).click();
  await page.getByRole('option', { name: '30 days' }).click();
  const ask = page.getByRole('dialog', { name: 'Delete 192 events?' });
  await expect(ask).toContainText('older than 30 days');
  await ask.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('192 events deleted')).toBeVisible();
  await expect(page.getByText('No events.')).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('j');
  await expect(page.getByRole('row', { name: /events\.retain/ }).first()).toBeVisible();
});

test('who still agrees on keys classically is told, exported, and leads to the events', async ({
  app,
}) => {
  const page = await imported(app);
  await page.getByRole('radio', { name: 'Post-quantum' }).click();
  await expect(
    page.getByText('One caller speaks classical key exchange only, of 2.'),
  ).toBeVisible();
  const table = page.getByRole('table', { name: 'Callers by key exchange' });
  await expect(table.getByRole('row').nth(1)).toContainText('mallory');
  expect(await axeViolations(page)).toEqual([]);
  await table.getByRole('button', { name: 'Show events of mallory' }).click();
  await expect(page.getByRole('search').getByRole('status')).toContainText('20 of 192');
});

test('from a bar of the histogram to the cause and to the key, on by the keyboard', async ({
  app,
}) => {
  const page = await imported(app);
  const histogram = page.getByRole('img', { name: /172 done, 20 denied/ });
  const box = await histogram.boundingBox();
  if (!box) throw new Error('The histogram has no place.');
  await page.mouse.move(box.x + box.width * 0.1, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.4, box.y + 20);
  await page.mouse.up();
  await expect(page).toHaveURL(/since=.*until=/);
  // The rows of before stay until those of the brushed hours are read: a click in between meets another event.
  await expect(page.getByRole('search').getByRole('status')).not.toContainText('192 of 192');
  await page
    .getByRole('row', { name: /Access denied/ })
    .first()
    .click();
  const drawer = page.getByRole('complementary', { name: 'Event' });
  await expect(drawer).toContainText('no identity-based policy');
  await expect(drawer.getByRole('list', { name: /Changes and failures/ })).toContainText(
    'Decrypt: access denied',
  );
  const place = page.url();
  await page.keyboard.press('j');
  await expect(page).not.toHaveURL(place);
  await page.keyboard.press('k');
  await expect(page).toHaveURL(place);
  await drawer.getByRole('button', { name: 'All its events' }).click();
  await expect(page.getByRole('search').getByRole('status')).toContainText('192 of 192');
});

test('request quotas of the practice account are checked, and what is covered is shown', async ({
  app,
}) => {
  const page = await imported(app);
  await page.getByRole('radio', { name: 'Triage' }).click();
  await page.getByRole('button', { name: 'Check the quotas' }).click();
  const home = page.getByRole('region', { name: /Request quotas of .*eu-central-1/ });
  await expect(home).toContainText('ListGrants', { timeout: 120_000 });
  await expect(home.getByRole('img', { name: /CryptographicOperationsSymmetric/ })).toBeVisible();
  await expect(page.getByText(/CloudTrail alone does not prove/).first()).toBeVisible();
  expect(await axeViolations(page), 'quotas').toEqual([]);
  await page.getByRole('button', { name: /192 stored/ }).click();
  const covered = page.getByRole('dialog', { name: 'What is covered' });
  await expect(covered).toContainText('192 events from log files');
  expect(await axeViolations(page), 'coverage').toEqual([]);
});

test('request quotas are told where no event is stored: CloudWatch counts the calls all the same', async ({
  app: { page },
}) => {
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await page.getByRole('radio', { name: 'Triage' }).click();
  await expect(page.getByText('No events yet')).toBeVisible();
  await page.getByRole('button', { name: 'Check the quotas' }).click();
  const home = page.getByRole('region', { name: /Request quotas of .*eu-central-1/ });
  await expect(home).toContainText('ListGrants', { timeout: 120_000 });
  await expect(home).toContainText('Throttled calls in the stored events');
  await expect(home.getByRole('listitem').filter({ hasText: 'stored events' })).toContainText(
    'Cannot tell',
  );
  expect(await axeViolations(page), 'quotas without events').toEqual([]);
});
