import { expect, type Page } from '@playwright/test';

/** Opens the command palette by the keyboard and types into it, once no other dialog has the keys. */
export async function openPalette(page: Page, words: string): Promise<void> {
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search commands' })).toBeFocused();
  await page.keyboard.type(words);
}

/** Runs a command by the palette, with the keyboard alone. */
export async function runCommand(page: Page, words: string): Promise<void> {
  await openPalette(page, words);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeHidden();
}
