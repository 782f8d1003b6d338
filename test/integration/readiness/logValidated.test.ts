import { PutObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { runCli } from '../cli/runCli';
import { openForTest, type Opened } from '../services/openForTest';

const region = 'eu-central-1';
const bucket = 'company-cloudtrail-logs';
const uri = `s3://${bucket}`;
const dayMs = 86_400_000;

/** The verdict of the practice company's home Region, as it is judged now. */
async function verdictOf({ client }: Opened) {
  await client.readiness.run({ sources: ['digests'] });
  const { items } = await client.readiness.items({ check: 'log-validated', offset: 0, limit: 10 });
  return items.find(({ subject }) => subject.region === region) ?? expect.fail('no such Region');
}

async function open(dataDir: string): Promise<Opened> {
  const opened = await openForTest({ practice: true, dataDir });
  await opened.client.accounts.choose({
    chosen: [{ connection: 'practice', regions: [region] }],
  });
  return opened;
}

async function validate({ client, services }: Opened) {
  const now = await services.connections.now('practice');
  const since = new Date(now.getTime() - 9 * dayMs).toISOString();
  return client.events.validateBucket({ connection: 'practice', region, uri, since });
}

it('takes a validation for evidence, from the window and from the command line', async () => {
  const dataDir = temporaryFolder();
  const first = await open(dataDir);
  expect((await verdictOf(first)).verdict.value).toBe('cannot-tell');
  const report = await validate(first);
  expect(report.verdict).toMatchObject({ value: 'pass' });
  const proven = await verdictOf(first);
  expect(proven.verdict).toMatchObject({ value: 'pass' });
  const { documents } = await first.client.readiness.evidence({
    check: 'log-validated',
    subject: proven.subject.id,
  });
  expect(documents[0]?.document.calls).toEqual([
    expect.objectContaining({ operation: `validation of ${uri}/`, asOf: report.asOf }),
  ]);

  // Somebody adds a blank to one file of the last days.
  const target = { connection: 'practice', region };
  const listing = await first.services.gateway.send(
    target,
    new ListObjectsV2Command({ Bucket: bucket, StartAfter: logOf(report) }),
  );
  const key = listing.output.Contents?.[0]?.Key ?? expect.fail('no log file');
  await first.services.gateway.send(
    target,
    new PutObjectCommand({ Bucket: bucket, Key: key, Body: 'not what it was' }),
  );
  await first.close();

  const since = new Date(Date.parse(report.asOf) - 9 * dayMs).toISOString();
  const args = ['trail', 'validate', '--practice', '--region', region];
  const ended = await runCli(dataDir, [...args, '--s3', uri, '--since', since, '--json']);
  expect(ended.code).toBe(1);

  const later = await open(dataDir);
  const found = await verdictOf(later);
  expect(found.verdict.value).toBe('fail');
  expect(found.verdict.reason).toContain(key);

  await expect(
    later.client.events.validateBucket({ connection: 'practice', region, uri: `${uri}-none` }),
  ).rejects.toMatchObject({ code: 'not-found' });
  expect((await verdictOf(later)).verdict.value).toBe('fail');

  await later.client.practice.reset({ seed: 'company' });
  expect((await verdictOf(later)).verdict.value).toBe('cannot-tell');
}, 300_000);

/** Where the log files of the first digest's day begin. */
function logOf({ chains }: { chains: readonly { account: string; to?: string | undefined }[] }) {
  const [chain] = chains;
  const day = new Date(Date.parse(chain?.to ?? '') - 2 * dayMs).toISOString().slice(0, 10);
  return `AWSLogs/${chain?.account}/CloudTrail/${region}/${day.replaceAll('-', '/')}/`;
}
