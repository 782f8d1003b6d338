import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test as base, type App } from './support/app';
import { axeViolations } from './support/axe';
import { screenshot } from './support/images';
import {
  makeCertificate,
  startBlackHole,
  startTlsServer,
  type TestServer,
} from './support/tlsServer';
import { runCommand } from './support/palette';

/** The test with servers on loopback that are stopped at its end. */
const test = base.extend<{ servers: TestServer[] }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from the pattern
  servers: async ({}, use) => {
    const servers: TestServer[] = [];
    await use(servers);
    for (const server of servers) await server.close();
  },
});

let certificate: Awaited<ReturnType<typeof makeCertificate>>;
test.beforeAll(async () => {
  certificate = await makeCertificate();
});

/** Goes to the list by its shortcut, once the frame is there. */
async function openTls(page: Page): Promise<void> {
  await expect(page.getByRole('link', { name: 'TLS' })).toBeVisible();
  // The shortcut belongs to the frame, which is there before the first screen.
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await expect(page.getByRole('heading', { level: 1, name: 'TLS endpoints' })).toBeAttached();
}

/** Adds an endpoint by the dialog. */
async function add(page: Page, name: string, port: number): Promise<void> {
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Add an endpoint' });
  await dialog.getByRole('textbox', { name: 'Host' }).fill(`127.0.0.1:${port}`);
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(row(page, name)).toBeVisible();
}

function row(page: Page, name: string) {
  return page.getByRole('grid', { name: 'Endpoints' }).getByRole('row').filter({ hasText: name });
}

/** Waits until the scan that runs has ended, with what the toast says of it. */
async function scanned(page: Page): Promise<void> {
  await expect(page.getByText('Scan finished').last()).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('region', { name: 'Scan in progress' })).toBeHidden();
}

/** The next file that main's dialog is asked for goes there. */
async function saveTo(app: App, filePath: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, filePath);
}

test('practice endpoints are added with one click, scanned, and read', async ({ app }) => {
  const { page } = app;
  await openTls(page);
  await page.getByRole('button', { name: 'Add practice endpoints' }).click();
  const added = page.getByText(/^\d+ practice endpoints added/);
  await expect(added).toBeVisible();
  const count = Number.parseInt((await added.textContent()) ?? '', 10);
  expect(count).toBeGreaterThan(3);
  const rows = page.locator('tr[data-endpoint]');
  await expect(rows).toHaveCount(count);
  await expect(rows.filter({ hasText: 'Not scanned' })).toHaveCount(count);

  await page.getByRole('button', { name: 'Scan all' }).click();
  const bar = page.getByRole('region', { name: 'Scan in progress' });
  await expect(bar).toContainText(`of ${count} scanned`);
  await expect(page.getByText('Scan finished').last()).toBeVisible({ timeout: 150_000 });
  await expect(bar).toBeHidden();
  await expect(rows.filter({ hasText: 'Not scanned' })).toHaveCount(0);
  // From modern to frightful; nobody trusts the practice authority, so the letters are alike.
  const chips = (name: string) => row(page, name).locator('.tls-chip').allTextContents();
  expect(await chips('Practice: modern')).toEqual(['TLS 1.3 1.3']);
  expect((await chips('Practice: frightful')).join()).toContain('SSL 3');
  await screenshot(page, 'tls-list', true);

  await page.keyboard.press('t');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  for (const part of ['Verdict', 'Certificates', 'Protocols', 'Cipher suites', 'Vulnerabilities']) {
    await expect(page.getByRole('heading', { level: 2, name: part, exact: true })).toBeAttached();
  }
  await screenshot(page, 'tls-report', true);
  // The parts are walked by keys, and the frame around them stays where it is.
  await page.keyboard.press('5');
  await expect(page.getByRole('heading', { level: 2, name: 'Cipher suites' })).toBeFocused();
  await page.keyboard.press('j');
  await expect(page.getByRole('heading', { name: 'Key exchange and signatures' })).toBeFocused();
  expect(await page.evaluate(() => document.scrollingElement?.scrollTop)).toBe(0);
});

test('an endpoint is added, scanned, changed, and the difference is told', async ({
  app,
  servers,
}) => {
  const { page } = app;
  const before = await startTlsServer({ ...certificate, minVersion: 'TLSv1.3' });
  servers.push(before);
  await openTls(page);
  await add(page, 'Shop', before.port);
  await expect(row(page, 'Shop')).toContainText('Not scanned');
  await page.keyboard.press('t');
  await page.keyboard.press('s');
  await scanned(page);
  await expect(row(page, 'Shop')).toContainText('1.3');
  await expect(row(page, 'Shop')).toContainText('Not trusted');

  await before.close();
  servers.pop();
  const after = await startTlsServer({ ...certificate, maxVersion: 'TLSv1.2' }, before.port);
  servers.push(after);
  await row(page, 'Shop').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Shop' })).toBeVisible();
  await expect(page.locator('#report-suites')).toContainText('TLS_AES_256_GCM_SHA384');
  await page.getByRole('button', { name: 'Scan again' }).click();
  // The toast of the first scan may still be there: the second one is there when it is in the history.
  const history = page.getByRole('list', { name: 'Scans' });
  await expect(history.locator('> li')).toHaveCount(2, { timeout: 120_000 });
  const changes = page.locator('#report-changes');
  await expect(changes).toContainText('TLS 1.3');
  await expect(changes).toContainText('Worse');
  await expect(page.locator('#report-suites')).not.toContainText('TLS_AES_256_GCM_SHA384');

  await history.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Compare scans' })).toBeVisible();
  const table = page.locator('#report-side-by-side');
  await expect(
    table.getByRole('row', { name: /TLS 1.3 Offered Not offered differs/ }),
  ).toBeVisible();
  await expect(page.locator('#report-changes')).toContainText('TLS 1.3');
  await screenshot(page, 'tls-compare', true);
  await page.goBack();

  await page.keyboard.press('Escape');
  await expect(row(page, 'Shop')).toContainText('worse');
});

test('a scan is stopped, and what had ended is kept', async ({ app, servers }) => {
  const { page } = app;
  const [good, hole] = [await startTlsServer({ ...certificate }), await startBlackHole()];
  servers.push(good, hole);
  await openTls(page);
  await add(page, 'Answers', good.port);
  await add(page, 'Silent', hole.port);
  await page.keyboard.press('Shift+S');
  const bar = page.getByRole('region', { name: 'Scan in progress' });
  await expect(bar).toContainText('1 of 2 scanned');
  await expect(bar).toContainText('Now: Silent');
  await bar.getByRole('button', { name: 'Stop' }).click();
  await expect(bar).toBeHidden();
  await expect(page.getByText('Scan stopped')).toBeVisible();
  await expect(row(page, 'Answers')).toContainText('Not trusted');
  await expect(row(page, 'Silent')).toContainText('Not scanned');
});

test('an endpoint that does not answer is unreachable, never good or bad', async ({
  app,
  servers,
}) => {
  const { page } = app;
  const gone = await startTlsServer({ ...certificate });
  await gone.close();
  await openTls(page);
  await add(page, 'Gone', gone.port);
  expect(servers).toEqual([]);
  await page.keyboard.press('t');
  await page.keyboard.press('s');
  await scanned(page);
  await expect(row(page, 'Gone')).toContainText('Unreachable');
  await row(page, 'Gone').click();
  await expect(page.locator('#report-verdict')).toContainText('neither good nor bad');
});

test('a report is printed as PDF and exported in every format', async ({ app, servers }) => {
  const { page, dataDir } = app;
  const server = await startTlsServer({ ...certificate });
  servers.push(server);
  await openTls(page);
  await add(page, 'Printed', server.port);
  await page.keyboard.press('t');
  await page.keyboard.press('s');
  await scanned(page);
  await row(page, 'Printed').click();
  await expect(page.locator('#report-certificates')).toBeVisible();

  const pdf = join(dataDir, 'report.pdf');
  await saveTo(app, pdf);
  await page.keyboard.press('Control+p');
  await expect(page.getByText('Report printed')).toBeVisible();
  const bytes = readFileSync(pdf).toString('latin1');
  expect(bytes.startsWith('%PDF-')).toBe(true);
  expect(bytes).toContain('/MarkInfo');
  expect(bytes).toContain(`TLS report of 127.0.0.1:${server.port}`);
  // Every part is in the outline, and so on paper; the raw result is for files.
  for (const part of ['Verdict', 'Certificates', 'Cipher suites', 'Vulnerabilities', 'History']) {
    expect(bytes).toContain(`(${part})`);
  }
  expect(bytes).not.toContain('(Raw result)');
  expect(bytes.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(2);

  for (const [name, format] of [
    ['JSON', 'json'],
    ['CSV', 'csv'],
    ['SARIF 2.1', 'sarif'],
  ] as const) {
    const file = join(dataDir, `scan.${format}`);
    await saveTo(app, file);
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name }).click();
    await expect(page.getByText(file)).toBeVisible();
    expect(readFileSync(file, 'utf8')).toContain('127.0.0.1');
  }
  const sarif = JSON.parse(readFileSync(join(dataDir, 'scan.sarif'), 'utf8')) as {
    version: string;
  };
  expect(sarif.version).toBe('2.1.0');
});

test('a pasted list is previewed with its faulty lines before anything is added', async ({
  app: { page },
}) => {
  await openTls(page);
  await page.keyboard.press('i');
  const dialog = page.getByRole('dialog', { name: 'Paste or open a list' });
  await dialog
    .getByRole('textbox', { name: 'List of endpoints' })
    .fill('host,port,owner,tags\na.example.test,443,Ops,prod\nb.example.test,70000,Ops,prod\n');
  const problems = dialog.getByRole('list', { name: 'Problems' });
  await expect(problems).toContainText('Line 3');
  await expect(dialog.getByRole('list', { name: 'Endpoints to add' })).toContainText(
    'a.example.test:443',
  );
  await problems.getByRole('button', { name: 'Line 3' }).click();
  await expect(dialog.getByRole('textbox', { name: 'List of endpoints' })).toBeFocused();
  expect(await page.locator('tr[data-endpoint]').count()).toBe(0);
  await dialog.getByRole('button', { name: 'Add 1' }).click();
  await expect(dialog).toBeHidden();
  await expect(row(page, 'a.example.test')).toContainText('Ops');
});

test('the list is filtered, reloaded and walked by keyboard alone', async ({ app: { page } }) => {
  await openTls(page);
  await page.keyboard.press('i');
  const dialog = page.getByRole('dialog', { name: 'Paste or open a list' });
  await expect(dialog.getByRole('textbox', { name: 'List of endpoints' })).toBeFocused();
  await page.keyboard.insertText(
    'host,port,name,owner\na.example.test,443,Alpha,Ops\nb.example.test,443,Beta,Web\nc.example.test,443,Gamma,Web\n',
  );
  await expect(dialog.getByRole('button', { name: 'Add 3' })).toBeEnabled();
  await dialog.getByRole('button', { name: 'Add 3' }).press('Enter');
  await expect(row(page, 'Gamma')).toBeVisible();

  await page.keyboard.press('/');
  await page.keyboard.type('web');
  await expect(page.locator('tr[data-endpoint]')).toHaveCount(2);
  await expect(page).toHaveURL(/#\/tls\?q=web$/);
  await page.reload();
  await expect(page.locator('tr[data-endpoint]')).toHaveCount(2);

  await page.keyboard.press('t');
  await expect(page.getByRole('grid', { name: 'Endpoints' })).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Gamma' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Not scanned yet' })).toBeVisible();
  await page.keyboard.press('e');
  const edit = page.getByRole('dialog', { name: 'Edit the endpoint' });
  await edit.getByRole('textbox', { name: 'Name', exact: true }).fill('Delta');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Delta' })).toBeVisible();
  await page.keyboard.press('[');
  await expect(page.getByRole('heading', { level: 1, name: 'Beta' })).toBeVisible();
  await page.keyboard.press(']');
  await expect(page.getByRole('heading', { level: 1, name: 'Delta' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/#\/tls\?q=web$/);
  await expect(row(page, 'Delta')).toBeVisible();

  await page.keyboard.press('t');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  const remove = page.getByRole('dialog', { name: 'Remove 2 endpoints' });
  await remove.getByRole('button', { name: 'Remove' }).press('Enter');
  await expect(page.getByText('2 endpoints removed')).toBeVisible();
  await page.keyboard.press('Shift+F');
  await expect(page.locator('tr[data-endpoint]')).toHaveCount(1);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText(
    'Scan all endpoints',
  );
});

test('schedule and own policy are kept; a faulty policy says where', async ({ app: { page } }) => {
  await openTls(page);
  await runCommand(page, 'schedule of scans');
  const schedule = page.getByRole('dialog', { name: 'Schedule and politeness' });
  await schedule.getByRole('radio', { name: 'Every week' }).click();
  await schedule.getByRole('textbox', { name: 'Connections a host' }).fill('3');
  await schedule.getByRole('checkbox', { name: 'ROBOT' }).click();
  await schedule.getByRole('button', { name: 'Save' }).click();
  await expect(schedule).toBeHidden();
  await runCommand(page, 'schedule of scans');
  await expect(schedule.getByRole('radio', { name: 'Every week' })).toBeChecked();
  await expect(schedule.getByRole('textbox', { name: 'Connections a host' })).toHaveValue('3');
  await expect(schedule.getByRole('checkbox', { name: 'ROBOT' })).not.toBeChecked();
  await page.keyboard.press('Escape');

  await runCommand(page, 'own policy');
  const policy = page.getByRole('dialog', { name: 'Own policy for endpoints' });
  await policy.getByRole('textbox', { name: 'Policy in YAML' }).fill('rules:\n  - nonsense: [\n');
  await policy.getByRole('button', { name: 'Save' }).click();
  await expect(policy.getByRole('list', { name: 'Problems' })).toContainText(/Line \d/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong with list, dialogs and report, ${colorScheme}`, async ({
    launch,
    servers,
  }) => {
    const { page } = await launch({ colorScheme });
    const server = await startTlsServer({ ...certificate });
    servers.push(server);
    await openTls(page);
    expect(await axeViolations(page)).toEqual([]);
    await add(page, 'Looked at', server.port);
    await page.keyboard.press('t');
    await page.keyboard.press('s');
    await scanned(page);
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('a');
    await expect(page.getByRole('dialog', { name: 'Add an endpoint' })).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await row(page, 'Looked at').click();
    await expect(page.locator('#report-conduct')).toBeAttached();
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('v');
    await expect(page.getByRole('heading', { name: 'Compare scans' })).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);
  });
}
