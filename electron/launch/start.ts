import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ensureDebianPackages, missingLibraries } from './debianPackages';
import { createReport } from './report';
import { resolveRuntime } from './resolveRuntime';
import { startPlan } from './startPlan';

/** `npm start`: finds a runtime and opens the window. Gives the exit code. */
export async function main(root: string, args: readonly string[]): Promise<number> {
  const report = createReport(process.stderr);
  const isRoot = process.getuid?.() === 0;
  const plan = startPlan({ platform: process.platform, isRoot, env: process.env });
  for (const note of plan.notes) report.line(note);
  if (!plan.opens) return 1;

  const packagesThere = ensureDebianPackages({ groups: ['window'], report, isRoot });
  const runtime = await resolveRuntime({ root, env: process.env, report });
  const libraries = missingLibraries(runtime.executable);
  if (libraries.length > 0) {
    report.line(`Electron cannot start: this system lacks ${libraries.join(', ')}.`);
    return 1;
  }
  if (!packagesThere) report.line('Starting without them; some things may not work.');

  const child = spawn(runtime.executable, [...plan.flags, root, ...args], {
    stdio: 'inherit',
    env: plan.env,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => child.kill(signal));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
}
