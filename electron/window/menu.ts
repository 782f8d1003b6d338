import type { MenuItemConstructorOptions } from 'electron';

export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  /** Shows a place of the window: `#/keys`. */
  readonly navigate: (hash: string) => void;
  readonly openExternal: (url: string) => void;
}

/**
 * The application menu: what every program has, at the keys where every program has it, and the
 * window's places. What belongs to one view (filter, export, theme) is the window's own.
 */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { platform, isPackaged, navigate, openExternal } = options;
  const isMac = platform === 'darwin';
  const go = (label: string, hash: string, accelerator: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => navigate(hash),
  });
  const settings = go('Settings…', '#/settings', 'CmdOrCtrl+,');

  return [
    ...(isMac ? [macMenu(settings)] : []),
    {
      label: '&File',
      submenu: isMac ? [{ role: 'close' }] : [settings, separator, { role: 'quit' }],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        ...(isPackaged ? [] : [{ role: 'toggleDevTools' as const }]),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
      ],
    },
    {
      label: '&Go',
      submenu: [
        go('Readiness', '#/readiness', 'CmdOrCtrl+1'),
        go('Keys', '#/keys', 'CmdOrCtrl+2'),
        go('TLS', '#/tls', 'CmdOrCtrl+3'),
        go('Events', '#/events', 'CmdOrCtrl+4'),
        go('Envelopes', '#/envelopes', 'CmdOrCtrl+5'),
        go('Drills', '#/drills', 'CmdOrCtrl+6'),
        go('Journal', '#/journal', 'CmdOrCtrl+7'),
        go('Accounts', '#/accounts', 'CmdOrCtrl+8'),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      label: '&Help',
      submenu: [
        {
          label: 'AWS KMS Developer Guide',
          click: () => openExternal('https://docs.aws.amazon.com/kms/latest/developerguide/'),
        },
        ...(isMac ? [] : [separator, { role: 'about' as const }]),
      ],
    },
  ];
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

/** macOS keeps these under the program's name. */
function macMenu(settings: MenuItemConstructorOptions): MenuItemConstructorOptions {
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
}
