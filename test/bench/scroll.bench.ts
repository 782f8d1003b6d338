import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPractice } from '../../electron/practice/index';
import { startDisplay, type Display } from '../e2e/support/display';
import { recordFigures } from './figures';
import {
  jump,
  launch,
  memoryMb,
  root,
  scroll,
  together,
  writePlainList,
  type Frames,
} from './frames';

const keys = 10_000;
/** Each measured so often, table and plain list in turn, so that what else the machine does meets both alike. */
const repetitions = 5;

let folder: string;
let display: Display | undefined;
let app: ElectronApplication | undefined;
let plain: ElectronApplication | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'claviger-bench-'));
  display = await startDisplay(process.env);
});
afterAll(async () => {
  await app?.close();
  await plain?.close();
  display?.close();
  rmSync(folder, { recursive: true, force: true });
});

it('scrolls 10,000 rows in real Electron', async () => {
  // The practice account of the data folder has its keys before the program starts.
  const stateDir = join(folder, 'practice');
  const practice = await startPractice({ stateDir, seed: 'large', largeKeys: keys });
  await practice.close();

  const page = await (app = await launch(root, folder, display)).firstWindow();
  await page.evaluate(() => {
    location.hash = '#/keys';
  });
  const grid = page.getByRole('grid', { name: 'Keys' });
  await grid.waitFor();
  // All are listed long before all is read: the quotas decide how long that takes.
  await page.locator(`[role=grid][aria-rowcount="${keys + 1}"]`).waitFor({ timeout: 600_000 });
  // At 10 % of the quotas the reading goes on for minutes: measured with it, then without.
  const busy = await scroll(app, page);
  await page.getByRole('button', { name: 'Stop refreshing' }).click();
  await page.getByRole('button', { name: 'Refresh', exact: true }).waitFor();
  plain = await launch(writePlainList(folder, keys), folder, display);
  const plainPage = await plain.firstWindow();
  await plainPage.getByRole('grid').waitFor();
  const table: Frames[] = [];
  const list: Frames[] = [];
  for (let i = 0; i < repetitions; i += 1) {
    await plainPage.bringToFront();
    list.push(await scroll(plain, plainPage));
    await page.bringToFront();
    table.push(await scroll(app, page));
  }
  const calm = together(table);
  const bare = together(list);
  const jumps = await jump(app, page);

  recordFigures('Key table', [
    { what: 'Frames while scrolling 10,000 rows', value: calm.frames, unit: 'frames' },
    { what: 'Frames dropped', value: calm.dropped, unit: 'frames', goal: 'none' },
    { what: 'Frames dropped by a plain list of text', value: bare.dropped, unit: 'frames' },
    { what: 'Frame, median', value: calm.p50, unit: 'ms', goal: '16.7 ms at 60 Hz' },
    { what: 'Frame, 95th of 100', value: calm.p95, unit: 'ms' },
    { what: 'Frame, 99th of 100', value: calm.p99, unit: 'ms' },
    { what: 'Frame of a plain list, 99th of 100', value: bare.p99, unit: 'ms' },
    { what: 'Processor time a frame', value: calm.cpu, unit: 'ms' },
    { what: 'Processor time a frame of a plain list', value: bare.cpu, unit: 'ms' },
    {
      what: 'Frames dropped while the inventory is being read',
      value: busy.dropped,
      unit: 'frames',
    },
    { what: 'Longest frame while the inventory is being read', value: busy.longest, unit: 'ms' },
    { what: 'Jump to any place: frame, 99th of 100', value: jumps.p99, unit: 'ms' },
    { what: 'Memory of the window', value: await memoryMb(app, 'Tab'), unit: 'MB' },
    {
      what: 'Memory of a window with a plain list',
      value: await memoryMb(plain, 'Tab'),
      unit: 'MB',
    },
    { what: 'Memory of the main process', value: await memoryMb(app, 'Browser'), unit: 'MB' },
  ]);
  expect(calm.frames).toBeGreaterThan(100);
});
