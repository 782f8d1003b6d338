import type { Command } from '../../../electron/command';
import { runCommandLine } from '../../../electron/commandLine';
import { createOpener } from '../../../electron/openForCommand';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import type { Ended } from './runCli';

/** Runs a command in this process as the command line does, on a data folder of its own unless one is given. */
export async function runInProcess(
  commands: readonly Command[],
  argv: readonly string[],
  dataDir = temporaryFolder(),
): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  const env = { CLAVIGER_DATA_DIR: dataDir };
  const opener = createOpener({ env, homeDir: dataDir, tell: () => {} });
  try {
    const code = await runCommandLine(argv, {
      commands,
      version: '0.0.0-test',
      onDefect: (error) => {
        throw error;
      },
      context: {
        stdout: (text) => (stdout += text),
        stderr: (text) => (stderr += text),
        env,
        signal: new AbortController().signal,
        open: opener.open,
      },
    });
    return { code, stdout, stderr };
  } finally {
    await opener.close();
  }
}
