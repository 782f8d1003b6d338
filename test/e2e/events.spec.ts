import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { axeViolations } from './support/axe';
import { expect, test, type App } from './support/app';

const key = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** A log of two days: a call each quarter of an hour, every tenth one of them denied. */
function writeLog(folder: string): void {
  const Records = Array.from({ length: 192 }, (_, n) => ({
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      arn: 'arn:aws:iam::111122223333:user/ann',
      accountId: '111122223333',
      userName: n % 10 === 0 ? 'mallory' : 'ann',
    },
    eventTime: `${new Date(1.764e12 + n * 900_000).toISOString().slice(0, 19)}Z`,
    eventSource: 'kms.amazonaws.com',
    eventName: 'Decrypt',
    awsRegion: 'eu-central-1',
    sourceIPAddress: '192.0.2.7',
    requestParameters: { keyId: key, encryptionContext: { purpose: 'invoices' } },
    ...(n % 10 === 0 && {
      errorCode: 'AccessDeniedException',
      errorMessage: 'because no identity-based policy allows the kms:Decrypt action',
    }),
    eventID: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    resources: [{ accountId: '111122223333', type: 'AWS::KMS::Key', ARN: key }],
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
  }));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'log.json.gz'), gzipSync(JSON.stringify({ Records })));
}

/** The next native dialog picks this. */
async function pick(app: App, path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, picked) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [picked] });
  }, path);
}

async function imported(app: App): Promise<Page> {
  const { page } = app;
  const folder = join(app.dataDir, 'logs');
  writeLog(folder);
  await expect(page.getByRole('navigation', { name: 'Features' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await expect(page.getByRole('heading', { level: 1, name: 'Events' })).toBeVisible();
  await expect(page.getByText('No events yet')).toBeVisible();
  // Main is asked when its start is over: before that Playwright may lose the answer.
  await pick(app, folder);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('menuitem', { name: 'A folder of log files' }).click();
  await expect(page.getByText('192 new events')).toBeVisible();
  await expect(page.getByRole('search').getByRole('status')).toContainText('192 of 192');
  return page;
}

test('from a folder of logs to the cause of a failure and the key behind it', async ({ app }) => {
  const page = await imported(app);
  await expect(page.getByRole('img', { name: /172 done, 20 denied/ })).toBeVisible();

  await page.getByRole('radio', { name: 'Triage' }).click();
  await expect(page.getByText(/mallory could not use key 1234abcd…/)).toBeVisible();
  await page.getByRole('button', { name: 'Show events' }).click();
  await expect(page.getByRole('search').getByRole('status')).toContainText('20 of 192');

  await page
    .getByRole('row', { name: /mallory/ })
    .first()
    .click();
  const drawer = page.getByRole('complementary', { name: 'Event' });
  await expect(drawer).toContainText('no identity-based policy');
  await expect(drawer.getByRole('figure')).toContainText('"eventName": "Decrypt"');
  await drawer.getByRole('button', { name: 'All its events' }).click();
  await expect(page.getByRole('search').getByRole('status')).toContainText('192 of 192');
});

test('a search and a time stand in the address and come back after a reload', async ({ app }) => {
  const page = await imported(app);
  await page.keyboard.press('/');
  await page.keyboard.type('caller:mallory');
  await expect(page.getByRole('search').getByRole('status')).toContainText('20 of 192');
  await page.getByRole('radio', { name: '24 h' }).click();
  await expect(page.getByRole('search').getByRole('status')).toContainText('10 of 192');
  await page.reload();
  await expect(page.getByRole('search').getByRole('status')).toContainText('10 of 192');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(page.getByRole('search').getByRole('status')).toContainText('192 of 192');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong with the events, ${colorScheme}`, async ({ launch }) => {
    const app = await launch({ colorScheme });
    const page = await imported(app);
    expect(await axeViolations(page)).toEqual([]);
    await page
      .getByRole('row', { name: /Decrypt/ })
      .first()
      .click();
    await expect(page.getByRole('complementary', { name: 'Event' })).toBeVisible();
    expect(await axeViolations(page), 'drawer').toEqual([]);
    for (const view of ['Triage', 'Trust']) {
      await page.getByRole('radio', { name: view }).click();
      expect(await axeViolations(page), view).toEqual([]);
    }
  });
}
