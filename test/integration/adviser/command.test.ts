import { expect, it } from 'vitest';
import { adviserCommands } from '../../../electron/adviser/command';
import { runInProcess } from '../cli/runInProcess';

const run = (args: readonly string[]) => runInProcess(adviserCommands, ['advise', ...args]);

const answers = (...pairs: string[]) => pairs.flatMap((pair) => ['--answer', pair]);
const complete = answers('where=database', 'speed=fast', 'readers=accounts', 'sensitive=fields');

it('advises on a scenario, and says what cannot be told', async () => {
  const { code, stdout } = await run(['backup-archives']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Backup archives: AES-256-GCM \+ multi-region KMS replication\n/);
  expect(stdout).toContain('Keep away from\n  Single-region keys without escrow');
  expect(stdout).toContain('Cannot tell.');
  expect(stdout).toContain('Cannot tell    Is no key scheduled for deletion?');
  expect(stdout).toContain('aws kms replicate-key');
});

it('advises by answers as one document, with the numbers that were given', async () => {
  const { code, stdout } = await run([
    ...complete,
    ...answers('survive=region', 'regulation=pci', 'regulation=hipaa'),
    '--number',
    'perSecond=1000',
    '--region',
    'us-west-2',
    '--json',
  ]);
  expect(code).toBe(0);
  const advice = JSON.parse(stdout) as Record<string, unknown>;
  expect(advice).toMatchObject({
    format: 'claviger-advice/1',
    rule: 'database',
    scenario: { id: 'relational-database' },
    regulation: ['pci', 'hipaa'],
    numbers: { perSecond: 1000, region: 'us-west-2' },
    estimate: { quotaPerSecond: 100_000, each: { callsPerSecond: 1000, quotaPercent: 1 } },
    latency: { source: 'reference' },
    prices: { asOf: expect.any(String) as string },
  });
  expect(advice['requirements']).toHaveLength(2);
  expect(advice['additions']).toHaveLength(3);
});

it('reads a named account, so that it can tell what it has for the scenario', async () => {
  const { code, stdout, stderr } = await run(['backup-archives', '--practice', '--region', 'eu-west-1', '--json']); // prettier-ignore
  expect(code).toBe(0);
  expect(stderr).toContain('data at rest and identities');
  const { account, checks, numbers } = JSON.parse(stdout) as {
    account: { scope: string; text?: string; missing: string[] }[];
    checks: { id: string; verdict: { value: string } }[];
    numbers: { region: string };
  };
  expect(numbers.region).toBe('eu-west-1');
  for (const { text, missing } of account) {
    expect(text).toEqual(expect.any(String));
    expect(missing).toEqual([]);
  }
  // Beside the record of drills, which is on this machine.
  const read = account.filter(({ scope }) => scope.includes('eu-west-1'));
  expect(read.length).toBeGreaterThan(2);
  const pending = checks.find(({ id }) => id === 'keys-not-pending-deletion');
  expect(pending?.verdict.value).toBe('pass');
});

it('a profile that is not there is named', async () => {
  const { code, stdout, stderr } = await run(['telemetry', '--profile', 'nowhere']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('There is no profile nowhere.');
});

it.each([
  [['nonsense'], 'There is no scenario nonsense.'],
  [[], 'Without an answer: where, speed, readers, sensitive, survive.'],
  [complete, 'Without an answer: survive.'],
  [['telemetry', ...complete], 'A scenario needs no answers'],
  [answers('where=moon'), 'moon is no answer to where. Answers are objects,'],
  [answers('colour=red'), 'There is no question colour.'],
  [answers('where'), '--answer takes NAME=VALUE, not where.'],
  [['telemetry', '--number', 'keys=0.5'], '--number keys: A whole number from 1'],
  [['telemetry', '--region', 'moon'], 'moon is no Region'],
])('%j is wrong usage: a sentence and exit code 2', async (args, sentence) => {
  const { code, stdout, stderr } = await run(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(sentence);
});
