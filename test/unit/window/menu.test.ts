import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { parseExternalUrl } from '../../../electron/window/externalLinks';
import { menuTemplate } from '../../../electron/window/menu';

function menu(platform: NodeJS.Platform, isPackaged = true) {
  const places: string[] = [];
  const pages: string[] = [];
  const items = flat(
    menuTemplate({
      platform,
      isPackaged,
      navigate: (hash) => places.push(hash),
      openExternal: (url) => pages.push(url),
    }),
  );
  const click = (label: string) =>
    items
      .find((item) => item.label === label)
      ?.click?.(...([] as unknown as [never, never, never]));
  return { items, places, pages, click };
}

function flat(items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [
    item,
    ...(Array.isArray(item.submenu) ? flat(item.submenu) : []),
  ]);
}

const platforms = ['linux', 'win32', 'darwin'] as const;

test.each(platforms)('on %s every place is reached, and only places', (platform) => {
  const { click, places } = menu(platform);
  for (const label of ['Keys', 'Accounts', 'Journal', 'Settings…']) click(label);
  expect(places).toEqual(['#/keys', '#/accounts', '#/journal', '#/settings']);
});

test.each(platforms)(
  'on %s there are quit, about, reload, zoom and editing, each once',
  (platform) => {
    const roles = menu(platform).items.flatMap((item) => item.role ?? []);
    for (const role of ['quit', 'about', 'reload', 'zoomIn', 'zoomOut', 'resetZoom', 'editMenu']) {
      expect(roles.filter((each) => each === role)).toEqual([role]);
    }
  },
);

test.each(platforms)('on %s no two items share an accelerator', (platform) => {
  const keys = menu(platform).items.flatMap((item) => item.accelerator ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

test('R26: DevTools are in the menu of an unpackaged program only', () => {
  const has = (isPackaged: boolean) =>
    menu('linux', isPackaged).items.some((item) => item.role === 'toggleDevTools');
  expect([has(true), has(false)]).toEqual([false, true]);
});

test('R13: every page of the menu is on the allow-list', () => {
  const { items, pages } = menu('linux');
  for (const item of items) item.click?.(...([] as unknown as [never, never, never]));
  expect(pages.length).toBeGreaterThan(0);
  for (const page of pages) expect(parseExternalUrl(page), page).toBeDefined();
});
