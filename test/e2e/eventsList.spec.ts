import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app';
import { axeViolations } from './support/axe';
import { imported, importFolder, writeLog } from './support/eventLog';

const events = 6000;
const grid = (page: Page) => page.getByRole('grid', { name: 'Events' });
/** The n-th of the matching events, counted from 1. */
const row = (page: Page, n: number) => grid(page).locator(`[aria-rowindex="${n + 1}"]`);
/** The row on which the keyboard stands. */
const active = (page: Page) =>
  grid(page).evaluate((element) => {
    const id = element.getAttribute('aria-activedescendant');
    return Number(document.getElementById(id ?? '')?.getAttribute('aria-rowindex')) - 1;
  });

/** How far below the list's upper edge the n-th row is, in pixels. */
async function offset(page: Page, n: number): Promise<number> {
  const [list, at] = await Promise.all([grid(page).boundingBox(), row(page, n).boundingBox()]);
  return (at?.y ?? Number.NaN) - (list?.y ?? Number.NaN);
}

test('a list of thousands is walked with the keyboard from end to end', async ({ app }) => {
  const page = await imported(app, events);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(events + 1));
  await grid(page).focus();
  await page.keyboard.press('End');
  await expect(row(page, events)).toBeInViewport();
  // The oldest call.
  await expect(row(page, events)).toContainText('2025-11-24 16:00:00');
  await expect.poll(() => active(page)).toBe(events);
  await page.keyboard.press('PageUp');
  await expect.poll(() => active(page)).toBeLessThan(events - 5);
  await page.keyboard.press('Home');
  await expect(row(page, 1)).toBeInViewport();
  await page.keyboard.press('j');
  await expect.poll(() => active(page)).toBe(2);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/event=00000000-0000-4000-8000-000000005998/);
});

test('a hand on the scroll bar comes to any place, and only what is near is kept', async ({
  app,
}) => {
  const page = await imported(app, events);
  const jump = (share: number) =>
    grid(page).evaluate((element, to) => element.scrollTo(0, element.scrollHeight * to), share);
  for (const share of [0.5, 0.9, 0.1, 0.5]) {
    await jump(share);
    const near = row(page, Math.round(share * events) + 5);
    await expect(near).toBeInViewport();
    await expect(near).toContainText('Decrypt');
    await expect(grid(page).getByLabel('Being read')).toHaveCount(0);
  }
  await expect.poll(() => grid(page).locator('[data-index]').count()).toBeLessThan(100);
  expect(await axeViolations(page)).toEqual([]);
});

test('an event far down is opened, left for another screen, and found again', async ({ app }) => {
  const page = await imported(app, events);
  await grid(page).evaluate((element) => element.scrollTo(0, element.scrollHeight * 0.7));
  const far = row(page, 4210);
  await expect(far).toContainText('Decrypt');
  await far.click();
  const drawer = page.getByRole('complementary', { name: 'Event' });
  await expect(drawer).toContainText('000000001790');
  await page.keyboard.press('j');
  await expect(drawer).toContainText('000000001789');
  await page.keyboard.press('k');
  await expect(drawer).toContainText('000000001790');
  const place = page.url();

  await page.keyboard.press('g');
  await page.keyboard.press('k');
  await expect(page.getByRole('heading', { level: 1, name: 'Keys' })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(place);
  await expect(drawer).toContainText('000000001790');
  await expect(far).toBeInViewport();

  // With nothing in memory the place is asked for.
  await page.reload();
  await expect(drawer).toContainText('000000001790');
  await expect(far).toBeInViewport();
  await expect(far).toHaveAttribute('aria-current', 'true');
  // The neighbour of what is open is known while other rows are looked at.
  await grid(page).evaluate((element) => element.scrollTo(0, 0));
  await expect(row(page, 1)).toBeInViewport();
  await drawer.getByRole('button', { name: 'Next event' }).click();
  await expect(drawer).toContainText('000000001789');
  await expect(row(page, 4211)).toBeInViewport();
});

test('events that come in leave in its place what one looks at', async ({ app }) => {
  const page = await imported(app, events);
  await grid(page).evaluate((element) => element.scrollTo(0, element.scrollHeight * 0.3));
  const seen = row(page, 1810);
  await expect(seen).toContainText('Decrypt');
  const text = await seen.innerText();
  const before = await offset(page, 1810);

  const later = join(app.dataDir, 'later');
  writeLog(later, 250, events);
  await importFolder(app, later, 250);
  const moved = row(page, 2060);
  await expect(moved).toBeInViewport();
  await expect.poll(() => moved.innerText()).toBe(text);
  await expect.poll(() => offset(page, 2060)).toBe(before);

  // Who looks at the top sees them.
  await grid(page).focus();
  await page.keyboard.press('Home');
  await expect(row(page, 1)).toContainText('2026-01-');
});

test('a click opens the event that the button went down on, though another list came meanwhile', async ({
  app,
}) => {
  const page = await imported(app);
  await expect(row(page, 3)).toContainText('ann');
  await row(page, 3).hover();
  await page.mouse.down();
  await page.keyboard.press('/');
  await page.keyboard.type('caller:mallory');
  await expect(page.getByRole('search').getByRole('status')).toContainText('20 of 192');
  await expect(row(page, 3)).toContainText('mallory');
  await page.mouse.up();
  await expect(page.getByRole('complementary', { name: 'Event' })).toContainText('000000000189');
});
