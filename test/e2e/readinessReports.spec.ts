import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { axeViolations } from './support/axe';
import { expect, test } from './support/app';

async function judged(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: 'Readiness' })).toBeVisible();
  await page.getByRole('button', { name: 'Run the checks' }).first().click();
  await expect(page.getByRole('region', { name: 'Overview' })).toBeVisible({ timeout: 45_000 });
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 45_000 });
}

test('the web page and the auditor pack are written where the operator says', async ({
  launch,
}, info) => {
  const { page, electron } = await launch({ at: null });
  await judged(page);
  async function exportAs(label: string, file: string): Promise<string> {
    const path = info.outputPath(file);
    await electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, path);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('menuitem', { name: label }).click();
    await expect(page.getByText(`${label} exported`)).toBeVisible({ timeout: 30_000 });
    return path;
  }
  const html = readFileSync(await exportAs('Web page', 'report.html'), 'utf8');
  expect(html).toContain('alias/prod/ledger');
  const pack = readFileSync(await exportAs('Auditor pack (zip)', 'pack.zip'));
  expect(pack.subarray(0, 2).toString()).toBe('PK');
});

test('the report prints as a tagged PDF with every thing and its hash', async ({
  launch,
}, info) => {
  const { page, electron } = await launch({ at: null });
  await judged(page);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Print or PDF' }).click();
  const report = page.getByRole('region', { name: 'Report' });
  await expect(report.getByRole('heading', { name: 'Summary' })).toBeVisible({ timeout: 30_000 });
  expect(await axeViolations(page)).toEqual([]);
  await page.screenshot({ path: info.outputPath('report.png') });
  const codes = await report.locator('tbody code').allTextContents();
  expect(codes.length).toBeGreaterThan(500);

  const path = info.outputPath('report.pdf');
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await page.getByRole('button', { name: 'Print to PDF' }).click();
  await expect(page.getByText('Report printed')).toBeVisible({ timeout: 60_000 });
  expect(readFileSync(path).includes('/Marked true')).toBe(true);
  const text = execFileSync('pdftotext', ['-raw', path, '-'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  }).replaceAll(/\s/g, '');
  expect(codes.filter((code) => !text.includes(code.replaceAll(/\s/g, '')))).toEqual([]);
});
