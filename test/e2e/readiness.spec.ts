import type { Page } from '@playwright/test';
import { axeViolations } from './support/axe';
import { inDays } from './support/dates';
import { expect, test } from './support/app';

/** Runs the checks on the practice account, and waits until they have been judged. */
async function judged(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: 'Readiness' })).toBeVisible();
  await page.getByRole('button', { name: 'Run the checks' }).first().click();
  await expect(page.getByRole('region', { name: 'Overview' })).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 120_000 });
}

test('from the overview down a red item to its evidence, by keyboard, and on to the key', async ({
  launch,
}) => {
  const { page } = await launch({ at: null });
  await judged(page);
  await expect(page.getByText(/checks? fails?\./)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Do next' }).getByRole('listitem')).toHaveCount(3);
  expect(await axeViolations(page)).toEqual([]);

  const rotation = page.getByRole('button', { name: /Is automatic rotation on/ });
  await rotation.last().focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('complementary', { name: 'Check' });
  await expect(drawer).toContainText('aws kms enable-key-rotation');
  await expect(drawer).toContainText('enable_key_rotation = true');
  const ledger = drawer.getByRole('button', { name: /alias\/prod\/ledger/ });
  await expect(ledger).toContainText('Automatic rotation is off');
  expect(await axeViolations(page)).toEqual([]);

  // The list is one stop of Tab: the next one is in the drawer.
  await page.keyboard.press('Tab');
  await expect(drawer.locator(':focus')).toHaveCount(1);
  await ledger.focus();
  await page.keyboard.press('Enter');
  await expect(drawer).toContainText('kms:GetKeyRotationStatus');
  await expect(drawer).toContainText('SHA-256');
  expect(await axeViolations(page)).toEqual([]);
  await drawer.getByRole('button', { name: 'Open the key', exact: true }).click();
  await expect(page).toHaveURL(/#\/keys\?key=practice/);
  await expect(page.getByRole('complementary')).toContainText('ledger');
});

test('an owner and a waiver are kept, a waived failure still shows, and the journal has both', async ({
  launch,
}) => {
  const { page } = await launch({ at: null });
  await judged(page);
  const row = page.getByRole('button', { name: /Is no key policy open to everybody/ }).last();
  await row.click();
  const drawer = page.getByRole('complementary', { name: 'Check' });
  await drawer.getByRole('button', { name: 'Assign' }).click();
  await page.getByLabel('Owner').fill('Ada Lovelace');
  await page.getByLabel('Due').fill(inDays(300));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(drawer).toContainText('Ada Lovelace');

  await drawer.getByRole('button', { name: 'Waive' }).click();
  await page.getByLabel('Reason').fill('The bucket is public on purpose');
  await page.getByLabel('Approved by').fill('Grace Hopper');
  await page.getByLabel('Until').fill(inDays(300));
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Waive' }).click();
  await expect(drawer).toContainText('approved by Grace Hopper');
  await expect(row).toContainText('Fail');
  await expect(row).toContainText('Ada Lovelace');

  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Journal' }).click();
  await expect(page.getByText('readiness.waive').first()).toBeVisible();
  await expect(page.getByText('readiness.assign').first()).toBeVisible();
});
