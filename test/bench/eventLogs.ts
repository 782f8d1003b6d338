import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { logFileBody } from '../../electron/practice/cloudtrail/delivery';
import {
  digestFile,
  type DigestLink,
  type DigestedFile,
} from '../../electron/practice/cloudtrail/digest';
import { isoSeconds, keyResource, trailEvent } from '../../electron/practice/cloudtrail/event';
import { digestKey, logFileKey } from '../../electron/practice/cloudtrail/fileNames';
import {
  agents,
  identityBook,
  role,
  through,
  user,
  type Person,
} from '../../electron/practice/cloudtrail/history/people';
import { randomOf, type Random } from '../../electron/practice/cloudtrail/history/random';
import type { TrailPublicKey } from '../../electron/events/digest/digestFile';

const accountId = '111122223333';
const regions = ['eu-central-1', 'eu-west-1'];
const bucket = 'audit-logs';
const startsAt = Date.UTC(2026, 9, 1);
/** CloudTrail delivers about every five minutes. */
const slotMs = 300_000;
const hourMs = 3_600_000;
const perHour = 3000;

export interface WrittenLogs {
  readonly events: number;
  readonly files: number;
  /** Of the log files, packed and unpacked. */
  readonly gzipped: number;
  readonly plain: number;
  readonly publicKey: TrailPublicKey;
}

/**
 * Writes the logs of a busy company's trail into a folder, as `aws s3 sync` would: 3,000 calls of KMS
 * an hour in two Regions by 1,200 instances of 400 programs, a log file each five minutes and Region,
 * signed digests beside them. The same events come out every time.
 */
export async function writeEventLogs(folder: string, events: number): Promise<WrittenLogs> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const value = publicKey.export({ format: 'der', type: 'pkcs1' });
  const fingerprint = createHash('md5').update(value).digest('hex');
  const signer = {
    fingerprint,
    sign: (text: string) => sign('sha256', Buffer.from(text), privateKey).toString('hex'),
  };
  const makers = regions.map((region) => eventsOf(region));
  const totals = { events: 0, files: 0, gzipped: 0, plain: 0 };
  const writing = new Set<Promise<void>>();
  const links = new Map<string, DigestLink>();

  for (let hour = startsAt; totals.events < events; hour += hourMs) {
    for (const [index, region] of regions.entries()) {
      const named: DigestedFile[] = [];
      for (let at = hour; at < hour + hourMs; at += slotMs) {
        const count = Math.min(perHour / 12 / regions.length, events - totals.events);
        if (count === 0) break;
        const records = Array.from({ length: count }, (_, n) =>
          makers[index]?.(at + Math.floor((n * slotMs) / count)),
        );
        const body = logFileBody(records.flatMap((one) => one ?? []));
        const key = logFileKey({ accountId, region }, at + slotMs, 'bench');
        named.push({
          s3Bucket: bucket,
          s3Object: key,
          hashValue: createHash('sha256').update(body).digest('hex'),
          hashAlgorithm: 'SHA-256',
          newestEventTime: isoSeconds(at),
          oldestEventTime: isoSeconds(at + slotMs),
        });
        totals.events += count;
        totals.files += 1;
        totals.plain += body.length;
        await put(key, body, (size) => (totals.gzipped += size));
      }
      const end = hour + hourMs;
      const key = digestKey(
        { accountId, region },
        { name: 'audit', homeRegion: 'eu-central-1' },
        end,
      );
      const digest = digestFile({
        accountId,
        start: hour,
        end,
        bucket,
        key,
        files: named,
        previous: links.get(region),
        signer,
      });
      links.set(region, digest.link);
      await put(key, digest.body, () => {});
      const metadata = { signature: digest.link.signature };
      await put(`${key}.head.json`, JSON.stringify({ Metadata: metadata }), () => {});
    }
  }
  await Promise.all(writing);
  return { ...totals, publicKey: { fingerprint, value } };

  /** Packed beside the making of the next ones; some at a time. */
  async function put(key: string, body: string, done: (size: number) => void): Promise<void> {
    const job = write(join(folder, key), body, done).finally(() => writing.delete(job));
    writing.add(job);
    if (writing.size > availableParallelism() * 4) await Promise.race(writing);
  }
}

const pack = promisify(gzip);

async function write(path: string, body: string, done: (size: number) => void): Promise<void> {
  const bytes = path.endsWith('.gz') ? await pack(body) : Buffer.from(body);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  done(bytes.length);
}

/** What programs do with keys: a share of the calls, and the encryption context that it leaves. */
interface Kind {
  readonly share: number;
  readonly service?: string;
  readonly context: (random: Random) => Record<string, string>;
}

const secret = (n: number) =>
  `arn:aws:secretsmanager:eu-central-1:${accountId}:secret:prod/app-${n}/db-${n.toString(36)}Q7`;
/** S3 names the bucket where bucket keys are on, and each object where they are not. */
const kinds: readonly Kind[] = [
  {
    share: 0.34,
    service: 's3.amazonaws.com',
    context: (random) => ({ 'aws:s3:arn': `arn:aws:s3:::company-data-${random.integer(160)}` }),
  },
  {
    share: 0.05,
    service: 's3.amazonaws.com',
    context: (random) => ({
      'aws:s3:arn': `arn:aws:s3:::company-archive-${random.integer(8)}/2026/${random.hex(8)}.parquet`,
    }),
  },
  {
    share: 0.16,
    service: 'dynamodb.amazonaws.com',
    context: (random) => ({
      'aws:dynamodb:subscriberId': accountId,
      'aws:dynamodb:tableName': `table-${random.integer(120)}`,
    }),
  },
  {
    share: 0.08,
    service: 'ec2.amazonaws.com',
    context: (random) => ({
      'aws:ebs:id': `vol-0${(random.integer(2500) * 7919).toString(16).padStart(16, '0')}`,
    }),
  },
  {
    share: 0.15,
    service: 'secretsmanager.amazonaws.com',
    context(random) {
      const n = random.integer(300);
      return {
        SecretARN: secret(n),
        SecretVersionId: `${(n * 7919).toString(16).padStart(8, '0')}-1c2d`,
      };
    },
  },
  {
    share: 0.22,
    context: (random) => ({ tenant: `tenant-${random.integer(500)}`, purpose: 'records' }),
  },
];

const causes = [
  {
    code: 'AccessDeniedException',
    message: (name: string, key: string) =>
      `User: arn:aws:sts::${accountId}:assumed-role/${name}/session is not authorized to perform: kms:Decrypt on resource: ${key} because no identity-based policy allows the kms:Decrypt action`,
  },
  { code: 'InvalidCiphertextException', message: () => '' },
  { code: 'DisabledException', message: (_: string, key: string) => `${key} is disabled.` },
  { code: 'ThrottlingException', message: () => 'Rate exceeded' },
];

/** Makes the events of a Region, one after the other. */
function eventsOf(region: string) {
  const random = randomOf(regions.indexOf(region), 7, 1);
  const identityAt = identityBook(accountId);
  const keys = Array.from(
    { length: 600 },
    () => `arn:aws:kms:${region}:${accountId}:key/${random.uuid()}`,
  );
  const programs = Array.from({ length: 1200 }, (_, n): Person => {
    const agent = random.pick([agents.java, agents.node, agents.python]);
    const name = `service-${Math.floor(n / 3)}`;
    return role(name, `10.${n % 40}.${n >> 8}.${n & 255}`, agent, `i-0${random.hex(16)}`);
  });
  const people = Array.from({ length: 30 }, (_, n) =>
    user(`person-${n}`, `203.0.113.${n}`, agents.cli, true),
  );
  const served = new Map(
    kinds.flatMap(({ service }) =>
      service === undefined
        ? []
        : [[service, programs.map((one) => through(one, service))] as const],
    ),
  );
  return (at: number) => {
    const key = random.pick(keys);
    let left = random.next();
    const kind = kinds.find(({ share }) => (left -= share) < 0);
    const byPerson = random.next() < 0.01;
    const who = random.pick(byPerson ? people : (served.get(kind?.service ?? '') ?? programs));
    const failure = random.next() < 0.015 ? random.pick(causes) : undefined;
    const name = byPerson ? 'DescribeKey' : random.next() < 0.65 ? 'Decrypt' : 'GenerateDataKey';
    return trailEvent({
      userIdentity: identityAt(who, at),
      at,
      source: 'kms.amazonaws.com',
      name,
      region,
      sourceIp: who.ip,
      userAgent: who.agent,
      error: failure && { code: failure.code, message: failure.message(who.name, key) },
      requestParameters:
        name === 'DescribeKey'
          ? { keyId: key }
          : {
              ...(name === 'Decrypt'
                ? { encryptionAlgorithm: 'SYMMETRIC_DEFAULT' }
                : { keySpec: 'AES_256' }),
              encryptionContext: kind?.context(random),
              keyId: key,
            },
      additional: failure ? undefined : { keyMaterialId: random.hex(64) },
      requestId: random.uuid(),
      eventId: random.uuid(),
      readOnly: true,
      resources: [keyResource(key)],
      accountId,
      host: who.invokedBy === undefined ? `kms.${region}.amazonaws.com` : undefined,
    });
  };
}
