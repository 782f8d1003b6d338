import { describe, expect, it } from 'vitest';
import { restoreQuota } from '../../../electron/drills/steps/restoreQuota';
import type { Place } from '../../../electron/drills/run/stepContext';
import type { AwsCommand } from '../../../electron/aws/types';
import { openForTest } from '../services/openForTest';

const home: Place = {
  caller: {
    connection: 'practice',
    account: '111122223333',
    arn: 'arn:aws:iam::111122223333:user/a',
  },
  region: 'eu-central-1',
};

async function open() {
  const opened = await openForTest({ practice: true });
  const send = async <I extends object, O extends object>(
    { caller: { connection }, region }: Place,
    command: AwsCommand<I, O>,
  ) => (await opened.services.gateway.send({ connection, region }, command)).output;
  return { ...opened, send };
}

describe('the request quota of a mass restore', () => {
  it('is what Service Quotas says of the account, per second', async () => {
    const { send } = await open();
    expect(await restoreQuota({ home, send })).toEqual({ perSecond: 20_000 });
    const raised = (Quota: object) =>
      restoreQuota({ home, send: () => Promise.resolve({ Quota } as never) });
    expect(
      await raised({ Value: 55_000, Period: { PeriodValue: 1, PeriodUnit: 'SECOND' } }),
    ).toEqual({
      perSecond: 55_000,
    });
    // A rate a minute would be taken for a sixtieth of what it is, or for sixty times as much.
    expect(
      await raised({ Value: 55_000, Period: { PeriodValue: 1, PeriodUnit: 'MINUTE' } }),
    ).toMatchObject({
      perSecond: 20_000,
      assumed: expect.stringContaining('no rate a second') as string,
    });
    expect(await raised({})).toMatchObject({
      perSecond: 20_000,
      assumed: expect.any(String) as string,
    });
  }, 60_000);

  it('is AWS’s default where Service Quotas does not answer, which is named and passes nothing', async () => {
    const { client, send } = await open();
    await client.practice.setFault({
      operation: 'servicequotas:GetServiceQuota',
      kind: 'deny',
      every: 1,
    });
    const quota = await restoreQuota({ home, send });
    expect(quota.perSecond).toBe(20_000);
    expect(quota.assumed).toContain('servicequotas:GetServiceQuota');

    const { drill, outcome } = await client.drills.rehearse({
      plan: { template: 'region-loss' },
      faults: [],
    });
    const step = drill.steps.find(({ kind }) => kind === 'mass-restore');
    expect(step).toMatchObject({
      outcome: 'cannot-tell',
      reason: expect.stringMatching(/AWS’s default.*own quota may be another/) as string,
    });
    expect(outcome.result).toBe('incomplete');
  }, 240_000);

  it('passes in a rehearsal by the account’s own, and the call is tied to its event', async () => {
    const { client } = await open();
    const { drill } = await client.drills.rehearse({
      plan: { template: 'region-loss' },
      faults: [],
    });
    const step = drill.steps.find(({ kind }) => kind === 'mass-restore');
    expect(step).toMatchObject({
      outcome: 'passed',
      reason: expect.stringContaining('the account’s own') as string,
    });
    expect(step?.calls).toMatchObject([
      {
        operation: 'servicequotas:GetServiceQuota',
        outcome: 'ok',
        logged: expect.anything() as unknown,
      },
    ]);
  }, 240_000);
});
