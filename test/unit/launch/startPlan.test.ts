import { expect, test } from 'vitest';
import { startPlan } from '../../../electron/launch/startPlan';

const desk = { platform: 'linux', isRoot: false, env: { DISPLAY: ':0', HOME: '/home/a' } };

test('a normal user with a display starts with the Chromium sandbox on', () => {
  expect(startPlan(desk)).toEqual({ opens: true, notes: [], flags: [], env: desk.env });
});

test('Wayland is a display', () => {
  expect(startPlan({ ...desk, env: { WAYLAND_DISPLAY: 'wayland-0' } }).opens).toBe(true);
});

test('root with a display starts without the sandbox and is told so in one line', () => {
  const plan = startPlan({ ...desk, isRoot: true });
  expect(plan.flags).toEqual(['--no-sandbox']);
  expect(plan.notes).toHaveLength(1);
  expect(plan.notes[0]).toContain('sandbox');
});

test.each([true, false])('without a display (root: %s) it offers the command line', (isRoot) => {
  const plan = startPlan({ platform: 'linux', isRoot, env: {} });
  expect(plan.opens).toBe(false);
  expect(plan.notes.join()).toContain('node dist/cli.js');
});

test.each(['darwin', 'win32'])('%s always has a display', (platform) => {
  expect(startPlan({ platform, isRoot: false, env: {} }).opens).toBe(true);
});

test('a variable that turns Electron into Node is not passed on', () => {
  const env = { ...desk.env, ELECTRON_RUN_AS_NODE: '1' };
  expect(startPlan({ ...desk, env }).env).toEqual(desk.env);
});
