import { fileURLToPath } from 'node:url';
import { createReport } from './report';
import { resolveRuntime } from './resolveRuntime';

// Prints the path of the runtime's executable alone on standard output, for scripts and the end-to-end tests.
try {
  const { executable } = await resolveRuntime({
    root: fileURLToPath(new URL('../..', import.meta.url)),
    env: process.env,
    report: createReport(process.stderr),
  });
  console.log(executable);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
