import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { axeViolations } from './support/axe';
import { inDays } from './support/dates';
import { expect, test } from './support/app';

async function judged(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: 'Readiness' })).toBeVisible();
  await page.getByRole('button', { name: 'Run the checks' }).first().click();
  await expect(page.getByRole('region', { name: 'Overview' })).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 120_000 });
}

test('a check is attested with a file; web page and auditor pack are written where the operator says, the file in the pack', async ({
  launch,
}, info) => {
  const { page, electron } = await launch({ at: null });
  await judged(page);
  async function saveTo(file: string): Promise<string> {
    const path = info.outputPath(file);
    await electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, path);
    return path;
  }

  await page
    .getByRole('button', { name: /Is it written down how keys are made/ })
    .last()
    .click();
  const drawer = page.getByRole('complementary', { name: 'Check' });
  await drawer.getByRole('button', { name: 'Attest', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Attest' });
  await dialog.getByLabel('What is attested').fill('The procedure is written and was read.');
  await dialog.getByLabel('By whom').fill('Ada Lovelace, security officer');
  await dialog.getByLabel('Counts until').fill(inDays(300));
  const procedure = Buffer.from('Turn the key. Größe: 1\n');
  await dialog
    .getByLabel(/^File/)
    .setInputFiles({ name: 'procedure.txt', mimeType: 'text/plain', buffer: procedure });
  await dialog.getByRole('button', { name: 'Attest' }).click();
  await expect(dialog).toBeHidden();
  await expect(drawer).toContainText('Ada Lovelace, security officer');
  const saved = await saveTo('saved.txt');
  await drawer.getByRole('button', { name: 'procedure.txt', exact: true }).click();
  await expect(page.getByText('The file is saved')).toBeVisible();
  expect(readFileSync(saved)).toEqual(procedure);

  async function exportAs(label: string, file: string): Promise<string> {
    const path = await saveTo(file);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('menuitem', { name: label }).click();
    await expect(page.getByText(`${label} exported`)).toBeVisible();
    return path;
  }
  const html = readFileSync(await exportAs('Web page', 'report.html'), 'utf8');
  expect(html).toContain('alias/prod/ledger');
  const pack = await exportAs('Auditor pack (zip)', 'pack.zip');
  const folder = info.outputPath('pack');
  execFileSync('python3', ['-m', 'zipfile', '-e', pack, folder]);
  const cwd = join(folder, 'readiness-pack');
  const checked = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd, encoding: 'utf8' });
  expect(checked).toMatch(/attachments\/[0-9a-f-]+\/procedure\.txt: OK/);
  const hash = createHash('sha256').update(procedure).digest('hex');
  expect(readFileSync(join(cwd, 'SHA256SUMS'), 'utf8')).toMatch(
    new RegExp(`^${hash} .attachments/.*procedure.txt$`, 'm'),
  );
});

test('the report prints as a tagged PDF with every thing and its hash', async ({
  launch,
}, info) => {
  const { page, electron } = await launch({ at: null });
  await judged(page);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Print or PDF' }).click();
  const report = page.getByRole('region', { name: 'Report' });
  await expect(report.getByRole('heading', { name: 'Summary' })).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await page.screenshot({ path: info.outputPath('report.png') });
  await expect.poll(() => report.locator('tbody code').count()).toBeGreaterThan(500);
  const codes = await report.locator('tbody code').allTextContents();

  const path = info.outputPath('report.pdf');
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await page.getByRole('button', { name: 'Print to PDF' }).click({ timeout: 120_000 });
  await expect(page.getByText('Report printed')).toBeVisible({ timeout: 120_000 });
  expect(readFileSync(path).includes('/Marked true')).toBe(true);
  const text = execFileSync('pdftotext', ['-raw', path, '-'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  }).replaceAll(/\s/g, '');
  expect(codes.filter((code) => !text.includes(code.replaceAll(/\s/g, '')))).toEqual([]);
});
