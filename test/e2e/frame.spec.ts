import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { axeViolations } from './support/axe';
import { expect, test } from './support/app';
import { openPalette, runCommand } from './support/palette';

const screens = [
  'Readiness',
  'Keys',
  'Envelopes',
  'Recovery drills',
  'Journal',
  'Accounts',
  'Settings',
] as const;

/** Where the navigation has another word than the screen's title. */
const linkOf: Partial<Record<(typeof screens)[number], string>> = { 'Recovery drills': 'Drills' };

/** Waits until the frame is there, so that keys have somebody to hear them. */
async function ready(page: Page): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Features' })).toBeVisible();
}

async function goTo(page: Page, screen: (typeof screens)[number]): Promise<void> {
  await page.getByRole('link', { name: linkOf[screen] ?? screen }).click();
  await expect(page.getByRole('heading', { level: 1, name: screen })).toBeAttached();
}

test('account and Regions are in sight on every screen, and the practice account is unmistakable', async ({
  app: { page },
}) => {
  await ready(page);
  for (const screen of screens) {
    await goTo(page, screen);
    const bar = page.getByRole('banner');
    await expect(bar).toContainText('PRACTICE');
    await expect(bar.getByRole('button', { name: /Accounts and Regions/ })).toContainText('Region');
  }
});

test('the palette opens, finds and runs by keyboard, and gives the focus back', async ({
  app: { page },
}) => {
  await ready(page);
  await runCommand(page, 'journal');
  await expect(page).toHaveURL(/#\/journal/);
  await openPalette(page, '');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  // Focus in a field would take these as text.
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page).toHaveURL(/#\/settings/);
});

test('shortcuts go places, the cheat sheet names them, back goes back', async ({
  app: { page },
}) => {
  await ready(page);
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page).toHaveURL(/#\/accounts/);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toContainText('Journal');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await page.keyboard.press('g');
  await page.keyboard.press('j');
  await expect(page).toHaveURL(/#\/journal/);
  await page.goBack();
  await expect(page).toHaveURL(/#\/accounts/);
});

test('theme, zone and density change at once and outlive a restart', async ({ launch }) => {
  const first = await launch();
  await ready(first.page);
  await runCommand(first.page, 'dark theme');
  await expect(first.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await first.page.getByRole('radio', { name: 'Local' }).click();
  await runCommand(first.page, 'comfortable rows');
  await expect(first.page.locator('html')).toHaveAttribute('data-density', 'comfortable');
  await first.close();

  const second = await launch({ dataDir: first.dataDir });
  await ready(second.page);
  await expect(second.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(second.page.locator('html')).toHaveAttribute('data-density', 'comfortable');
  await expect(second.page.getByRole('radio', { name: 'Local' })).toBeChecked();
});

test('a share of the quotas that makes no sense is told and not kept', async ({
  app: { page },
}) => {
  await ready(page);
  await goTo(page, 'Settings');
  const share = page.getByRole('textbox', { name: /Share of request quotas/ });
  await share.fill('0');
  await share.press('Enter');
  await expect(page.getByText('A whole number from 1 to 100.')).toBeVisible();
  await share.press('Escape');
  await expect(share).toHaveValue('10');
  await share.fill('25');
  await share.press('Enter');
  await page.reload();
  await ready(page);
  await expect(share).toHaveValue('25');
});

test('the journal records what was done, opens an entry by keyboard and proves its chain', async ({
  app: { page },
}) => {
  await ready(page);
  await runCommand(page, 'dark theme');
  await goTo(page, 'Journal');
  const row = page.getByRole('row', { name: /settings\.set/ });
  await expect(row.first()).toBeVisible();
  await row.first().focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('complementary', { name: /Journal entry/ });
  await expect(drawer).toContainText('settings.set');
  await page.reload();
  await expect(drawer).toContainText('settings.set');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText('Chain intact')).toBeVisible();
});

test('Regions are chosen per account, and the title bar follows', async ({ app: { page } }) => {
  await ready(page);
  await goTo(page, 'Accounts');
  await page.getByRole('button', { name: /Regions of Practice account/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Regions of Practice account' });
  const region = dialog.getByRole('checkbox', { name: /eu-central-1/ });
  await expect(region).toBeChecked();
  await region.click();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('banner')).toContainText('2 Regions');
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any screen, ${theme}`, async ({ app: { page } }) => {
    await ready(page);
    await runCommand(page, `${theme} theme`);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    for (const screen of screens) {
      await goTo(page, screen);
      expect(await axeViolations(page), screen).toEqual([]);
    }
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible();
    expect(await axeViolations(page), 'palette').toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    expect(await axeViolations(page), 'cheat sheet').toEqual([]);
  });
}

test('a role that wants an MFA code asks for it, and giving up is told beside the account', async ({
  launch,
}) => {
  const homeDir = mkdtempSync(join(tmpdir(), 'claviger-mfa-'));
  mkdirSync(join(homeDir, '.aws'));
  writeFileSync(
    join(homeDir, '.aws', 'config'),
    '[profile base]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = s\n' +
      '[profile oncall]\nrole_arn = arn:aws:iam::111122223333:role/break-glass\n' +
      'source_profile = base\nmfa_serial = arn:aws:iam::111122223333:mfa/dora\nregion = eu-central-1\n',
  );
  const { page } = await launch({
    homeDir,
    // Nobody listens there, and nothing is sent before the code is given.
    env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
    args: ['--allow-real-accounts-on-evaluation-runtime'],
  });
  await ready(page);
  await goTo(page, 'Accounts');
  await page.getByRole('checkbox', { name: 'oncall' }).click();
  const dialog = page.getByRole('dialog', { name: 'MFA code for oncall' });
  await expect(dialog.getByRole('textbox', { name: 'MFA code' })).toBeFocused();
  await expect(dialog.getByText('arn:aws:iam::111122223333:mfa/dora')).toBeVisible();
  await page.keyboard.type('12x34');
  await expect(dialog.getByRole('button', { name: 'Continue' })).toBeDisabled();
  expect(await axeViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByText('oncall needs an MFA code and none was given.')).toBeVisible();
  rmSync(homeDir, { recursive: true });
});
