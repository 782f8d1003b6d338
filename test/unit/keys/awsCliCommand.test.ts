import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { awsCliCommand } from '../../../shared/model/awsCliCommand';
import { exampleRow } from './exampleRows';

it('asks for the key by its ARN, in its Region, with its profile', () => {
  const row = exampleRow({ connection: 'profile:prod audit' });
  expect(awsCliCommand('describe-key', row)).toBe(
    `aws kms describe-key --key-id ${row.arn} --region eu-central-1 --profile 'prod audit'`,
  );
});

it('names the endpoint and the policy where they are needed', () => {
  const command = awsCliCommand('get-key-policy', exampleRow(), {
    endpointUrl: 'http://127.0.0.1:4000',
  });
  expect(command).toContain('--policy-name default --output text');
  expect(command).toContain('--endpoint-url http://127.0.0.1:4000');
  expect(command).not.toContain('--profile');
});

it('hands every name to the shell as one word that runs nothing', () => {
  const name = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'));
  fc.assert(
    fc.property(name, (profile) => {
      const row = exampleRow({ connection: `profile:${profile}` });
      const command = awsCliCommand('list-grants', row).replace(/^aws /, 'printf "%s\\0" ');
      const words = execFileSync('/bin/sh', ['-c', command]).toString().split('\0');
      const value = Buffer.from(profile).toString();
      expect(words.slice(6, -1)).toEqual(
        profile.startsWith('-') ? [`--profile=${value}`] : ['--profile', value],
      );
    }),
    { numRuns: 60 },
  );
});
