import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAws, type Aws } from '../../../electron/aws/index';
import { collectPosture } from '../../../electron/readiness/collect/index';
import { accountPostureSchema } from '../../../shared/model/readiness/posture/index';

describe('where no account can be reached', () => {
  let aws: Aws;
  beforeAll(() => {
    aws = createAws({
      env: {
        AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'none',
        AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
        AWS_CONFIG_FILE: '/nowhere/config',
        AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
      },
      homeDir: '/nowhere',
      now: () => new Date(),
      realAccounts: { allowed: true },
      quotaPercent: () => 100,
      chosen: {
        read: () => [{ connection: 'environment', regions: ['eu-central-1'] }],
        write: () => {},
      },
      askMfa: () => Promise.reject(new Error('no MFA here')),
      onWrite: () => {},
      tuning: { failedAttempts: 1 },
    });
  });
  afterAll(() => aws.close());

  it('every reading says so, and none is empty', async () => {
    const { signal } = new AbortController();
    const told: { done: number; expected: number }[] = [];
    const progress = (one: { done: number; expected: number }) => void told.push(one);
    const [account, ...more] = await collectPosture({ ...aws, signal, progress });
    expect(more).toEqual([]);
    expect(told.at(-1)).toEqual({ done: 8, expected: 8 });
    const { identities, buckets, regions } = accountPostureSchema.parse(account);
    const { volumes, databases, region, ...others } = regions[0] ?? expect.fail('no Region');
    expect(region).toBe('eu-central-1');
    const readings = [identities, volumes, databases, others].flatMap((part) =>
      Object.values(part),
    );
    expect(readings).toHaveLength(14);
    for (const reading of [...readings, buckets]) {
      expect(reading).toMatchObject({
        refused: { code: 'unreachable' },
        calls: [{ error: expect.stringMatching(/^unreachable: /) as string }],
      });
    }
  });
});
