import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from '@playwright/test';
import { failingCommands } from '../integration/drills/verifyCommands';
import { axeViolations } from './support/axe';
import { inDays } from './support/dates';
import { expect, test, type App } from './support/app';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

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
  // Toasts are dialogs too, and stay for a moment.
  const dialog = page.getByRole('dialog', { name });
  await dialog.getByLabel(/^Passphrase of/).fill(passphrase);
  await dialog.getByRole('button', { name: button }).click();
  await expect(dialog).toBeHidden();
}

async function start(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Plans' }).click();
  await page.getByRole('button', { name: 'New plan' }).click();
  await page.getByRole('button', { name: 'Make it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Quarterly standard' })).toBeVisible();
  const criterion = page.getByLabel('Objective 1: what counts as met');
  await criterion.fill('');
  await expect(page.getByRole('alert')).toHaveText('Objective 1, what counts as met: It is empty.');
  await expect(page.getByRole('button', { name: 'Start the drill' })).toBeDisabled();
  await criterion.fill('Dora gets in with a code, and with nothing less.');
  await page.getByLabel('What is opened again').fill('the archive');
  await page.getByRole('radio', { name: 'An object in a bucket' }).click();
  await expect(page.getByRole('alert')).toContainText('Key of the object to restore: It is empty.');
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('radio', { name: 'An object of the drill’s own' }).click();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save as the next version' }).click();
  await expect(page.getByRole('heading', { level: 1 }).locator('..')).toContainText('version 2');
  await page.getByRole('button', { name: 'Start the drill' }).click();
  for (const [index, label] of ['Operator', 'Approver', 'Custodian 1', 'Custodian 2'].entries()) {
    await page.getByRole('combobox', { name: label }).click();
    await page.getByRole('option', { name: people[index] ?? '' }).click();
  }
  await page.getByRole('dialog').getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Steps' })).toBeVisible();
}

/** The steps in the list at the left, without the record below them. */
function stepsOf(page: Page): Locator {
  return page.getByRole('navigation', { name: 'Steps' });
}

/** Brings what the open step asks for, and begins it. */
async function doStep(page: Page): Promise<void> {
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
  await doing.getByRole('button', { name: /^(Begin|Do it|Do it again)$/ }).click();
}

/** What people do in their own step: notes, a finding, and the word that it passed. */
async function talk(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Note' }).fill('Nobody knew who tells the customers.');
  await page.getByRole('button', { name: 'Add the note' }).click();
  await page.getByRole('button', { name: 'New finding' }).click();
  const finding = page.getByRole('dialog', { name: 'New finding' });
  await finding.getByLabel('What is wrong or missing').fill('Who tells the customers?');
  await finding.getByLabel('Owner').fill('Grace Hopper');
  await finding.getByLabel('Due').fill(inDays(60));
  await finding.getByRole('button', { name: 'Save' }).click();
  await expect(finding).toBeHidden();
  await page.getByRole('button', { name: 'It passed' }).click();
  await page.getByLabel('Reason').fill('Everybody had an answer.');
  await page.getByRole('dialog').getByRole('button', { name: 'It passed' }).click();
}

/** Does all steps from one to another. */
async function doSteps(page: Page, from: number, to: number): Promise<void> {
  const steps = stepsOf(page).getByRole('listitem');
  for (let index = from; index < to; index += 1) {
    const step = steps.nth(index);
    await step.getByRole('button').click();
    await expect(step.getByRole('button')).toHaveAttribute('aria-current', 'step');
    await doStep(page);
    // A step of people asks for their word once it has begun; the others end by themselves.
    const word = page.getByRole('button', { name: 'It passed' });
    await expect(word.or(step.filter({ hasText: 'Passed' }))).toBeVisible({
      // The last one waits for what the account's share of CloudTrail's two requests a second gives.
      timeout: 150_000,
    });
    if (await word.isVisible()) await talk(page);
    await expect(step).toContainText('Passed');
  }
}

/** A rehearsal of the loss of a Region, in which the replica’s policy has drifted. */
async function rehearseWithFault(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Rehearse on the practice account' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Template').click();
  await page.getByRole('option', { name: 'Loss of a Region' }).click();
  await dialog.getByRole('checkbox', { name: /replica’s policy has drifted/ }).click();
  await dialog.getByRole('button', { name: 'Rehearse' }).click();
  await expect(page).toHaveURL(/drills\/run/, { timeout: 120_000 });
  await expect(page.getByRole('article', { name: 'Record' })).toContainText(
    'AWS does not copy policies between Regions',
  );
  const failed = stepsOf(page).getByRole('listitem').filter({ hasText: 'Failed' });
  await expect(failed).toHaveCount(1);
  await expect(failed).toContainText('Decrypt in the other Region');
  await page.getByRole('button', { name: 'All drills' }).click();
}

/** The bundle as its auditor checks it: with the built command line, and with the commands of VERIFY.md. */
async function verified(
  bundle: string,
  folder: string,
): Promise<{ code: number | null; failing: number }> {
  mkdirSync(folder);
  // An altered zip may not unpack any more; then there is nothing that could be taken for good.
  spawnSync('python3', ['-m', 'zipfile', '-e', bundle, folder]);
  const { status } = spawnSync(process.execPath, [cli, 'drill', 'verify', bundle]);
  const unpacked = readdirSync(folder).includes('VERIFY.md');
  return { code: status, failing: unpacked ? (await failingCommands(folder)).length : -1 };
}

test('the quarterly standard from plan to signed bundle by two people, through a power cut, which verifies without Claviger', async ({
  launch,
}) => {
  test.setTimeout(480_000);
  let app = await launch({ at: '/drills' });
  let { page } = app;
  await rehearseWithFault(page);
  await addPeople(page);
  await start(page);
  await expect(page.getByText(/have not acknowledged/)).toBeVisible();
  await page.getByRole('button', { name: 'Acknowledge' }).first().click();
  await withPassphrase(page, 'Acknowledge', 'Alan Turing');
  await withPassphrase(page, 'Acknowledge', 'Edith Clarke');
  await expect(page.getByText(/not acknowledged/)).toBeHidden();

  const titles = await stepsOf(page).getByRole('listitem').allTextContents();
  const count = titles.length - 1;
  const disabling = titles.findIndex((title) => title.includes('Disable, see it fail'));
  await doSteps(page, 0, disabling);

  // The power is cut while the key is disabled.
  await doStep(page);
  const changed = page.getByRole('region', { name: 'Still changed: take this back first' });
  await expect(changed).toContainText('Disable the drill key');
  const address = new URL(page.url()).hash.slice(1);
  await app.kill();
  app = await launch({ at: address, dataDir: app.dataDir, homeDir: app.homeDir });
  ({ page } = app);
  const left = page.getByRole('region', { name: 'Still changed: take this back first' });
  await expect(left.getByRole('listitem')).toHaveCount(1);
  await expect(left).toContainText('Disable the drill key');
  expect(await axeViolations(page)).toEqual([]);
  await expect(
    stepsOf(page)
      .getByRole('listitem')
      .nth(disabling - 1),
  ).toContainText('Passed');
  await left.getByRole('button').last().click();
  await expect(left).toBeHidden();
  await doSteps(page, disabling, count);
  expect(await axeViolations(page)).toEqual([]);

  await stepsOf(page).getByRole('button', { name: 'Record and signatures' }).click();
  await page.getByRole('button', { name: 'Close the record' }).click();
  await expect(page.getByRole('button', { name: 'Export the bundle' })).toBeVisible();
  await withPassphrase(page, 'Sign', 'Ada Lovelace');
  await withPassphrase(page, 'Sign', 'Grace Hopper');
  const record = page.getByRole('article', { name: 'Record' });
  await expect(record).toContainText('Passed');
  await record
    .getByRole('listitem')
    .filter({ hasText: 'Grace Hopper' })
    .getByRole('button', { name: 'Addendum' })
    .click();
  await page.getByRole('dialog').getByLabel('Addendum').fill('The customers are told by Edith.');
  await page
    .getByRole('dialog')
    .getByLabel(/^Passphrase of/)
    .fill(passphrase);
  await page.getByRole('dialog').getByRole('button', { name: 'Sign and add' }).click();
  await expect(record).toContainText('The customers are told by Edith.');
  expect(await axeViolations(page)).toEqual([]);
  const bundle = join(app.dataDir, 'drill.zip');
  await dialogs(app, bundle);
  await page.getByRole('button', { name: 'Export the bundle' }).click();
  await expect(page.getByText('The bundle is written')).toBeVisible();

  await page.getByRole('button', { name: 'All drills' }).click();
  for (const name of [/^Compare Quarterly standard/, /^Compare Rehearsal: Loss of a Region/]) {
    await page.getByRole('checkbox', { name }).click();
  }
  await page.getByRole('button', { name: 'Compare the two' }).click();
  await expect(
    page.getByRole('row').filter({ hasText: 'Decrypt in the other Region' }),
  ).toContainText(/failed.*passed/);
  expect(await axeViolations(page)).toEqual([]);

  await page.getByRole('button', { name: 'All drills' }).click();
  await page.getByRole('button', { name: 'Verify a bundle' }).click();
  await expect(page.getByRole('dialog', { name: 'The bundle is whole' })).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  const folder = join(app.dataDir, 'unpacked');
  expect(await verified(bundle, folder)).toEqual({ code: 0, failing: 0 });
  expect(readdirSync(join(folder, 'addenda'))).toEqual(['001.json', '001.sig']);
  const report = readFileSync(join(folder, 'report.pdf'), 'latin1');
  expect(report.startsWith('%PDF-')).toBe(true);
  expect(report).toContain('/MarkInfo');

  const altered = readFileSync(bundle);
  const at = Math.floor(altered.length / 2);
  altered[at] = (altered[at] ?? 0) ^ 1;
  writeFileSync(bundle, altered);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'Verify a bundle' }).click();
  await expect(page.getByText(/not what was signed|Not verified/).first()).toBeVisible();
  const refused = await verified(bundle, join(app.dataDir, 'altered'));
  expect(refused.code).toBe(1);
  expect(refused.failing).not.toBe(0);
});
