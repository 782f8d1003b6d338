import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { axeViolations } from './support/axe';
import { expect, test, type App } from './support/app';

/** The next native dialogs pick these. */
async function pick(app: App, paths: readonly string[]): Promise<void> {
  await app.electron.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...filePaths] });
  }, paths);
}

/** A folder of the test's own, with files. */
function filesIn(app: App, files: Readonly<Record<string, string>>): string {
  const folder = join(app.dataDir, 'documents');
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** The screen, once the practice account's keys are there to choose from. */
async function envelopes(app: App): Promise<Page> {
  const { page } = app;
  await expect(page.getByRole('heading', { level: 1, name: 'Envelopes' })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'prod/ledger' })).toBeVisible();
  return page;
}

/** Drops files on the middle of the window, as a file manager does. */
async function drop(page: Page, files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data });
  }
  await session.detach();
}

test('dropped files are encrypted, looked into, proved, put under another key and opened again', async ({
  launch,
}) => {
  const app = await launch({ at: '/envelopes' });
  const page = await envelopes(app);
  const content = 'name,salary\nann,1\n'.repeat(500);
  const folder = filesIn(app, { 'payroll.csv': content });
  const source = join(folder, 'payroll.csv');
  await drop(page, [source]);
  await expect(page.getByRole('list', { name: 'Files' })).toContainText('payroll.csv');
  await page.getByRole('checkbox', { name: 'prod/ledger' }).click();
  await page.getByRole('button', { name: 'Add a pair' }).click();
  await page.getByLabel('Name 1').fill('password');
  await page.getByLabel('Value 1').fill('hr');
  await expect(page.getByText(/looks like a secret by its name/)).toBeVisible();
  await page.getByLabel('Name 1').fill('department');
  await expect(page.getByText(/looks like a secret/)).toBeHidden();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click();
  await expect(page.getByText(/1 done/)).toBeVisible();
  const sealed = `${source}.envelope.json`;
  const envelope = JSON.parse(readFileSync(sealed, 'utf8')) as Record<string, unknown>;
  expect(Object.keys(envelope)).toEqual(
    expect.arrayContaining(['encrypted_data_key', 'nonce', 'ciphertext']),
  );

  await page.getByRole('radio', { name: 'Open' }).click();
  await pick(app, [sealed]);
  await page.getByRole('button', { name: 'Choose files' }).click();
  const panel = page.getByRole('complementary', { name: 'Envelope' });
  await expect(panel).toContainText('AES-256-GCM');
  await expect(panel).toContainText('department');
  await panel.getByRole('button', { name: 'Prove it' }).click();
  await expect(panel).toContainText('The key’s present material');
  expect(await axeViolations(page)).toEqual([]);

  // Beside its source the new envelope has the old one's name.
  await page.getByRole('checkbox', { name: 'Write over files of the same name' }).click();
  await page.getByRole('button', { name: 'Put under another key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: 'prod/volumes' }).click();
  await dialog.getByRole('button', { name: 'Re-key' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/1 done/)).toBeVisible();
  const rekeyed = () => JSON.parse(readFileSync(sealed, 'utf8')) as Record<string, unknown>;
  // The word of an earlier job may stand there a moment longer: the file itself tells.
  await expect.poll(() => rekeyed()['encrypted_data_key']).not.toBe(envelope['encrypted_data_key']);
  expect(rekeyed()['ciphertext']).toBe(envelope['ciphertext']);

  await page.getByRole('button', { name: 'Clear the list' }).click();
  const opened = join(folder, 'opened');
  mkdirSync(opened);
  await pick(app, [sealed]);
  await page.getByRole('button', { name: 'Choose files' }).click();
  await expect(page.getByRole('list', { name: 'Files' })).toContainText(
    'payroll.csv.envelope.json',
  );
  await pick(app, [opened]);
  await page
    .getByRole('region', { name: 'Actions' })
    .getByRole('button', { name: 'Choose a folder' })
    .click();
  await expect(page.getByText(opened, { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Decrypt', exact: true }).click();
  await expect(page.getByText(/1 done/)).toBeVisible();
  await expect
    .poll(() => readdirSync(opened).map((name) => readFileSync(join(opened, name), 'utf8')))
    .toEqual([content]);
});

test('a large file shows how far it is, and leaves nothing behind when it is cancelled', async ({
  launch,
}) => {
  const app = await launch({ at: '/envelopes' });
  const page = await envelopes(app);
  const folder = filesIn(app, { 'backup.img': '' });
  truncateSync(join(folder, 'backup.img'), 8 * 1024 ** 3);
  await pick(app, [join(folder, 'backup.img')]);
  await page.getByRole('button', { name: 'Choose files' }).click();
  await page.getByRole('checkbox', { name: 'prod/ledger' }).click();
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click();
  await expect(
    page.getByRole('status').filter({ hasText: /Encrypting: .* of 8\.0 GiB/ }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText(/Paused:/)).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeHidden();
  await expect.poll(() => readdirSync(folder)).toEqual(['backup.img']);
});

test('an altered envelope is refused with its reason, and nothing is written', async ({
  launch,
}) => {
  const app = await launch({ at: '/envelopes' });
  const page = await envelopes(app);
  const folder = filesIn(app, { 'note.txt': 'for your eyes only' });
  await pick(app, [join(folder, 'note.txt')]);
  await page.getByRole('button', { name: 'Choose files' }).click();
  await page.getByRole('checkbox', { name: 'prod/ledger' }).click();
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click();
  await expect(page.getByText(/1 done/)).toBeVisible();
  const sealed = join(folder, 'note.txt.envelope.json');
  const envelope = JSON.parse(readFileSync(sealed, 'utf8')) as { ciphertext: string };
  const bytes = Buffer.from(envelope.ciphertext, 'base64');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  const altered = join(folder, 'altered.envelope.json');
  writeFileSync(altered, JSON.stringify({ ...envelope, ciphertext: bytes.toString('base64') }));

  await page.getByRole('radio', { name: 'Open' }).click();
  await pick(app, [altered]);
  await page.getByRole('button', { name: 'Choose files' }).click();
  await page.getByRole('button', { name: 'Decrypt', exact: true }).click();
  await expect(page.getByText(/1 failed/)).toBeVisible();
  await expect(page.getByRole('list', { name: 'Files' }).getByRole('alert')).toContainText(
    /altered|changed|not/,
  );
  expect(existsSync(join(folder, 'altered'))).toBe(false);
});

test('a canary is made, opened, and still opens after the key was measured', async ({ launch }) => {
  const app = await launch({ at: '/envelopes?view=canaries' });
  const { page } = app;
  await page.getByRole('button', { name: 'Make a canary' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('checkbox', { name: 'prod/ledger' })).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'prod/ledger' }).click();
  await dialog.getByLabel('What it is for').fill('Before the rotation');
  await dialog.getByRole('button', { name: 'Make it' }).click();
  const list = page.getByRole('list', { name: 'Canaries' });
  await expect(list).toContainText('Before the rotation');
  await expect(list).toContainText('Never opened');
  await list.getByRole('button', { name: 'Open it' }).click();
  await expect(list).toContainText('Hash is equal');
  expect(await axeViolations(page)).toEqual([]);

  await page.getByRole('radio', { name: 'Measure' }).click();
  await page.getByRole('checkbox', { name: 'prod/ledger' }).click();
  await page.getByLabel('Records to measure').fill('20');
  await page.getByRole('button', { name: 'Measure', exact: true }).click();
  await expect(page.getByRole('region', { name: 'An envelope for each record' })).toContainText(
    '$3.00',
  );
  expect(await axeViolations(page)).toEqual([]);
});
