import { expect, it } from 'vitest';
import { readinessCommands } from '../../../electron/readiness/command';
import { runInProcess } from '../cli/runInProcess';

const run = (args: readonly string[]) => runInProcess(readinessCommands, ['readiness', ...args]);
const here = ['--practice', '--region', 'us-east-1'];

it('ends with 1 where a check fails, and lists what does not pass', async () => {
  const { code, stdout } = await run([...here, '--group', 'keys', '--json']);
  expect(code).toBe(1);
  const listed = JSON.parse(stdout) as {
    groups: { id: string }[];
    checks: { id: string; items: { subject: { name: string } }[] }[];
    scope: { regions: string[] }[];
  };
  expect(listed.groups.map(({ id }) => id)).toEqual(['keys']);
  expect(listed.scope[0]?.regions).toEqual(['us-east-1']);
  const disabled = listed.checks.find(({ id }) => id === 'keys-not-disabled');
  expect(disabled?.items.map(({ subject }) => subject.name)).toEqual(['alias/marketing/exports']);
});

it('ends with 2 where nothing fails and something cannot be told', async () => {
  const { code, stdout } = await run([...here, '--group', 'people']);
  expect(code).toBe(2);
  expect(stdout).toContain('Nobody has attested it yet.');
});

it('takes only the checks of a framework', async () => {
  const { stdout } = await run([...here, '--group', 'people', '--framework', 'pci', '--json']);
  const { checks, framework } = JSON.parse(stdout) as {
    framework: string;
    checks: { requirements: Record<string, string[]> }[];
  };
  expect(framework).toBe('PCI DSS 4.0.1');
  for (const { requirements } of checks) expect(requirements['pci']?.length).toBeGreaterThan(0);
});

it.each([[['--group', 'nonsense']], [['--framework', 'nonsense']], [['--nonsense']]])(
  '%j is wrong usage: a sentence and exit code 3',
  async (args) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^claviger: .*\nSee: claviger readiness --help\n$/);
  },
);

it('--pdf ends with 3 and a sentence, before anything is read, where nothing can print', async () => {
  const { code, stdout, stderr } = await run([...here, '--pdf', '/nowhere/report.pdf']);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toMatch(/^claviger: The PDF cannot be printed here: .*--html FILE.*\n.*--help\n$/);
});
