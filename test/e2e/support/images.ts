import { copyFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Saves a picture of the window as test-results/screens/NAME.png, to be looked at. With
 * CLAVIGER_UPDATE_IMAGES set it also becomes docs/images/NAME.png, which the README shows.
 */
export async function screenshot(page: Page, name: string, forDocs = false): Promise<void> {
  const path = `${root}test-results/screens/${name}.png`;
  await page.screenshot({ path, animations: 'disabled' });
  if (!forDocs || !process.env['CLAVIGER_UPDATE_IMAGES']) return;
  const target = `${root}docs/images/${name}.png`;
  await mkdir(dirname(target), { recursive: true });
  await copyFile(path, target);
}
