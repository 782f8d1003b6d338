import { axeViolations } from './support/axe';
import { expect, test } from './support/app';
import { screenshot } from './support/images';

test('the first start opens the window on the checklist of the practice account, whose keys are read', async ({
  launch,
}) => {
  const { page } = await launch({ at: null });
  await expect(page).toHaveTitle(/Claviger/);
  await expect(page.getByText('Practice account').first()).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Readiness' })).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('link', { name: 'Keys' }).click();
  await expect(page.locator('tbody tr[data-index]').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Stop refreshing' })).toBeHidden();
  expect(await axeViolations(page)).toEqual([]);
  await screenshot(page, 'first-start');
});

test('a second start with the same data shows the keys again', async ({ launch }) => {
  const first = await launch();
  await expect(first.page.locator('tbody tr[data-index]').first()).toBeVisible();
  await expect(first.page.getByRole('button', { name: 'Stop refreshing' })).toBeHidden();
  await first.close();
  const second = await launch({ dataDir: first.dataDir, homeDir: first.homeDir });
  await expect(second.page.locator('tbody tr[data-index]').first()).toBeVisible();
});
