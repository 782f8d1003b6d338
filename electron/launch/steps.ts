import { spawn } from 'node:child_process';
import type { Report } from './report';

export interface Step {
  readonly name: string;
  /** Node's arguments: every tool of ours is a Node program. */
  readonly args: readonly string[];
  /** Shown while it runs; otherwise when it has ended, so that two at once do not mix. */
  readonly live?: boolean;
}

export interface StepResult {
  readonly name: string;
  readonly ok: boolean;
}

/** Runs one step in the checkout, says when it begins and how it ended; never throws for a failing one. */
export async function runStep(
  step: Step,
  root: string,
  env: NodeJS.ProcessEnv,
  report: Report,
): Promise<StepResult> {
  const start = performance.now();
  report.line(`== ${step.name}`);
  const child = spawn(process.execPath, step.args, {
    cwd: root,
    env,
    stdio: step.live ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => output.push(chunk));
  }
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null)).on('close', resolve);
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const ok = code === 0;
  const text = Buffer.concat(output).toString().trim();
  report.line(
    `== ${step.name}: ${ok ? 'ok' : 'FAILED'} (${seconds} s)${text && !ok ? `\n${text}` : ''}`,
  );
  return { name: step.name, ok };
}

/** Runs steps one after the other, the rest too where one fails. */
export async function runLane(
  steps: readonly Step[],
  root: string,
  env: NodeJS.ProcessEnv,
  report: Report,
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) results.push(await runStep(step, root, env, report));
  return results;
}
