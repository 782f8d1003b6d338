import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { axeViolations } from './support/axe';
import { expect, test } from './support/app';

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
