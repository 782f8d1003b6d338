import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type App } from './support/app';
import { axeViolations } from './support/axe';
import { screenshot } from './support/images';
import { keysRead } from './support/keysRead';

/** Rows in the document: those in sight. */
function rows(page: Page) {
  return page.locator('tbody tr[data-index]');
}

/** The n and m of "n of m". */
async function counts(page: Page): Promise<[shown: number, total: number]> {
  const text = await page.getByRole('search').getByRole('status').textContent();
  const [shown = '', total = ''] = (text ?? '').replaceAll(',', '').match(/\d+/g) ?? [];
  return [Number(shown), Number(total)];
}

/** Takes permissions away in the practice account; none gives all back. */
async function deny(app: App, operations: string[]): Promise<void> {
  const address = JSON.parse(readFileSync(join(app.dataDir, 'practice/address.json'), 'utf8')) as {
    endpoint: string;
    accessKeyId: string;
    secretAccessKey: string;
  };
  const user = Buffer.from(`${address.accessKeyId}:${address.secretAccessKey}`).toString('base64');
  const answer = await fetch(`${address.endpoint}/_practice/deny`, {
    method: 'POST',
    headers: { authorization: `Basic ${user}` },
    body: JSON.stringify({ operations }),
  });
  expect(answer.status).toBe(200);
}

function hash(page: Page): string {
  return new URL(page.url()).hash;
}

test('browse, filter and open keys by keyboard alone', async ({ app }) => {
  const { page } = app;
  await keysRead(page);
  const [, total] = await counts(page);
  expect(total).toBeGreaterThan(30);

  await page.keyboard.press('t');
  const grid = page.getByRole('grid', { name: 'Keys' });
  await expect(grid).toBeFocused();
  await expect(grid).toHaveAttribute('aria-rowcount', String(total + 1));
  await expect(rows(page).nth(0)).toHaveClass(/is-active/);
  await page.keyboard.press('j');
  await expect(rows(page).nth(1)).toHaveClass(/is-active/);
  await page.keyboard.press('x');
  await expect(rows(page).nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('x');
  await page.keyboard.press('End');
  await expect(page.locator(`tr[data-index="${total - 1}"]`)).toHaveClass(/is-active/);

  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search keys' })).toBeFocused();
  await page.locator('tbody').evaluate((body) => body.parentElement?.scrollTo(0, 0));
  const alias = await aliasAt(page, 0);
  await page.keyboard.type(alias);
  await expect.poll(async () => (await counts(page))[0]).toBeLessThan(total);
  await page.keyboard.press('Tab'); // off the field, so that letters are commands again
  await page.keyboard.press('t');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('complementary', { name: `Key ${alias}` });
  await expect(drawer).toBeVisible();
  await expect(drawer.getByRole('heading', { name: 'Verdicts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(grid).toBeFocused();
  await page.keyboard.press('Shift+F');
  await expect.poll(() => counts(page)).toEqual([total, total]);
});

async function aliasAt(page: Page, index: number): Promise<string> {
  const text = await page.locator(`tr[data-index="${index}"] th .dg-text`).textContent();
  return (text ?? '').split(',')[0] ?? '';
}

test('a click opens the key that the button went down on, though another one came there meanwhile', async ({
  app,
}) => {
  const { page } = app;
  await keysRead(page);
  const first = page.locator('tr[data-index="0"]');
  const alias = await aliasAt(page, 0);
  const other = await aliasAt(page, 4);
  await first.hover();
  await page.mouse.down();
  await page.keyboard.press('/');
  await page.keyboard.type(other);
  await expect(first).toContainText(other);
  await page.mouse.up();
  await expect(page.getByRole('complementary', { name: `Key ${alias}` })).toBeVisible();
});

test('a facet narrows the table, shows its counts and stands in the address', async ({ app }) => {
  const { page } = app;
  await keysRead(page);
  await page.getByRole('search').getByRole('button', { name: 'State' }).click();
  const line = page
    .getByRole('dialog', { name: 'Filter by State' })
    .getByRole('listitem')
    .filter({ hasText: 'Pending deletion' });
  const count = Number((await line.textContent())?.match(/\d+$/)?.[0]);
  expect(count).toBeGreaterThan(0);
  await line.getByRole('checkbox').click();
  await expect.poll(async () => (await counts(page))[0]).toBe(count);
  await expect(page).toHaveURL(/#\/keys\?state=PendingDeletion$/);
  await page.keyboard.press('Escape');
  await page.goBack();
  await expect.poll(async () => (await counts(page))[0]).toBeGreaterThan(count);
  await expect(page).toHaveURL(/#\/keys$/);
});

test('a rotated key shows the history of its materials', async ({ app }) => {
  const { page } = app;
  await keysRead(page);
  // The key rotated last comes first.
  const head = page.getByRole('columnheader', { name: 'Last rotated' });
  for (const order of ['ascending', 'descending']) {
    await head.getByRole('button').click();
    await expect(head).toHaveAttribute('aria-sort', order);
  }
  await page.locator('tr[data-index="0"]').click();
  const history = page.getByRole('list', { name: 'History of key materials' });
  await expect(history.getByText('CURRENT', { exact: true })).toHaveCount(1);
  await expect(history.getByText('NON_CURRENT').first()).toBeVisible();
  await expect(history.getByRole('listitem').first()).toContainText(/rotation/);
});

test('a permission that is lost reads "cannot tell", never pass or fail', async ({ app }) => {
  const { page } = app;
  await keysRead(page);
  await deny(app, ['kms:GetKeyRotationStatus']);
  await page.keyboard.press('r');
  await expect(page.getByRole('region', { name: 'Incomplete parts' })).toContainText(
    'kms:GetKeyRotationStatus',
  );
  await keysRead(page);
  await page.goto(`${page.url().split('#')[0]}#/keys?rotation=cannot-tell`);
  // Of all keys again: until the filter holds, a row would be one of those that it leaves out.
  await expect
    .poll(async () => {
      const [shown, total] = await counts(page);
      return shown > 5 && shown < total;
    })
    .toBe(true);
  await page.locator('tr[data-index="0"]').click();
  const verdicts = page.getByRole('complementary').getByRole('listitem');
  const rotation = verdicts.filter({ hasText: 'Rotation' }).first();
  await expect(rotation).toContainText('Cannot tell');
  await expect(rotation).toContainText('kms:GetKeyRotationStatus');
  await rotation.getByRole('button', { name: /Copy policy/ }).click();
  const copied = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(JSON.parse(copied)).toMatchObject({
    Statement: [{ Action: ['kms:GetKeyRotationStatus'], Effect: 'Allow' }],
  });
  await screenshot(page, 'keys-cannot-tell');

  await deny(app, []);
  await page.getByRole('region', { name: 'Incomplete parts' }).getByText('Retry').first().click();
  await expect(page.getByRole('region', { name: 'Incomplete parts' })).toBeHidden();
});

test('a reload on a deep link brings back rows, order and the open key; back closes it', async ({
  app,
}) => {
  const { page } = app;
  await keysRead(page);
  await page.goto(`${page.url().split('#')[0]}#/keys?state=Enabled&sort=-created`);
  const [, total] = await counts(page);
  await expect.poll(async () => (await counts(page))[0]).toBeLessThan(total);
  await page.locator('tr[data-index="1"]').click();
  const title = page.getByRole('complementary').getByRole('heading', { level: 2 });
  const name = await title.textContent();
  const before = { hash: hash(page), counts: await counts(page), rows: await names(page) };
  expect(before.hash).toMatch(/^#\/keys\?state=Enabled&sort=-created&key=practice\//);

  await page.reload();
  await keysRead(page);
  await expect(title).toHaveText(name ?? '');
  await expect
    .poll(async () => ({
      hash: hash(page),
      counts: await counts(page),
      rows: await names(page),
    }))
    .toEqual(before);

  await page.goBack();
  await expect(title).toBeHidden();
  await expect(page).toHaveURL(/#\/keys\?state=Enabled&sort=-created$/);
});

function names(page: Page): Promise<string[]> {
  return rows(page).evaluateAll((all) => all.slice(0, 10).map((row) => row.id));
}

test('the filtered keys are exported to the file that the operator picks', async ({ app }) => {
  const { page } = app;
  await keysRead(page);
  const file = join(app.dataDir, 'keys.csv');
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await page.goto(`${page.url().split('#')[0]}#/keys?state=PendingDeletion`);
  await expect.poll(async () => (await counts(page))[0]).toBeLessThan(20);
  const [shown] = await counts(page);
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  await expect(page.getByText(`${shown} keys exported`)).toBeVisible();
  const lines = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  expect(lines).toHaveLength(shown + 1);
  expect(lines.slice(1).every((line) => line.includes('PendingDeletion'))).toBe(true);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong with table and drawer, ${colorScheme}`, async ({ launch }) => {
    const { page } = await launch({ colorScheme });
    await keysRead(page);
    await screenshot(page, `keys-${colorScheme}`, true);
    expect(await axeViolations(page)).toEqual([]);
    for (const name of ['State', 'Columns']) {
      await page.getByRole('button', { name, exact: true }).first().click();
      await expect(page.getByRole(name === 'State' ? 'dialog' : 'menu')).toBeVisible();
      expect(await axeViolations(page), name).toEqual([]);
      await page.keyboard.press('Escape');
    }
    await page.locator('tr[data-index="2"]').click();
    await expect(page.getByRole('heading', { name: 'Evidence' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Key policy' })).toBeVisible();
    await screenshot(page, `key-drawer-${colorScheme}`, true);
    expect(await axeViolations(page)).toEqual([]);
  });
}
