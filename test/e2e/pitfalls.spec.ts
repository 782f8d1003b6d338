import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { axeViolations } from './support/axe';
import { expect, test } from './support/app';
import { importFolder, writeLog } from './support/eventLog';

test('readiness has its views; going to it opens the checklist, with the filters it had', async ({
  launch,
}) => {
  const { page } = await launch({ at: '/readiness?verdict=fail' });
  const views = page.getByRole('radiogroup', { name: 'View' });
  await expect(views.getByRole('radio', { name: 'Checklist' })).toBeChecked();
  await views.getByRole('radio', { name: 'Pitfalls' }).click();
  await expect(page).toHaveURL(/#\/readiness\/pitfalls$/);
  await expect(views.getByRole('radio', { name: 'Pitfalls' })).toBeChecked();
  const list = page.getByRole('navigation', { name: 'Pitfalls' });
  await expect(list.getByRole('link')).toHaveCount(7);
  // Nothing was judged yet, so nothing can be told: never a pass.
  await expect(list.getByText('Cannot tell', { exact: true })).toHaveCount(7);
  expect(await axeViolations(page)).toEqual([]);

  await list.getByRole('link').first().focus();
  await page.keyboard.press('j');
  await expect(page).toHaveURL(/#\/readiness\/pitfalls\/metadata$/);
  await expect(page.getByRole('region', { name: 'Leaking metadata' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect(page).toHaveURL(/#\/readiness\?verdict=fail$/);
});

test('a scan finds a planted secret by keyboard, an ignored one stays told, and it is shown nowhere', async ({
  launch,
}, info) => {
  // Put together here, so that this file has none itself.
  const token = ['ghp', 'Z1y2X3w4V5'.repeat(4).slice(0, 36)].join('_');
  const folder = info.outputPath('code');
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  writeFileSync(join(folder, 'ci.yml'), `a: 1\ntoken: ${token}\n`);
  writeFileSync(join(folder, 'node_modules', 'left-out.yml'), `token: ${token}\n`);
  writeFileSync(join(folder, 'main.ts'), 'export {};\n');
  const app = await launch({ at: '/readiness/pitfalls/static-keys' });
  const { page, electron } = app;
  await electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, folder);
  await page.getByRole('button', { name: 'Choose a folder' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'To look into' })).toContainText(folder);
  await page.getByLabel('Leave out', { exact: true }).fill('node_modules/');
  await page.getByRole('button', { name: 'Scan', exact: true }).focus();
  await page.keyboard.press('Enter');
  const findings = page.getByRole('list', { name: 'Findings' });
  await expect(findings.getByRole('listitem')).toHaveCount(1);
  await expect(findings).toContainText('ci.yml:2');
  await expect(findings).toContainText('github');
  await expect(page.getByText('Not looked at: 1 ignored.')).toBeVisible();
  const detail = page.getByRole('region', { name: 'Static keys in code' });
  const check = detail.getByRole('button', { name: /Are the chosen folders/ });
  await expect(check).toContainText('1 secret in 2 files');
  expect(await axeViolations(page)).toEqual([]);
  const shown = await page.content();

  await findings.getByRole('button', { name: 'Ignore' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Reason').fill('A token of the tests');
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Ignore' }).click();
  await expect(findings).toContainText('A token of the tests');
  await expect(check).toContainText('1 declared to be no secret');
  await page.getByRole('button', { name: 'Scan again' }).click();
  await expect(page.getByText('No secret, 1 ignored,')).toBeVisible();

  await page.getByRole('link', { name: 'Journal' }).click();
  await expect(page.getByText('secrets.ignore').first()).toBeVisible();
  const told = [shown, await page.content(), app.output()];
  await app.close();
  const stored = readdirSync(app.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  expect(stored.some((text) => text.includes('ci.yml'))).toBe(true);
  for (const text of [...told, ...stored]) {
    for (let at = 4; at + 8 <= token.length; at += 4) {
      expect(text.includes(token.slice(at, at + 8))).toBe(false);
    }
  }
});

test('every pitfall tells what is so; an envelope and the log show what they reveal', async ({
  launch,
}, info) => {
  const app = await launch({ at: '/events' });
  const { page, electron } = app;
  const logs = info.outputPath('logs');
  writeLog(logs, 20, 0, { purpose: 'invoices', customer: 'ann.reader@mail.example' });
  await expect(page.getByText('No events yet')).toBeVisible();
  await importFolder(app, logs, 20);
  const envelope = info.outputPath('invoice.json');
  const base64 = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64');
  writeFileSync(
    envelope,
    JSON.stringify({
      encrypted_data_key: base64(200),
      nonce: base64(12),
      ciphertext: base64(64),
    }),
  );
  await page.evaluate(() => {
    location.hash = '#/readiness';
  });
  await page.getByRole('button', { name: 'Run the checks' }).first().click();
  await expect(page.getByRole('region', { name: 'Overview' })).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 120_000 });
  await page.getByRole('radio', { name: 'Pitfalls' }).click();

  const list = page.getByRole('navigation', { name: 'Pitfalls' });
  const seen = [
    ['Leaking metadata', 'Buckets whose object names go to CloudTrail'],
    ['TLS versions and suites', 'Endpoints in the list'],
    ['Trust in the client alone', 'Key policies with a condition on the encryption context'],
    ['No escrow, no backup', 'None is on record.'],
    ['Over-encryption', 'Not measured.'],
    ['Certificates without a life cycle', 'Within 8 to 14 days'],
  ] as const;
  for (const [title, text] of seen) {
    await list.getByRole('link', { name: title }).click();
    const detail = page.getByRole('region', { name: title });
    await expect(detail).toContainText(text);
    expect(await axeViolations(page)).toEqual([]);
  }

  await list.getByRole('link', { name: 'Leaking metadata' }).click();
  const detail = page.getByRole('region', { name: 'Leaking metadata' });
  const row = detail.getByRole('row', { name: /customer/ });
  await expect(row).toContainText('has an e-mail address');
  await expect(row).toContainText('20');
  await expect(detail).not.toContainText('ann.reader');
  await electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, envelope);
  await detail.getByRole('button', { name: 'Choose an envelope' }).click();
  const revealed = detail.getByRole('region', { name: 'What invoice.json reveals' });
  await expect(revealed).toContainText('content 48 B');
  expect(await axeViolations(page)).toEqual([]);

  // From a pitfall to the things of a check, and back to where one was.
  await detail.getByRole('button', { name: /Is every log group encrypted/ }).click();
  await expect(page.getByRole('complementary', { name: 'Check' })).toContainText(
    '/payments/portal',
  );
  await page.goBack();
  await expect(detail).toBeVisible();
});
