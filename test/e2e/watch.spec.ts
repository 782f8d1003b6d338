import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { axeViolations } from './support/axe';
import { expect, test, type App, type LaunchOptions } from './support/app';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const key = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const root = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: 'kms:*',
  Resource: '*',
};
const everybody = { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };
const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

const changes: [minutes: number, name: string, parameters: object, source?: string][] = [
  [0, 'CreateKey', { policy: policy(root) }],
  [60, 'PutKeyPolicy', { policy: policy(root, everybody), policyName: 'default' }],
  [90, 'DisableKey', {}],
  [113, 'EnableKey', {}],
  [200, 'StopLogging', { name: 'main' }, 'cloudtrail.amazonaws.com'],
];

/** A data folder into which a log with these changes was taken. */
function withChanges(): string {
  const dataDir = test.info().outputPath('data');
  const log = test.info().outputPath('log.json');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const Records = changes.map(([minutes, eventName, requestParameters, source], n) => ({
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      arn: 'arn:aws:iam::111122223333:user/mallory',
      accountId: '111122223333',
      userName: 'mallory',
    },
    eventTime: `${new Date(1.764e12 + minutes * 60_000).toISOString().slice(0, 19)}Z`,
    eventSource: source ?? 'kms.amazonaws.com',
    eventName,
    awsRegion: 'eu-central-1',
    sourceIPAddress: '192.0.2.7',
    requestParameters: source ? requestParameters : { keyId: key, ...requestParameters },
    eventID: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    ...(!source && { resources: [{ accountId: '111122223333', type: 'AWS::KMS::Key', ARN: key }] }),
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
  }));
  writeFileSync(log, JSON.stringify({ Records }));
  execFileSync(process.execPath, [cli, 'events', 'import', log], {
    env: { PATH: process.env['PATH'], HOME: dataDir, CLAVIGER_DATA_DIR: dataDir },
  });
  return dataDir;
}

async function watching(
  launch: (options?: LaunchOptions) => Promise<App>,
  options: LaunchOptions = {},
): Promise<Page> {
  const { page } = await launch({ ...options, dataDir: withChanges() });
  await expect(page.getByRole('navigation', { name: 'Features' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await page.getByRole('radio', { name: 'Watch' }).click();
  await expect(page.getByRole('table', { name: 'Alerts' })).toBeVisible();
  return page;
}

test('an alert opens by keyboard, shows who gained what, is acknowledged and in the journal', async ({
  launch,
}) => {
  const page = await watching(launch);
  const rows = page.getByRole('table', { name: 'Alerts' }).getByRole('row');
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(1)).toContainText('Trail stopped');
  await expect(rows.nth(3)).toContainText('took it back 23 minutes later');
  const nav = page.getByRole('navigation', { name: 'Features' });
  await expect(nav).toContainText('2 open alerts of high severity');

  await rows.nth(1).focus();
  await page.keyboard.press('j');
  await expect(rows.nth(2)).toBeFocused();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('complementary', { name: 'Alert' });
  await expect(drawer).toContainText('Key open to everybody');
  await expect(drawer).toContainText('Gained: *: kms:decrypt (everybody)');
  await expect(drawer).toContainText('Compared with what an earlier event put on 2025');
  await expect(drawer.getByRole('listitem').filter({ hasText: 'can decrypt' })).toContainText('*');
  const diff = drawer.getByRole('region', { name: 'The policy before and after' });
  await expect(diff.locator('ins')).toContainText('"Principal": "*"');

  const acknowledge = drawer.getByRole('button', { name: 'Acknowledge' });
  await expect(acknowledge).toBeDisabled();
  await drawer.getByRole('textbox', { name: 'Note' }).fill('Asked Ann: taken back on Monday');
  await page.keyboard.press('Enter');
  await expect(drawer).toContainText('Open again');
  await page.keyboard.press('Escape');
  await expect(rows).toHaveCount(3);
  await expect(nav).toContainText('1 open alerts of high severity');
  await page.getByRole('checkbox', { name: 'Acknowledged too' }).click();
  await expect(rows.nth(2)).toContainText('Acknowledged: Asked Ann');

  await page.keyboard.press('g');
  await page.keyboard.press('j');
  await page
    .getByRole('row', { name: /events.acknowledge/ })
    .first()
    .click();
  await expect(page.getByText('Asked Ann: taken back on Monday', { exact: true })).toBeVisible();
});

test('an alert leads to its event, and a rule can be switched off', async ({ launch }) => {
  const page = await watching(launch);
  const rows = page.getByRole('table', { name: 'Alerts' }).getByRole('row');
  await rows.nth(1).click();
  await page.getByRole('button', { name: /^Show event/ }).click();
  const event = page.getByRole('complementary', { name: 'Event' });
  await expect(event).toContainText('StopLogging');
  await page.goBack();
  await expect(rows).toHaveCount(4);

  await page.getByRole('button', { name: 'Rules' }).click();
  const dialog = page.getByRole('dialog', { name: 'Rules of the watch' });
  await dialog.getByRole('switch', { name: 'Trail stopped' }).click();
  await dialog.getByRole('textbox', { name: 'Learning (days)' }).fill('0');
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await expect(dialog).toContainText('A whole number from 1 to 365.');
  await dialog.getByRole('textbox', { name: 'Learning (days)' }).fill('7');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(rows).toHaveCount(3);
  await expect(page.getByText(/Still learning what is usual in eu-central-1/)).toBeVisible();

  await page.getByRole('button', { name: 'Severity' }).click();
  await page.getByRole('checkbox', { name: /Medium/ }).click();
  await page.keyboard.press('Escape');
  await expect(rows).toHaveCount(2);
  await page.getByRole('radio', { name: 'Drift' }).click();
  await expect(page.getByText('No change between inventories')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong with the watch, ${colorScheme}`, async ({ launch }) => {
    const page = await watching(launch, { colorScheme });
    expect(await axeViolations(page)).toEqual([]);
    const rows = page.getByRole('table', { name: 'Alerts' }).getByRole('row');
    await rows.nth(2).click();
    await expect(page.getByRole('complementary', { name: 'Alert' })).toBeVisible();
    expect(await axeViolations(page), 'drawer').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Rules' }).click();
    await expect(page.getByRole('switch', { name: 'Trail stopped' })).toBeVisible();
    expect(await axeViolations(page), 'rules').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('radio', { name: 'Drift' }).click();
    await expect(page.getByText('No change between inventories')).toBeVisible();
    expect(await axeViolations(page), 'drift').toEqual([]);
  });
}
