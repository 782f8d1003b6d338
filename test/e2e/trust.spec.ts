import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { signedTrail } from '../unit/events/signedTrail';
import { axeViolations } from './support/axe';
import { expect, test, type App } from './support/app';

/** A copy of a bucket with a changed and a deleted log file, and a time when validation was off. */
function writeTamperedTrail(folder: string): void {
  const trail = signedTrail();
  for (let n = 0; n < 30; n += 1) trail.hour(n);
  for (let n = 33; n < 60; n += 1) trail.hour(n, { restart: n === 33 });
  const [, , , changed = '', , , gone = ''] = trail.logs;
  trail.objects.set(changed, { body: gzipSync('{"Records":[]}'), metadata: {} });
  trail.objects.delete(gone);
  for (const [key, { body, metadata }] of trail.objects) {
    mkdirSync(dirname(join(folder, key)), { recursive: true });
    writeFileSync(join(folder, key), body);
    const head = JSON.stringify({ Metadata: metadata });
    if (key === trail.digests.at(-1)) writeFileSync(join(folder, `${key}.head.json`), head);
  }
  const { fingerprint: Fingerprint, value } = trail.signer.public;
  const Value = Buffer.from(value).toString('base64');
  writeFileSync(`${folder}.json`, JSON.stringify({ PublicKeyList: [{ Value, Fingerprint }] }));
}

async function validated(app: App): Promise<Page> {
  const { page } = app;
  const folder = join(app.dataDir, 'copy');
  writeTamperedTrail(folder);
  await expect(page.getByRole('navigation', { name: 'Features' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await page.getByRole('radio', { name: 'Trust' }).click();
  await expect(page.getByRole('button', { name: 'Validate a folder' })).toBeVisible();
  // First the folder is asked for, then the public keys.
  await app.electron.evaluate(
    ({ dialog }, picked) => {
      dialog.showOpenDialog = () =>
        Promise.resolve({ canceled: false, filePaths: picked.splice(0, 1) });
    },
    [folder, `${folder}.json`],
  );
  await page.getByRole('button', { name: 'Validate a folder' }).click();
  await expect(page.getByText(/3 faults in 57 digests/)).toBeVisible();
  return page;
}

test('a fault opens to what differs, and the evidence is exported', async ({ app }) => {
  const page = await validated(app);
  const timeline = page.getByRole('region', { name: 'audit in eu-central-1' });
  await expect(
    timeline.getByRole('list', {
      name: '57 digests: 53 valid, 1 modified, 1 missing, 1 restarted, 1 not proven',
    }),
  ).toBeVisible();

  const faults = page.getByRole('region', { name: 'Faults' });
  await expect(faults.getByRole('table')).toHaveCount(0);
  await timeline.getByRole('button', { name: /modified/ }).click();
  await expect(faults.getByRole('table')).toHaveCount(1);
  await expect(
    faults.getByRole('row', { name: /^SHA-256 of the uncompressed file/ }),
  ).toBeVisible();
  await expect(faults.getByRole('row', { name: /^Signed for by digest/ })).toBeVisible();
  // By keyboard: the square has put the focus on the fault.
  await page.keyboard.press('Enter');
  await expect(faults.getByRole('table')).toHaveCount(0);
  await faults
    .getByRole('button', { name: /What differs/ })
    .first()
    .press('Enter');
  await expect(faults.getByRole('row', { name: /^Time without digests/ })).toContainText(
    '180 minutes',
  );

  const target = join(app.dataDir, 'evidence.zip');
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, target);
  await page.getByRole('button', { name: 'Export evidence' }).click();
  await expect(page.getByText('Evidence exported')).toBeVisible();
  expect(readFileSync(target).subarray(0, 2).toString()).toBe('PK');
  expect(statSync(target).mode & 0o777).toBe(0o600);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong with a validation’s faults, ${colorScheme}`, async ({ launch }) => {
    const app = await launch({ colorScheme });
    const page = await validated(app);
    await page
      .getByRole('button', { name: /What differs/ })
      .first()
      .click();
    expect(await axeViolations(page)).toEqual([]);
  });
}
