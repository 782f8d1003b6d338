import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { runCli } from '../cli/runCli';
import { openForTest } from '../services/openForTest';
import { refusingProxy, type RefusingProxy } from './refusingProxy';
import { bucket, region, trailAccount, type TrailAccount } from './trailCopy';

const own = '111122223333';
const partner = '444455556666';

let account: TrailAccount;
let proxy: RefusingProxy;
beforeAll(async () => {
  account = await trailAccount(1);
  proxy = await refusingProxy(account.practice.endpoint, `arn:aws:iam::${own}:user/auditor`);
  for (let n = 0; n < 60; n += 1) await putLog(own, 'eu-west-1', n);
  await putLog(partner, 'eu-west-1', 100);
  await putLog(partner, region, 101);
}, 120_000);
afterAll(async () => {
  await proxy.close();
  await account.close();
});

async function putLog(of: string, where: string, n: number): Promise<void> {
  const minute = String(n % 60).padStart(2, '0');
  const name = `${of}_CloudTrail_${where}_20261120T10${minute}Z_Ab${String(n).padStart(3, '0')}`;
  const record = {
    eventVersion: '1.11',
    eventID: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    eventTime: `2026-11-20T10:${minute}:00Z`,
    eventSource: 'kms.amazonaws.com',
    eventName: 'Decrypt',
    awsRegion: where,
    recipientAccountId: of,
    userIdentity: { type: 'IAMUser', userName: 'ann', accountId: of },
  };
  await account.put(
    `AWSLogs/${of}/CloudTrail/${where}/2026/11/20/${name}.json.gz`,
    gzipSync(JSON.stringify({ Records: [record] })),
  );
}

function env() {
  const { accessKeyId, secretAccessKey } = account.practice;
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: region,
    AWS_ENDPOINT_URL: proxy.url,
  };
}
const open = (regions = [region]) =>
  openForTest({ env: env(), chosen: [{ connection: 'environment', regions }] });
const place = { connection: 'environment', region, uri: `s3://${bucket}` };

describe('a bucket of which a part is refused', () => {
  it('gives the rest; the account whose Regions may not be listed is named', async () => {
    const { client } = await open();
    proxy.refuse(new RegExp(`prefix=AWSLogs/${partner}/`));
    const report = await client.events.importBucket(place);
    proxy.refuse(undefined);
    expect(report.added).toBeGreaterThan(60);
    expect(report.problems).toHaveLength(1);
    expect(report.problems[0]?.what).toBe(`s3://${bucket}/AWSLogs/${partner}/CloudTrail/`);
    expect(report.problems[0]?.message).toContain(`Account ${partner}: its log files could not`);
    expect(report.problems[0]?.message).toContain('s3:');
    expect((await client.events.importBucket(place)).problems).toEqual([]);
    const { coverage } = await client.events.coverage();
    expect(coverage.filter((one) => one.account === partner)).toHaveLength(2);
  });

  it('names a Region whose folder may not be listed, and keeps it in what is covered until it is read', async () => {
    const { client } = await open();
    proxy.refuse(new RegExp(`prefix=AWSLogs/${partner}/CloudTrail/eu-west-1/`));
    const report = await client.events.importBucket(place);
    proxy.refuse(undefined);
    expect(report.problems.map(({ message }) => message).join()).toContain(
      `Account ${partner}, eu-west-1: its log files could not be listed`,
    );
    const problemOf = async () =>
      (await client.events.coverage()).coverage.find(
        (one) => one.account === partner && one.region === 'eu-west-1',
      )?.problem;
    expect(await problemOf()).toContain('could not be listed');
    // A narrower time says nothing of what is missing.
    const { since, until } = { since: '2026-11-19', until: '2026-11-21' };
    await client.events.importBucket({ ...place, since, until });
    expect(await problemOf()).toContain('could not be listed');
    await client.events.importBucket(place);
    expect(await problemOf()).toBeUndefined();
  });

  it('says once for a Region how many files it may not read, and does not ask for all of them', async () => {
    const { client } = await open();
    proxy.refuse(/AWSLogs\/111122223333\/CloudTrail\/eu-west-1\/.*json\.gz/);
    const report = await client.events.importBucket(place);
    expect(proxy.refused()).toBeLessThan(60);
    proxy.refuse(undefined);
    expect(report.problems).toHaveLength(1);
    expect(report.problems[0]?.message).toContain(
      `Account ${own}, eu-west-1: 60 log files could not be read.`,
    );
    expect(report.problems[0]?.message).toContain('s3:GetObject');
    expect(report.added).toBeGreaterThan(1);
    // What was refused is not taken for read.
    expect(await client.events.importBucket(place)).toMatchObject({ added: 60, problems: [] });
  });

  it('that does not list its accounts gives those that are known, and says that there may be others', async () => {
    const { client } = await open();
    proxy.refuse(/prefix=AWSLogs\/(&| |$)/);
    const report = await client.events.importBucket(place);
    expect(report.added).toBeGreaterThan(60);
    expect(report.problems).toHaveLength(1);
    expect(report.problems[0]?.what).toBe(`s3://${bucket}/AWSLogs/`);
    const message = report.problems[0]?.message ?? '';
    expect(message).toContain(`only account ${own} was asked for: of others`);
    expect(message).toContain('AWSLogs/ACCOUNT/');
    expect(message).toContain('s3:');
    const accounts = async () =>
      new Set((await client.events.coverage()).coverage.map(({ account }) => account));
    expect(await accounts()).toEqual(new Set([own]));
    const named = `s3://${bucket}/AWSLogs/${partner}/`;
    expect(await client.events.importBucket({ ...place, uri: named })).toMatchObject({ added: 2 });
    expect(await accounts()).toEqual(new Set([own, partner]));
    proxy.refuse(undefined);
  });

  it('that lists neither accounts nor Regions gives the chosen Regions, and the one that is named', async () => {
    const { client } = await open([region, 'eu-west-1']);
    proxy.refuse(/prefix=AWSLogs\/(\d+\/CloudTrail\/)?(&| |$)/);
    const report = await client.events.importBucket(place);
    expect(report.added).toBeGreaterThan(60);
    expect(report.problems.map(({ what }) => what)).toEqual([
      `s3://${bucket}/AWSLogs/`,
      `s3://${bucket}/AWSLogs/${own}/CloudTrail/`,
    ]);
    const uri = `s3://${bucket}/AWSLogs/${partner}/CloudTrail/eu-west-1/`;
    expect(await client.events.importBucket({ ...place, uri })).toMatchObject({ added: 1 });
    proxy.refuse(undefined);
  });

  it('is an error where nothing of it may be read', async () => {
    const { client } = await open();
    proxy.refuse(/json\.gz/);
    await expect(client.events.importBucket(place)).rejects.toMatchObject({ code: 'denied' });
    proxy.refuse(/prefix=AWSLogs\/\d+/);
    await expect(client.events.importBucket(place)).rejects.toMatchObject({ code: 'denied' });
    proxy.refuse(/prefix=/);
    await expect(client.events.importBucket(place)).rejects.toMatchObject({
      code: 'denied',
      message: expect.stringContaining('which accounts the bucket has') as string,
    });
    proxy.refuse(undefined);
  });
});

describe('claviger events import --s3', () => {
  const command = (...args: string[]) =>
    runCli(temporaryFolder(), ['events', 'import', ...args], env());

  it('ends with 3 and names what was refused, with 0 where all was read', async () => {
    proxy.refuse(new RegExp(`prefix=AWSLogs/${partner}/`));
    const partly = await command('--s3', `s3://${bucket}`, '--json');
    proxy.refuse(undefined);
    expect(partly.code).toBe(3);
    expect(partly.stderr).toContain(`Account ${partner}`);
    expect((JSON.parse(partly.stdout) as { added: number }).added).toBeGreaterThan(60);
    expect((await command('--s3', `s3://${bucket}`)).code).toBe(0);
  });

  it('takes one source', async () => {
    const { code, stderr } = await command('--s3', `s3://${bucket}`, '--lookup');
    expect(code).toBe(2);
    expect(stderr).toContain('Name one of files, --lookup, --s3 and --athena.');
  });
});

describe('the event history of which a Region is refused', () => {
  it('gives the other Regions, names that one in the report and in what is covered', async () => {
    const { client } = await open([region, 'eu-west-1']);
    await client.settings.set({ quotaPercent: 100 });
    proxy.refuse(/\/eu-west-1\/cloudtrail\//, 'cloudtrail:LookupEvents');
    const report = await client.events.lookup();
    proxy.refuse(undefined);
    expect(report.added).toBeGreaterThan(0);
    expect(report.problems).toMatchObject([{ what: `Account ${own}, eu-west-1` }]);
    expect(report.problems[0]?.message).toContain('cloudtrail:LookupEvents');
    const { coverage } = await client.events.coverage();
    const refused = coverage.find((one) => one.region === 'eu-west-1' && one.problem);
    expect(refused?.problem).toContain('cloudtrail:LookupEvents');
  }, 120_000);

  it('and where it is the only one, the command line says so and fails', async () => {
    proxy.refuse(/\/eu-west-1\/cloudtrail\//, 'cloudtrail:LookupEvents');
    const { code, stderr } = await runCli(
      temporaryFolder(),
      ['events', 'import', '--lookup', '--region', 'eu-west-1'],
      env(),
    );
    proxy.refuse(undefined);
    expect(code).toBe(1);
    expect(stderr).toContain(`Account ${own}, eu-west-1`);
  });
});
