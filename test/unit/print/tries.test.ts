import { expect, test } from 'vitest';
import { tries } from '../../../electron/print/tries';

test('on Linux no display is needed, and a screen in memory is the second try', () => {
  expect(tries('/opt/electron', { platform: 'linux', getuid: () => 1000 })).toEqual([
    { program: '/opt/electron', args: ['--disable-gpu', '--ozone-platform=headless'] },
    { program: 'xvfb-run', args: ['-a', '/opt/electron', '--disable-gpu'] },
  ]);
});

test('the sandbox is given up for root alone, who cannot have it', () => {
  const asRoot = tries('electron', { platform: 'linux', getuid: () => 0 });
  expect(asRoot.every(({ args }) => args.includes('--no-sandbox'))).toBe(true);
});

test.each(['win32', 'darwin'] as const)('%s has a display of its own', (platform) => {
  expect(tries('electron', { platform })).toEqual([
    { program: 'electron', args: ['--disable-gpu'] },
  ]);
});
