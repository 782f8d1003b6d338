import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { chooseRuntime } from '../e2e/support/chooseRuntime';
import type { Display } from '../e2e/support/display';

export const root = fileURLToPath(new URL('../..', import.meta.url));
/** A frame that took longer than one and a half of its 16.7 ms was dropped. */
const droppedMs = 25;

/** Starts a program in the runtime under test; `folder` is its home and its data folder. */
export function launch(
  program: string,
  folder: string,
  display: Display | undefined,
): Promise<ElectronApplication> {
  const executable =
    process.env['CLAVIGER_TEST_RUNTIME'] ??
    execFileSync(process.execPath, ['dist/launch/runtime.js'], {
      cwd: root,
      encoding: 'utf8',
    }).trim();
  chooseRuntime(executable);
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return _electron.launch({
    args: [...asRoot, '--disable-gpu', program],
    cwd: folder,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      DISPLAY: display?.name ?? process.env['DISPLAY'] ?? '',
      CLAVIGER_DATA_DIR: folder,
    },
  });
}

/**
 * The least that a virtual list of so many rows can be, in a window of the same size: what runtime
 * and machine cost. On a machine without a graphics card it drops frames too.
 */
export function writePlainList(folder: string, rows: number): string {
  const dir = join(folder, 'plain');
  mkdirSync(dir);
  writeFileSync(
    join(dir, 'package.json'),
    '{"name":"plain","version":"1.0.0","type":"module","main":"main.js"}',
  );
  writeFileSync(
    join(dir, 'main.js'),
    `import { app, BrowserWindow } from 'electron';
void app.whenReady().then(() =>
  new BrowserWindow({ width: 1360, height: 860 }).loadFile(import.meta.dirname + '/plain.html'));`,
  );
  writeFileSync(
    join(dir, 'plain.html'),
    `<!doctype html><title>Plain list</title><style>
body{margin:0;font:13px system-ui}
[role=grid]{height:100vh;overflow:auto;contain:strict}
[role=grid]>div{height:${rows * 26}px;position:relative}
p{position:absolute;margin:0;left:0;right:0;height:25px;line-height:25px;border-bottom:1px solid #ddd;white-space:pre}
</style><div role=grid><div></div></div><script>
const grid = document.querySelector('[role=grid]');
const rows = Array.from({ length: 48 }, () => grid.firstChild.appendChild(document.createElement('p')));
const shown = [];
function place() {
  const first = Math.max(0, Math.floor(grid.scrollTop / 26) - 6);
  for (let i = first; i < first + 46; i += 1) {
    if (shown[i % 48] === i) continue;
    shown[i % 48] = i;
    rows[i % 48].style.top = i * 26 + 'px';
    rows[i % 48].textContent = 'service/' + i + '  Pass  Enabled  On  365 d  2026-02-01  2027-02-01  Symmetric  AWS_KMS  eu-central-1';
  }
}
grid.addEventListener('scroll', place, { passive: true });
place();
</script>`,
  );
  return dir;
}

export interface Frames {
  readonly times: readonly number[];
  readonly frames: number;
  readonly dropped: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly longest: number;
  /** Milliseconds of processor time that window and compositor took for one frame. */
  readonly cpu: number;
}

/** What is scrolled: the element itself; from the top on, or from where it stands. */
export interface Scrolled {
  readonly element: string;
  readonly from: 'top' | 'here';
}
const gridFromTop: Scrolled = { element: '[role=grid]', from: 'top' };

/** Four seconds of wheel: 100 pixels a frame, down the table. */
export function scroll(of: ElectronApplication, page: Page, where = gridFromTop): Promise<Frames> {
  return measure(of, page, where, 100, 240);
}

/** As a hand on the scroll bar: every frame shows rows that no frame before has shown. */
export function jump(of: ElectronApplication, page: Page, where = gridFromTop): Promise<Frames> {
  return measure(of, page, where, 2600, 100);
}

async function measure(
  of: ElectronApplication,
  page: Page,
  { element, from }: Scrolled,
  stepPx: number,
  steps: number,
): Promise<Frames> {
  const cpuBefore = await cpuMs(of);
  const times = await page.evaluate(
    async ([selector, top, step, count]) => {
      const grid = document.querySelector(selector);
      const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      if (!grid || grid.scrollHeight <= grid.clientHeight) throw new Error('Nothing scrolls.');
      if (top) grid.scrollTop = 0;
      for (let i = 0; i < 20; i += 1) await frame();
      const taken: number[] = [];
      let last = await frame();
      for (let i = 0; i < count; i += 1) {
        grid.scrollTop += step;
        const now = await frame();
        taken.push(now - last);
        last = now;
      }
      return taken;
    },
    [element, from === 'top', stepPx, steps] as const,
  );
  return framesOf(times, ((await cpuMs(of)) - cpuBefore) / steps);
}

function framesOf(times: readonly number[], cpu: number): Frames {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return {
    times,
    frames: times.length,
    dropped: times.reduce((sum, ms) => sum + (ms > droppedMs ? Math.round(ms / 16.7) - 1 : 0), 0),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    longest: at(1),
    cpu,
  };
}

/** All repetitions as one. */
export function together(all: readonly Frames[]): Frames {
  const cpu = all.reduce((sum, each) => sum + each.cpu, 0) / all.length;
  return framesOf(
    all.flatMap(({ times }) => times),
    cpu,
  );
}

/**
 * Processor time of the window's and the compositor's process so far, in milliseconds: other than the
 * time of frames it says little of what else the machine does. 0 where the system has no /proc.
 */
async function cpuMs(of: ElectronApplication): Promise<number> {
  if (process.platform !== 'linux') return 0;
  const metrics = await of.evaluate(({ app: electron }) => electron.getAppMetrics());
  const ours = metrics.filter(({ type }) => type === 'Tab' || type === 'GPU');
  return ours.reduce((sum, { pid }) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return sum + (Number(fields[11]) + Number(fields[12])) * 10; // ticks of a hundredth of a second
  }, 0);
}

/** What Electron counts as the working set of a program's process of a type (`Tab`, `Browser`) or a name, in MB. */
export async function memoryMb(
  program: ElectronApplication | undefined,
  process: string,
): Promise<number> {
  const metrics = await program?.evaluate(({ app: electron }) => electron.getAppMetrics());
  const found = metrics?.find(({ type, name }) => type === process || name === process);
  return (found?.memory.workingSetSize ?? 0) / 1024;
}
