import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { axeViolations } from './support/axe';
import { expect, test, type App } from './support/app';

const passphrase = 'correct horse battery';
const people = ['Ada Lovelace', 'Grace Hopper', 'Alan Turing', 'Edith Clarke'] as const;

/** The next native dialogs save there and pick that. */
async function dialogs(app: App, path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, file) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: file });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] });
  }, path);
}

async function addPeople(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'People' }).click();
  for (const name of people) {
    await page.getByRole('button', { name: 'Add a person' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await dialog.getByLabel('Once more').fill(passphrase);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(page.getByRole('list', { name: 'People' })).toContainText(name);
  }
}

/** A person's passphrase for what is asked of them on the record. */
async function withPassphrase(page: Page, button: string, name: string): Promise<void> {
  await page
    .getByRole('listitem')
    .filter({ hasText: name })
    .getByRole('button', { name: button })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Passphrase of/).fill(passphrase);
  await dialog.getByRole('button', { name: button }).click();
  await expect(dialog).toBeHidden();
}

async function start(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Plans' }).click();
  await page.getByRole('button', { name: 'New plan' }).click();
  await page.getByRole('button', { name: 'Make it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Quarterly standard' })).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Start the drill' }).click();
  for (const [index, label] of ['Operator', 'Approver', 'Custodian 1', 'Custodian 2'].entries()) {
    await page.getByRole('combobox', { name: label }).click();
    await page.getByRole('option', { name: people[index] ?? '' }).click();
  }
  await page.getByRole('dialog').getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Steps' })).toBeVisible();
}

test('the quarterly standard from plan to signed bundle by two people, which verifies without Claviger', async ({
  launch,
}) => {
  test.setTimeout(360_000);
  const app = await launch({ at: '/drills' });
  const { page } = app;
  await addPeople(page);
  await start(page);
  await expect(page.getByText(/have not acknowledged/)).toBeVisible();
  await page.getByRole('button', { name: 'Acknowledge' }).first().click();
  await withPassphrase(page, 'Acknowledge', 'Alan Turing');
  await withPassphrase(page, 'Acknowledge', 'Edith Clarke');
  await expect(page.getByText(/not acknowledged/)).toBeHidden();

  const steps = page.getByRole('navigation', { name: 'Steps' });
  const count = (await steps.getByRole('listitem').count()) - 1;
  for (let index = 0; index < count; index += 1) {
    await steps.getByRole('listitem').nth(index).getByRole('button').click();
    const doing = page.getByRole('region', { name: 'Do it' });
    await expect(doing).toBeVisible();
    if (await doing.getByLabel('MFA code of who breaks glass').isVisible()) {
      await doing.getByRole('button', { name: 'The practice device’s code' }).click();
      await expect(doing.getByLabel('MFA code of who breaks glass')).toHaveValue(/^\d{6}$/);
    }
    if (await doing.getByLabel('Alan Turing').isVisible()) {
      await doing.getByLabel('Alan Turing').fill(passphrase);
      await doing.getByLabel('Edith Clarke').fill(passphrase);
    }
    if (await doing.getByRole('button', { name: 'Begin' }).isVisible()) {
      await doing.getByRole('button', { name: 'Begin' }).click();
      await doing.getByRole('button', { name: 'It passed' }).click();
      await page.getByLabel('Reason').fill('Everybody had an answer.');
      await page.getByRole('dialog').getByRole('button', { name: 'It passed' }).click();
    } else {
      await doing.getByRole('button', { name: 'Do it', exact: true }).click();
    }
    await expect(steps.getByRole('listitem').nth(index)).toContainText('Passed', {
      // The last one waits for what the account's share of CloudTrail's two requests a second gives.
      timeout: 150_000,
    });
  }
  expect(await axeViolations(page)).toEqual([]);

  await steps.getByRole('button', { name: 'Record and signatures' }).click();
  await page.getByRole('button', { name: 'Close the record' }).click();
  await expect(page.getByRole('button', { name: 'Export the bundle' })).toBeVisible({
    timeout: 30_000,
  });
  await withPassphrase(page, 'Sign', 'Ada Lovelace');
  await withPassphrase(page, 'Sign', 'Grace Hopper');
  await expect(page.getByRole('article', { name: 'Record' })).toContainText('Passed');
  expect(await axeViolations(page)).toEqual([]);
  const bundle = join(app.dataDir, 'drill.zip');
  await dialogs(app, bundle);
  await page.getByRole('button', { name: 'Export the bundle' }).click();
  await expect(page.getByText('The bundle is written')).toBeVisible();

  await page.getByRole('button', { name: 'All drills' }).click();
  await page.getByRole('button', { name: 'Verify a bundle' }).click();
  await expect(page.getByRole('dialog', { name: 'The bundle is whole' })).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);

  const folder = join(app.dataDir, 'unpacked');
  mkdirSync(folder);
  execFileSync('python3', ['-m', 'zipfile', '-e', bundle, folder]);
  expect(readFileSync(join(folder, 'report.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: folder });
  expect(readFileSync(join(folder, 'VERIFY.md'), 'utf8')).toContain('openssl');
  const altered = readFileSync(bundle);
  const at = Math.floor(altered.length / 2);
  altered[at] = (altered[at] ?? 0) ^ 1;
  writeFileSync(bundle, altered);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'Verify a bundle' }).click();
  await expect(page.getByText(/not what was signed|Not verified/).first()).toBeVisible();
});

test('a rehearsal with a planted fault fails the right step and says why', async ({ launch }) => {
  test.setTimeout(180_000);
  const { page } = await launch({ at: '/drills' });
  await page.getByRole('button', { name: 'Rehearse on the practice account' }).click();
  await page.getByRole('checkbox', { name: /replica’s policy has drifted/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rehearse' }).click();
  await expect(page).toHaveURL(/drills\/run/, { timeout: 150_000 });
  await expect(page.getByRole('article', { name: 'Record' })).toContainText(
    'AWS does not copy policies between Regions',
  );
  const steps = page.getByRole('navigation', { name: 'Steps' });
  await expect(steps.getByRole('listitem').filter({ hasText: 'Failed' })).toHaveCount(1);
  await expect(steps.getByRole('listitem').filter({ hasText: 'Failed' })).toContainText(
    'Decrypt in the other Region',
  );
});
