import type { Locator, Page } from '@playwright/test';
import { axeViolations } from './support/axe';
import { expect, test, type App } from './support/app';

/** The dialog, with the company's trail and its workgroups found. */
async function asked({ page }: App): Promise<{ page: Page; dialog: Locator }> {
  await expect(page.getByRole('navigation', { name: 'Features' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await expect(page.getByRole('heading', { level: 1, name: 'Events' })).toBeVisible();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Athena over a trail’s bucket' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask Athena' });
  await expect(dialog.getByRole('combobox', { name: 'Trail' })).toContainText('company-trail');
  return { page, dialog };
}

/** Two days are enough to find something. */
async function lastDays(dialog: Locator): Promise<void> {
  const to = await dialog.getByLabel('To, the whole day').inputValue();
  const from = new Date(Date.parse(to) - 2 * 86_400_000).toISOString().slice(0, 10);
  await dialog.getByLabel('From (UTC)').fill(from);
}

test('Athena is asked after its cost was shown, and what it gave is told as rebuilt', async ({
  app,
}) => {
  const { page, dialog } = await asked(app);
  await lastDays(dialog);
  await dialog.getByRole('checkbox', { name: 'Only calls that failed' }).click();
  await dialog.getByRole('button', { name: 'Show the cost' }).click();
  await expect(dialog.getByText(/About US\$ \d/)).toBeVisible({ timeout: 120_000 });
  await expect(dialog).toContainText('log files');
  await expect(dialog).toContainText('AWS’s price in most Regions as of');
  await dialog.getByText('The statements that would run').click();
  await expect(dialog.getByRole('figure')).toContainText('CREATE EXTERNAL TABLE IF NOT EXISTS');

  // Nothing was asked yet, and Back leads to the question.
  await dialog.getByRole('button', { name: 'Back' }).click();
  await dialog.getByRole('button', { name: 'Show the cost' }).click();
  await dialog.getByRole('button', { name: /^Ask for about US\$/ }).click();
  await expect(page.getByText(/[1-9]\d* new events/)).toBeVisible({ timeout: 120_000 });

  await page
    .getByRole('row', { name: /Decrypt|GenerateDataKey/ })
    .first()
    .click();
  const drawer = page.getByRole('complementary', { name: 'Event' });
  await expect(drawer).toContainText('Rebuilt from Athena’s columns');
  await expect(drawer.getByRole('figure')).toContainText('"errorCode"');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong with the question and its cost, ${colorScheme}`, async ({
    launch,
  }) => {
    const { page, dialog } = await asked(await launch({ colorScheme }));
    await lastDays(dialog);
    expect(await axeViolations(page), 'question').toEqual([]);
    await dialog.getByRole('button', { name: 'Show the cost' }).click();
    await expect(dialog.getByText(/About US\$ \d/)).toBeVisible({ timeout: 120_000 });
    expect(await axeViolations(page), 'cost').toEqual([]);
  });
}
