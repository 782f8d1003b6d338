import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

export interface Display {
  /** For `DISPLAY`: `:99`. */
  readonly name: string;
  close(): void;
}

/** Starts Xvfb on a free display where there is none; undefined where nothing is needed. */
export async function startDisplay(env: NodeJS.ProcessEnv): Promise<Display | undefined> {
  if (process.platform !== 'linux' || env['DISPLAY'] || env['WAYLAND_DISPLAY']) return undefined;
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const number = await new Promise<string>((resolve, reject) => {
    server.on('error', reject);
    server.on('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    (server.stdio[3] as Readable).once('data', (data: Buffer) => resolve(data.toString().trim()));
  });
  return { name: `:${number}`, close: () => server.kill() };
}
