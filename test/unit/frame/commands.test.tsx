import { expect, test } from 'vitest';
import { createCommandRegistry, keysOf, type Command } from '../../../renderer/app/commands';
import { commandGroups, matchesQuery } from '../../../renderer/app/Palette';

const command = (id: string, more: Partial<Command> = {}): Command => ({
  id,
  title: id,
  group: 'Keys',
  run: () => {},
  ...more,
});

test('commands are there for as long as their screen is registered', () => {
  const registry = createCommandRegistry();
  registry.register(() => [command('frame')]);
  const leave = registry.register(() => [command('screen')]);
  expect(registry.all().map(({ id }) => id)).toEqual(['frame', 'screen']);
  leave();
  expect(registry.all().map(({ id }) => id)).toEqual(['frame']);
});

test('the list is asked for anew each time, and what is not enabled is left out', () => {
  const registry = createCommandRegistry();
  let enabled = false;
  registry.register(() => [command('export', { enabled })]);
  expect(registry.all()).toEqual([]);
  enabled = true;
  expect(registry.all()).toHaveLength(1);
});

test('a screen may replace a command of the frame', () => {
  const registry = createCommandRegistry();
  registry.register(() => [command('refresh', { title: 'Refresh' })]);
  registry.register(() => [command('refresh', { title: 'Refresh keys' })]);
  expect(registry.all().map(({ title }) => title)).toEqual(['Refresh keys']);
});

test('a command has none, one or several key sequences', () => {
  expect(keysOf({})).toEqual([]);
  expect(keysOf({ keys: 'g k' })).toEqual(['g k']);
  expect(keysOf({ keys: ['j', 'ArrowDown'] })).toEqual(['j', 'ArrowDown']);
});

test('the palette finds a command by all words, in title, group or keywords', () => {
  const dark = command('dark', { title: 'Dark theme', group: 'View', keywords: 'appearance' });
  expect(matchesQuery(dark, 'theme dark')).toBe(true);
  expect(matchesQuery(dark, 'VIEW appear')).toBe(true);
  expect(matchesQuery(dark, '')).toBe(true);
  expect(matchesQuery(dark, 'dark keys')).toBe(false);
});

test('the palette keeps groups together in the order in which they first occur', () => {
  const groups = commandGroups([
    command('a', { group: 'Go to' }),
    command('b', { group: 'View' }),
    command('c', { group: 'Go to' }),
  ]);
  expect(groups.map(({ value, items }) => [value, items.map(({ id }) => id)])).toEqual([
    ['Go to', ['a', 'c']],
    ['View', ['b']],
  ]);
});
