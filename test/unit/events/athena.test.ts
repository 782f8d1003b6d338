import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resultColumns } from '../../../electron/events/athena/columns';
import { wholeRows } from '../../../electron/events/athena/csvParts';
import { failureOf } from '../../../electron/events/athena/query';
import { recordsOfCsv } from '../../../electron/events/athena/records';
import {
  createTable,
  regionsOfKey,
  selectEvents,
  tableName,
  type TableSettings,
} from '../../../electron/events/athena/sql';
import { resultCsv } from '../../../electron/practice/athena/results';
import { readStatement, type CreateTable } from '../../../electron/practice/athena/sql/statement';
import { athenaCostUsd, bytesText, usdText } from '../../../shared/model/events/athena';

const settings: TableSettings = {
  bucket: 'audit-logs',
  prefix: 'audit/',
  organization: 'o-abc',
  accounts: ['111122223333', '444455556666'],
  regions: ['eu-central-1', 'us-east-1'],
};
const since = Date.UTC(2026, 10, 20);
const until = Date.UTC(2026, 10, 24);
const all = { since, until, regions: settings.regions, names: [], failuresOnly: false };

describe('the table', () => {
  it('of an organisation’s trail is partitioned by account, Region and day below its id', () => {
    const table = readStatement(createTable(settings)) as CreateTable;
    expect(table.location).toBe('s3://audit-logs/audit/AWSLogs/o-abc/');
    expect(table.partitions.map(({ name }) => name)).toEqual(['account', 'region', 'day']);
    expect(table.properties).toMatchObject({
      'projection.enabled': 'true',
      'projection.account.values': '111122223333,444455556666',
      'projection.region.values': 'eu-central-1,us-east-1',
      'storage.location.template':
        's3://audit-logs/audit/AWSLogs/o-abc/${account}/CloudTrail/${region}/${day}',
    });
    const own = readStatement(createTable({ ...settings, organization: undefined })) as CreateTable;
    expect(own.location).toBe('s3://audit-logs/audit/AWSLogs/');
  });

  it('has another name for other settings, and the same for the same', () => {
    expect(tableName(settings)).toBe(tableName({ ...settings }));
    expect(tableName(settings)).not.toBe(tableName({ ...settings, accounts: ['111122223333'] }));
    expect(createTable(settings)).toContain(`claviger.${tableName(settings)} (`);
  });
});

describe('the query', () => {
  it('reads the days of delivery, which are later than those of events', () => {
    const sql = selectEvents(settings, all);
    expect(sql).toContain("day BETWEEN '2026/11/20' AND '2026/11/25'");
    expect(sql).toContain("eventtime BETWEEN '2026-11-20T00:00:00Z' AND '2026-11-24T00:00:00Z'");
    expect(sql).not.toContain('errorcode IS NOT NULL');
    expect(readStatement(sql).kind).toBe('select');
  });

  it('is narrowed by key, names and failures; a quote in one of them ends nothing', () => {
    const sql = selectEvents(settings, {
      ...all,
      key: "alias/o'brien",
      names: ['Decrypt', "x') OR 1 = 1 --"],
      failuresOnly: true,
    });
    expect(sql).toContain("eventname IN ('Decrypt', 'x'') OR 1 = 1 --')");
    expect(sql).toContain("strpos(requestparameters, 'alias/o''brien') > 0");
    expect(sql).toContain('errorcode IS NOT NULL');
    expect(readStatement(sql).kind).toBe('select');
  });

  it('of a key by its ARN reads the key’s Region only, of a multi-Region key all', () => {
    const arn = 'arn:aws:kms:us-east-1:111122223333:key/';
    expect(regionsOfKey(`${arn}1234abcd-12ab-34cd-56ef-1234567890ab`, settings.regions)).toEqual([
      'us-east-1',
    ]);
    expect(regionsOfKey(`${arn}mrk-1234`, settings.regions)).toEqual(settings.regions);
    expect(regionsOfKey('alias/x', settings.regions)).toEqual(settings.regions);
  });
});

describe('the cost', () => {
  it('is the price of a terabyte, with the least that a query costs, and nothing for nothing', () => {
    expect(athenaCostUsd(2e12)).toBe(10);
    expect(athenaCostUsd(1)).toBe(athenaCostUsd(10_000_000));
    expect(athenaCostUsd(0)).toBe(0);
    expect(usdText(athenaCostUsd(1))).toBe('US$ 0.00005');
    expect([usdText(1.234), bytesText(999), bytesText(1.4e9), bytesText(25e12)]).toEqual([
      'US$ 1.23',
      '999 bytes',
      '1.4 GB',
      '25 TB',
    ]);
  });
});

describe('why a query failed', () => {
  it.each([
    [
      'FAILED: SemanticException User: arn:aws:iam::1:user/x is not authorized to perform: glue:CreateTable on resource: y',
      { code: 'denied', detail: { permission: 'glue:CreateTable' } },
    ],
    [
      'PERMISSION_DENIED: Permission denied on S3 path: s3://audit-logs/AWSLogs',
      { code: 'denied', detail: { permission: 's3:GetObject' } },
    ],
    [
      'Access denied when writing output to url: s3://results/x.csv',
      { code: 'denied', detail: { permission: 's3:PutObject' } },
    ],
    ['Bytes scanned limit was exceeded', { code: 'limit-exceeded' }],
    ['HIVE_BAD_DATA: Error parsing field', { code: 'aws-error' }],
  ])('%s', (StateChangeReason, expected) => {
    const error = failureOf({ Status: { StateChangeReason } }, 'FAILED');
    expect(error).toMatchObject(expected);
    expect(error.message).toContain(StateChangeReason);
  });
});

describe('a result', () => {
  const at = (member: string) => resultColumns.findIndex((column) => column.member === member);

  it('becomes records with CloudTrail’s names, without what is null or empty', () => {
    const row: (string | null)[] = resultColumns.map(() => null);
    row[at('eventName')] = 'Decrypt';
    row[at('userIdentity.sessionContext.sessionIssuer.userName')] = 'app';
    row[at('requestParameters')] = '{"keyId":"a","encryptionContext":{"a":"b"}}';
    row[at('readOnly')] = 'true';
    row[at('resources')] = '[{"arn":"arn:x","accountid":"1","type":"AWS::KMS::Key"}]';
    row[at('errorMessage')] = '';
    const columns = resultColumns.map((_, i) => ({
      name: `c${i}`,
      type: { kind: 'plain', name: 'varchar' } as const,
    }));
    const [, ...lines] = resultCsv(columns, [row]).split('\n');
    expect(recordsOfCsv(lines.join('\n'))).toEqual([
      {
        eventName: 'Decrypt',
        userIdentity: { sessionContext: { sessionIssuer: { userName: 'app' } } },
        requestParameters: { keyId: 'a', encryptionContext: { a: 'b' } },
        readOnly: true,
        resources: [{ ARN: 'arn:x', accountId: '1', type: 'AWS::KMS::Key' }],
      },
    ]);
  });

  it('is cut into whole rows wherever its pieces end', async () => {
    const cell = fc.stringMatching(/^[a"\n,]{0,6}$/);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }),
        async (rows, sizes) => {
          const columns = ['head "one"', 'two\n'].map((name) => ({
            name,
            type: { kind: 'plain', name: 'varchar' } as const,
          }));
          const whole = Buffer.from(resultCsv(columns, rows));
          const head = Buffer.from(resultCsv(columns, [])).length;
          const parts: Buffer[] = [];
          for await (const part of wholeRows(pieces(whole, sizes))) parts.push(part);
          expect(Buffer.concat(parts).toString()).toBe(whole.subarray(head).toString());
          for (const part of parts) {
            const quotes = part.toString().split('"').length - 1;
            expect(quotes % 2).toBe(0);
            expect(part.at(-1)).toBe(0x0a);
          }
        },
      ),
    );
  });
});

async function* pieces(whole: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let i = 0; at < whole.length; i += 1) {
    const size = sizes[i % sizes.length] ?? 1;
    yield whole.subarray(at, at + size);
    at += size;
  }
}
