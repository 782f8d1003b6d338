import { afterEach, beforeEach, expect, it } from 'vitest';
import { CreateAliasCommand, CreateKeyCommand } from '@aws-sdk/client-kms';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { runCli } from '../cli/runCli';
import { openEstate, type Estate } from './estate';

const region = 'eu-central-1';
let estate: Estate;

beforeEach(async () => {
  estate = await openEstate({ regions: [region, 'us-east-1'] });
  for (const alias of ['alias/app', 'alias/web']) {
    const { KeyMetadata } = await estate.aws(region, new CreateKeyCommand({}));
    const target = { AliasName: alias, TargetKeyId: KeyMetadata?.KeyId };
    await estate.aws(region, new CreateAliasCommand(target));
  }
});
afterEach(() => estate.close());

function list(...args: string[]) {
  const { endpoint, accessKeyId, secretAccessKey } = estate.practice;
  return runCli(temporaryFolder(), ['keys', 'list', '--endpoint-url', endpoint, ...args], {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  });
}

it('prints a table with scope and time, from the practice account of another process', async () => {
  const { code, stdout, stderr } = await list('--region', region);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const lines = stdout.split('\n');
  expect(lines[0]).toMatch(/^ALIAS +KEY ID +VERDICT/);
  expect(lines[1]).toMatch(/^alias\/app +[0-9a-f-]{36} +Fail +Enabled +Off/);
  expect(stdout).toContain('2 keys: 2 fail');
  expect(stdout).toMatch(new RegExp(`${estate.practice.accountId}: ${region} \\(as of \\d{4}-`));
});

it('prints one JSON document with verdicts, of the rows that the filters let through', async () => {
  const { code, stdout } = await list(
    '--region',
    region,
    '--region',
    'us-east-1',
    '--json',
    '--search',
    'web',
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    format: 'claviger-keys/1',
    scopes: [
      { region, keys: 2, state: 'complete' },
      { region: 'us-east-1', keys: 0, state: 'complete', accountId: estate.practice.accountId },
    ],
    keys: [
      {
        aliases: { value: ['alias/web'] },
        verdict: 'fail',
        verdicts: { rotation: { value: 'fail' }, policy: { value: 'pass' } },
      },
    ],
  });
});

it('ends with the code for "a part could not be read" and names the permission on stderr', async () => {
  await estate.control('deny', { operations: ['kms:GetKeyPolicy'] });
  const { code, stdout, stderr } = await list('--region', region);
  expect(code).toBe(3);
  expect(stdout).toContain('alias/app');
  expect(stderr).toMatch(/eu-central-1: partial\n {2}kms:GetKeyPolicy for 2 keys: /);
});

it('fails where nothing can be read', async () => {
  await estate.control('deny', { operations: ['kms:ListKeys'] });
  const { code, stderr } = await list('--region', region);
  expect(code).toBe(1);
  expect(stderr).toContain('kms:ListKeys');
});

it.each([
  [['--filter', 'nonsense=1'], 2, /facets are verdict/],
  [['--sort', 'nonsense'], 2, /no column nonsense/],
  [[], 1, /has no Region of its own: add --region/],
  [['--profile', 'nobody', '--region', region], 1, /There is no profile nobody/],
])('%j ends with a sentence', async (args, code, sentence) => {
  const result = await list(...args);
  expect(result.stderr).toMatch(sentence);
  expect(result).toMatchObject({ code, stdout: '' });
});
