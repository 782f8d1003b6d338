import type { Page } from '@playwright/test';
import { expect } from './app';

/** The keys of the practice account stand in the table, and nothing is being read any more. */
export async function keysRead(page: Page): Promise<void> {
  await expect(page.getByRole('grid', { name: 'Keys' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Refresh', exact: true })).toBeEnabled();
  await expect(page.getByRole('button', { name: 'Stop refreshing' })).toBeHidden();
}
