import type { Page } from '@playwright/test';
import { expect, test } from './support/app';
import { axeViolations } from './support/axe';
import { inDays } from './support/dates';
import { screenshot } from './support/images';
import { keysRead } from './support/keysRead';
import { runCommand } from './support/palette';

/** Goes to the practice panel by its shortcut, once the frame and the account are there. */
async function openPanel(page: Page): Promise<void> {
  await expect(page.getByRole('link', { name: 'Practice' })).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await expect(page.getByRole('heading', { level: 1, name: 'Practice' })).toBeVisible();
  await expect(page.getByTestId('practice-time')).toContainText('UTC');
}

async function goToKeys(page: Page, query = ''): Promise<void> {
  await page.goto(`${page.url().split('#')[0]}#/keys${query}`);
  await keysRead(page);
}

function accountDate(page: Page): Promise<string | null> {
  return page.getByTestId('practice-time').textContent();
}

test('the clock moves on, the keys say that they are old, and read anew they have rotated', async ({
  app: { page },
}) => {
  await keysRead(page);
  await openPanel(page);
  const before = await accountDate(page);
  await page.getByRole('button', { name: 'Move the clock on by 1 year' }).click();
  await expect(page.getByText('365 days ahead of this machine')).toBeVisible();
  await expect.poll(() => accountDate(page)).not.toBe(before);

  await page.keyboard.press('g');
  await page.keyboard.press('k');
  const note = page.getByRole('status').filter({ hasText: 'clock was moved' });
  await expect(note).toBeVisible();
  await expect(page.getByText('Stale').first()).toBeVisible();
  await note.getByRole('button', { name: 'Refresh keys' }).click();
  await expect(note).toBeHidden();
  await keysRead(page);
  // In the year that has passed keys have rotated, and what was pending deletion is gone.
  await expect(page.getByText('changed', { exact: true }).first()).toBeVisible();
  await goToKeys(page, '?state=PendingDeletion');
  const pending = page.locator('tbody tr[data-index]');
  await expect(pending.first()).toContainText('gone');
  await expect(pending.filter({ hasNotText: 'gone' })).toHaveCount(0);
  const year = inDays(365).slice(0, 4);
  await expect(page.getByRole('banner')).toContainText(`as of ${year}`);
});

test('a denied API makes the keys say "cannot tell", and its requests say why', async ({
  app: { page },
}) => {
  await keysRead(page);
  await openPanel(page);
  const denied = page.getByRole('switch', { name: /Deny GetKeyRotationStatus/ });
  await denied.click();
  await expect(denied).toBeChecked();
  await goToKeys(page);
  await page.keyboard.press('r');
  await expect(page.getByText('Cannot tell').first()).toBeVisible();

  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await expect(page.getByText(/Hit [1-9]\d* of \d+ requests/)).toBeVisible();
  await page.getByRole('button', { name: 'Outcome' }).click();
  await page.getByRole('dialog', { name: 'Filter by Outcome' }).getByText('Denied').click();
  await page.keyboard.press('Escape');
  const row = page.getByRole('table', { name: 'Requests' }).getByRole('row').nth(1);
  await expect(row).toContainText('GetKeyRotationStatus');
  await row.click();
  const drawer = page.getByRole('complementary', { name: /^Request \d+$/ });
  await expect(drawer).toContainText('AccessDeniedException');
  await expect(drawer).toContainText('user/practice-operator');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await page.getByRole('button', { name: 'All off' }).click();
  await expect(denied).not.toBeChecked();
});

test('a fault is set up by hand, and the journal has it', async ({ app: { page } }) => {
  await keysRead(page);
  await openPanel(page);
  await page.getByRole('button', { name: 'Another fault' }).click();
  const dialog = page.getByRole('dialog', { name: 'Another fault' });
  await dialog.getByRole('combobox', { name: 'What happens' }).click();
  await page.getByRole('option', { name: 'Throttle' }).click();
  await dialog.getByRole('combobox', { name: 'To which requests' }).click();
  await page.getByRole('option', { name: 'kms:ListGrants' }).click();
  await dialog.getByRole('combobox', { name: 'Where' }).click();
  await page.getByRole('option', { name: 'eu-west-1' }).click();
  await dialog.getByRole('button', { name: 'Switch on' }).click();
  await expect(dialog).toBeHidden();
  const added = page.getByRole('switch', {
    name: 'Throttle ListGrants: kms:ListGrants in eu-west-1',
  });
  await expect(added).toBeChecked();
  await added.click();
  await expect(added).not.toBeChecked();
  await page.getByRole('button', { name: 'Remove Throttle ListGrants' }).click();
  await expect(added).toBeHidden();
  await page.keyboard.press('g');
  await page.keyboard.press('j');
  await expect(page.getByText('practice.setFault')).toBeVisible();
  await expect(page.getByText('practice.clearFaults')).toBeVisible();
});

test('requests come in as they are made, stop while paused, and are found', async ({
  app: { page },
}) => {
  await keysRead(page);
  await openPanel(page);
  const table = page.getByRole('table', { name: 'Requests' });
  await expect(table.getByRole('row').nth(5)).toBeVisible();
  await page.keyboard.press('p');
  await expect(page.getByRole('button', { name: /^Resume/ })).toBeVisible();
  const rows = await table.getAttribute('aria-rowcount');
  await runCommand(page, 'clock on by 1 day');
  await goToKeys(page);
  await page.keyboard.press('r');
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await expect(page.getByRole('button', { name: /Resume, \d+ new/ })).toBeVisible();
  await expect(table).toHaveAttribute('aria-rowcount', rows ?? '');
  await page.keyboard.press('p');
  await expect(table).not.toHaveAttribute('aria-rowcount', rows ?? '');
  await page.getByRole('searchbox', { name: 'Search requests' }).fill('listkeys eu-west-1');
  await expect(table.getByRole('row').nth(1)).toContainText('ListKeys');
  await expect(page).toHaveURL(/#\/practice\?q=listkeys/);
});

test('a reset asks for the word, and leaves an empty account with its clock set right', async ({
  app: { page },
}) => {
  await keysRead(page);
  await openPanel(page);
  await page.getByRole('button', { name: 'Move the clock on by 90 days' }).click();
  await expect(page.getByText('90 days ahead of this machine')).toBeVisible();
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Reset the practice account' });
  await dialog.getByRole('combobox', { name: 'Begin with' }).click();
  await page.getByRole('option', { name: 'Nothing' }).click();
  const confirm = dialog.getByRole('button', { name: 'Reset the practice account' });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Type practice to confirm' }).fill('practice');
  await confirm.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('As this machine’s clock')).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('k');
  await page.getByRole('status').filter({ hasText: 'was reset' }).getByRole('button').click();
  const keys = page.locator('tbody tr[data-index]');
  await expect(keys.first()).toContainText('gone');
  await expect(keys.filter({ hasNotText: 'gone' })).toHaveCount(0);
  await page.keyboard.press('r');
  await expect(keys.first()).toBeHidden();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong with the panel, ${colorScheme}`, async ({ launch }) => {
    const { page, electron } = await launch({ colorScheme });
    const resize = async (width: number, height: number) => {
      await electron.evaluate(
        ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
        [width, height] as const,
      );
      await expect
        .poll(() => page.evaluate(() => [innerWidth, innerHeight]))
        .toEqual([width, height]);
    };
    await keysRead(page);
    await openPanel(page);
    await page.getByRole('switch', { name: /Deny GetKeyRotationStatus/ }).click();
    await goToKeys(page);
    await page.keyboard.press('r');
    await expect(page.getByText('Cannot tell').first()).toBeVisible();
    await keysRead(page);
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await expect(page.getByText(/Hit [1-9]\d* of \d+ requests/)).toBeVisible();
    const table = page.getByRole('table', { name: 'Requests' });
    await expect(table.getByRole('row').nth(3)).toBeVisible();
    await resize(1280, 800);
    expect(await axeViolations(page)).toEqual([]);
    await screenshot(page, `practice-${colorScheme}`, colorScheme === 'light');
    await table.getByRole('row').nth(2).click();
    await expect(page.getByRole('complementary', { name: /^Request \d+$/ })).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);
    await screenshot(page, `practice-request-${colorScheme}`);
    await resize(900, 600);
    await screenshot(page, `practice-request-narrow-${colorScheme}`);
    await page.keyboard.press('Escape');
    await screenshot(page, `practice-narrow-${colorScheme}`);
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Another fault' }).click();
    await expect(page.getByRole('dialog', { name: 'Another fault' })).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);
    await screenshot(page, `practice-fault-${colorScheme}`);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Reset', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await screenshot(page, `practice-reset-${colorScheme}`);
  });
}
