import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, type App } from './app';

const key = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** A log of a call each quarter of an hour, from the n-th on, every tenth one of them denied. */
export function writeLog(
  folder: string,
  calls: number,
  from = 0,
  encryptionContext: Readonly<Record<string, string>> = { purpose: 'invoices' },
): void {
  const numbers = Array.from({ length: calls }, (_, i) => from + i);
  const Records = numbers.map((n) => ({
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      arn: `arn:aws:iam::111122223333:user/${n % 10 === 0 ? 'mallory' : 'ann'}`,
      accountId: '111122223333',
      userName: n % 10 === 0 ? 'mallory' : 'ann',
    },
    eventTime: `${new Date(1.764e12 + n * 900_000).toISOString().slice(0, 19)}Z`,
    eventSource: 'kms.amazonaws.com',
    eventName: 'Decrypt',
    awsRegion: 'eu-central-1',
    sourceIPAddress: '192.0.2.7',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      keyExchange: n % 10 === 0 ? 'x25519' : 'X25519MLKEM768',
    },
    requestParameters: { keyId: key, encryptionContext },
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

/** The event screen with that log taken in: of two days, unless told otherwise. */
export async function imported(app: App, calls = 192): Promise<Page> {
  const { page } = app;
  const folder = join(app.dataDir, 'logs');
  writeLog(folder, calls);
  await expect(page.getByRole('navigation', { name: 'Features' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await expect(page.getByRole('heading', { level: 1, name: 'Events' })).toBeVisible();
  await expect(page.getByText('No events yet')).toBeVisible();
  await importFolder(app, folder, calls);
  const all = calls.toLocaleString('en');
  await expect(page.getByRole('search').getByRole('status')).toContainText(`${all} of ${all}`);
  return page;
}

/** Takes in a folder of logs with so many new events. */
export async function importFolder(app: App, folder: string, calls: number): Promise<void> {
  const { page } = app;
  // Main is asked when its start is over: before that Playwright may lose the answer.
  await pick(app, folder);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('menuitem', { name: 'A folder of log files' }).click();
  await expect(page.getByText(`${calls.toLocaleString('en')} new events`)).toBeVisible();
}
