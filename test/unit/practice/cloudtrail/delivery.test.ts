import { createHash, createPublicKey, verify } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openCollections } from '../../../../electron/practice/account/collections';
import { memoryStorage } from '../../../../electron/practice/account/storage';
import { openArchive } from '../../../../electron/practice/cloudtrail/archive';
import { createDelivery } from '../../../../electron/practice/cloudtrail/delivery';
import { trailEvent } from '../../../../electron/practice/cloudtrail/event';
import { openEventLog } from '../../../../electron/practice/cloudtrail/eventLog';
import { isSelected } from '../../../../electron/practice/cloudtrail/selectors';
import { openSigningKeys } from '../../../../electron/practice/cloudtrail/signingKeys';
import {
  defaultSelectors,
  type TrailRecord,
  type TrailSettings,
} from '../../../../electron/practice/cloudtrail/trail';
import { openObjectStore } from '../../../../electron/practice/s3/objectStore';

const region = 'eu-central-1';
const start = Date.parse('2026-03-01T10:00:00Z');
const minute = 60_000;
const bucket = 'audit-logs';
const settings: TrailSettings = {
  from: start,
  bucket,
  multiRegion: false,
  globalEvents: true,
  validation: true,
  logging: true,
  selectors: defaultSelectors,
};
const trail: TrailRecord = {
  arn: 'arn:aws:cloudtrail:eu-central-1:111122223333:trail/audit',
  name: 'audit',
  accountId: '111122223333',
  homeRegion: region,
  createdAt: start,
  afterSeq: 0,
  settings: [settings],
  tags: [],
};

function setUp() {
  const archive = openArchive(undefined);
  const log = openEventLog(archive, 10_000);
  const objects = openObjectStore(archive, () => Buffer.alloc(0));
  const keys = openSigningKeys(openCollections(memoryStorage()));
  const delivery = createDelivery({ archive, log, objects, keys, history: () => undefined });
  const happen = (minutes: number, name = 'Decrypt') =>
    log.add(eventAt(start + minutes * minute, name));
  const list = (kind: string) =>
    objects.list(bucket, `AWSLogs/111122223333/${kind}/`, '', 1000).map(({ key }) => key);
  const text = (key: string) =>
    gunzipSync(objects.get(bucket, key)?.body ?? Buffer.alloc(0)).toString();
  return { delivery, objects, keys, happen, list, text };
}

function eventAt(at: number, name: string, source = 'kms.amazonaws.com') {
  return trailEvent({
    userIdentity: { type: 'IAMUser' },
    at,
    source,
    name,
    region,
    sourceIp: '192.0.2.0',
    userAgent: 'test',
    eventId: `${at}-${name}`,
    readOnly: name === 'Decrypt',
    accountId: '111122223333',
  });
}

describe('delivery', () => {
  it('writes a file for every five minutes that had events, and each event once', async () => {
    const { delivery, happen, list, text } = setUp();
    for (const at of [1, 2, 7, 64]) happen(at);
    await delivery.catchUp(trail, region, start + 30 * minute);
    expect(list('CloudTrail')).toHaveLength(2);
    await delivery.catchUp(trail, region, start + 80 * minute);
    await delivery.catchUp(trail, region, start + 80 * minute);
    const files = list('CloudTrail');
    expect(files).toHaveLength(3);
    const ids = files.flatMap((key) =>
      (JSON.parse(text(key)) as { Records: { eventID: string }[] }).Records.map(
        ({ eventID }) => eventID,
      ),
    );
    expect(new Set(ids).size).toBe(4);
    expect(ids).toHaveLength(4);
  });

  it('signs a digest an hour, each with the one before and with the files of its hour', async () => {
    const { delivery, objects, keys, happen, list, text } = setUp();
    happen(3);
    await delivery.catchUp(trail, region, start + 4 * 60 * minute);
    const digests = list('CloudTrail-Digest');
    expect(digests).toHaveLength(3);
    const [publicKey] = keys.between(region, start, start);
    let previous: { signature: string; hash: string } | undefined;
    for (const key of digests) {
      const body = text(key);
      const digest = JSON.parse(body) as Record<string, string | null> & {
        logFiles: { s3Object: string; hashValue: string }[];
      };
      const signature = objects.get(bucket, key)?.metadata.own?.signature ?? '';
      const hash = createHash('sha256').update(body).digest('hex');
      const signed = [
        digest.digestEndTime,
        `${bucket}/${key}`,
        hash,
        previous?.signature ?? 'null',
      ].join('\n');
      const der = Buffer.from(publicKey?.publicKey ?? '', 'base64');
      expect(
        verify(
          'sha256',
          Buffer.from(signed),
          createPublicKey({ key: der, format: 'der', type: 'pkcs1' }),
          Buffer.from(signature, 'hex'),
        ),
      ).toBe(true);
      expect(digest.previousDigestSignature).toBe(previous?.signature ?? null);
      expect(digest.previousDigestHashValue).toBe(previous?.hash ?? null);
      for (const file of digest.logFiles) {
        const content = text(file.s3Object);
        expect(createHash('sha256').update(content).digest('hex')).toBe(file.hashValue);
      }
      previous = { signature, hash };
    }
    expect(JSON.parse(text(digests[0] ?? ''))).toMatchObject({ logFiles: [{ s3Bucket: bucket }] });
    expect(JSON.parse(text(digests[1] ?? ''))).toMatchObject({
      logFiles: [],
      newestEventTime: null,
    });
  });

  it('starts a new chain after logging was stopped, and delivers nothing of the time between', async () => {
    const { delivery, happen, list, text } = setUp();
    for (const at of [3, 90, 200]) happen(at);
    const stopped: TrailRecord = {
      ...trail,
      settings: [
        settings,
        { ...settings, from: start + 60 * minute, logging: false },
        { ...settings, from: start + 180 * minute },
      ],
    };
    await delivery.catchUp(stopped, region, start + 5 * 60 * minute);
    expect(list('CloudTrail')).toHaveLength(2);
    const digests = list('CloudTrail-Digest').map(
      (key) => JSON.parse(text(key)) as { previousDigestSignature: string | null },
    );
    expect(digests.map(({ previousDigestSignature }) => previousDigestSignature === null)).toEqual([
      true,
      true,
    ]);
  });
});

describe('the start of a trail', () => {
  const hour = 60 * minute;

  it.each([5, 18, 29, 44, 58])(
    'has what happens after it in the same second, and nothing from before, at minute %d',
    async (past) => {
      const { delivery, happen, list, text } = setUp();
      const at = past + 0.9 / 60;
      happen(at - 0.5 / 60, 'ListKeys');
      happen(at, 'StartLogging');
      happen(at + 0.05 / 60, 'CreateKey');
      happen(at + 70, 'CreateAlias');
      const from = start + at * minute;
      const started = { ...trail, createdAt: from, settings: [{ ...settings, from, afterSeq: 1 }] };
      await delivery.catchUp(started, region, from + 200 * minute);
      const delivered = list('CloudTrail').map((key) =>
        (JSON.parse(text(key)) as { Records: { eventName: string }[] }).Records.map(
          ({ eventName }) => eventName,
        ),
      );
      expect(delivered).toEqual([['StartLogging', 'CreateKey'], ['CreateAlias']]);
      const present = Math.floor((from + 195 * minute) / hour) - Math.floor(from / hour);
      expect(list('CloudTrail-Digest')).toHaveLength(present);
    },
  );
});

describe('event selectors', () => {
  const kms = eventAt(start, 'Decrypt');
  const sts = eventAt(start, 'AssumeRole', 'sts.amazonaws.com');

  it('leave KMS out where they are told so: the trap', () => {
    const selectors = {
      kind: 'classic' as const,
      list: [
        {
          ReadWriteType: 'All' as const,
          IncludeManagementEvents: true,
          DataResources: [],
          ExcludeManagementEventSources: ['kms.amazonaws.com'],
        },
      ],
    };
    expect(isSelected(selectors, kms)).toBe(false);
    expect(isSelected(selectors, sts)).toBe(true);
    expect(isSelected(defaultSelectors, kms)).toBe(true);
  });

  it.each([
    [{ Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] }, false, true],
    [{ Field: 'readOnly', Equals: ['true'] }, true, false],
    [{ Field: 'eventName', StartsWith: ['Assume'] }, false, true],
    [{ Field: 'eventName', NotEndsWith: ['crypt'] }, false, true],
  ])('advanced: %j', (field, forKms, forSts) => {
    const FieldSelectors = [{ Field: 'eventCategory', Equals: ['Management'] }, field];
    const selectors = { kind: 'advanced' as const, list: [{ FieldSelectors }] };
    expect(isSelected(selectors, kms)).toBe(forKms);
    expect(isSelected(selectors, sts)).toBe(forSts);
  });
});
