import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rectangle } from 'electron';
import { z } from 'zod';

const stateSchema = z.object({
  x: z.number().int().optional(),
  y: z.number().int().optional(),
  width: z.number().int().min(720).max(16_384),
  height: z.number().int().min(480).max(16_384),
  maximized: z.boolean(),
  /** The theme as last set, so that the first picture has its colour before the database is open. */
  theme: z.enum(['system', 'light', 'dark']),
});

/** How the window was left: size and place in device-independent pixels. */
export type WindowState = z.infer<typeof stateSchema>;

const firstState: WindowState = { width: 1360, height: 860, maximized: false, theme: 'system' };

/** Reads how the window was left; the first size where nothing readable is there. Synchronous: the window waits for it. */
export function readWindowState(dataDir: string): WindowState {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')));
  } catch {
    return firstState;
  }
}

/** Keeps how the window was left. Losing it costs a resize, so a full disk is no reason to complain. */
export function writeWindowState(dataDir: string, state: WindowState): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const part = `${fileIn(dataDir)}.part`;
    writeFileSync(part, JSON.stringify(state), { mode: 0o600 });
    renameSync(part, fileIn(dataDir));
  } catch {
    // The next start uses what was there before.
  }
}

/** Forgets a place that lies on no display of today, so that the window is not out of sight. */
export function placeOnDisplays(state: WindowState, displays: readonly Rectangle[]): WindowState {
  const { x, y, width } = state;
  const visible =
    x !== undefined &&
    y !== undefined &&
    // A title bar that can be grasped: its top and 100 pixels of its width.
    displays.some(
      (area) =>
        y >= area.y &&
        y < area.y + area.height - 40 &&
        Math.min(x + width, area.x + area.width) - Math.max(x, area.x) >= 100,
    );
  if (visible) return state;
  const { x: _x, y: _y, ...size } = state;
  return size;
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'window.json');
}
