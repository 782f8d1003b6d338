import { afterAll, beforeAll, expect, it } from 'vitest';
import type { KeyRow } from '../../../shared/model/key';
import { rotationOutlook } from '../../../shared/model/keyRotationRules';
import { keyVerdicts, type KeyCheck } from '../../../shared/model/keyVerdicts';
import { openEstate, type Estate } from './estate';

/** The company of the practice account, as its seed tells the story, read through the real API. */
let estate: Estate;
let rows: readonly KeyRow[];
let now: Date;

beforeAll(async () => {
  estate = await openEstate({
    seed: 'company',
    regions: ['eu-central-1', 'eu-west-1', 'us-east-1'],
  });
  const refreshed = await estate.refresh();
  expect(refreshed.scopes.map(({ state }) => state)).toEqual(['complete', 'complete', 'complete']);
  rows = [...refreshed.rows.values()];
  now = await estate.practice.now();
});
afterAll(async () => {
  expect(estate.defects).toEqual([]);
  await estate.close();
});

function key(alias: string, region = 'eu-central-1'): KeyRow {
  const found = rows.find(
    (row) =>
      row.region === region && row.aliases.status === 'known' && row.aliases.value.includes(alias),
  );
  if (!found) throw new Error(`no ${alias} in ${region}`);
  return found;
}

interface Expected {
  alias: string;
  check: KeyCheck;
  value: string;
  reason: RegExp;
  region?: string;
}
const facts: readonly (readonly [string, KeyCheck, string, RegExp, string?])[] = [
  ['alias/prod/customer-data', 'rotation', 'pass', /every 365 days/],
  ['alias/prod/payments', 'rotation', 'pass', /every 90 days/],
  ['alias/prod/ledger', 'rotation', 'fail', /off\. Its material is 1250 days old, 885 days over/],
  ['alias/prod/backups', 'rotation', 'fail', /off/],
  ['alias/prod/data-lake', 'rotation', 'pass', /every 180 days/],
  ['alias/prod/data-lake', 'rotation', 'pass', /every 180 days/, 'eu-west-1'],
  ['alias/prod/partner-exchange', 'rotation', 'not-applicable', /imported.*1 of 25/],
  ['alias/prod/partner-exchange', 'material', 'pass', /does not expire/],
  ['alias/prod/bank-gateway', 'material', 'fail', /expires in (19|20) days/],
  ['alias/legacy/edi', 'material', 'fail', /missing|expired/],
  ['alias/legacy/edi', 'state', 'fail', /no key material/],
  ['alias/staging/hsm-trial', 'state', 'fail', /no key material/],
  ['alias/prod/release-signing', 'rotation', 'not-applicable', /RSA/],
  ['alias/prod/card-tokens', 'rotation', 'not-applicable', /HMAC/],
  ['alias/prod/terminal-pairing', 'rotation', 'not-applicable', /elliptic-curve/],
  ['alias/prod/reports-export', 'policy', 'fail', /Temporary, remove after the migration/],
  ['alias/prod/analytics-share', 'policy', 'pass', /444455556666/],
  ['alias/office/board-papers', 'policy', 'pass', /no full access/],
  ['alias/archive/2022', 'state', 'fail', /Disabled/],
  ['alias/archive/2022', 'rotation', 'not-applicable', /waits while the key is Disabled/],
  ['alias/legacy/crm', 'state', 'fail', /in (9|10) days/],
  ['alias/legacy/crm', 'rotation', 'not-applicable', /Pending deletion/],
  ['alias/tmp/ledger-migration', 'tags', 'not-applicable', /cannot be tagged/],
  ['alias/legacy/sessions', 'state', 'fail', /waits until the replicas.*14 days/],
  ['alias/staging/app', 'tags', 'fail', /Owner/],
  ['alias/staging/database', 'tags', 'fail', /Environment and Owner/],
  ['alias/aws/s3', 'rotation', 'not-applicable', /AWS manages/],
  ['alias/aws/s3', 'tags', 'not-applicable', /AWS manages/],
  ['alias/aws/s3', 'policy', 'pass', /No statement is open/],
];

const expected: Expected[] = facts.map(([alias, check, value, reason, region]) => ({
  alias,
  check,
  value,
  reason,
  ...(region !== undefined && { region }),
}));

it.each(expected)('$alias: $check is $value', ({ alias, check, value, reason, region }) => {
  const verdict = keyVerdicts(key(alias, region), now)[check];
  expect(verdict.reason).toMatch(reason);
  expect(verdict.value).toBe(value);
});

it('counts on-demand rotations of 25', () => {
  const outlook = rotationOutlook(key('alias/prod/audit-log'), now);
  expect(outlook).toMatchObject({ onDemandUsed: 23, onDemandLeft: 2 });
  expect(rotationOutlook(key('alias/prod/payments'), now).onDemandUsed).toBe(2);
});

it('knows primary and replicas', () => {
  const multiRegion = (row: KeyRow) =>
    row.metadata.status === 'known' ? row.metadata.value.multiRegion : undefined;
  expect(multiRegion(key('alias/prod/data-lake'))).toEqual({
    type: 'PRIMARY',
    primaryRegion: 'eu-central-1',
    replicaRegions: ['eu-west-1'],
  });
  expect(multiRegion(key('alias/prod/data-lake', 'eu-west-1'))).toMatchObject({
    type: 'REPLICA',
    primaryRegion: 'eu-central-1',
  });
});

it('counts grants and follows an alias that was moved', () => {
  expect(key('alias/prod/volumes').grants).toMatchObject({ value: { count: 2 } });
  expect(key('alias/prod/token-signing').aliases).toMatchObject({
    value: expect.arrayContaining(['alias/prod/token-signing-current']) as string[],
  });
});

it('can tell everything of every key: what is not known does not apply', () => {
  for (const row of rows) {
    for (const verdict of Object.values(keyVerdicts(row, now))) {
      expect(verdict.value, `${row.arn}: ${verdict.reason}`).not.toBe('cannot-tell');
    }
  }
  expect(rows.length).toBeGreaterThanOrEqual(40);
});
