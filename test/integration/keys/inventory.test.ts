import {
  CreateAliasCommand,
  CreateKeyCommand,
  DisableKeyCommand,
  EnableKeyRotationCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { afterEach, describe, expect, it } from 'vitest';
import type { KeyRow } from '../../../shared/model/key';
import { facetNames } from '../../../shared/model/keyDifferences';
import { openEstate, type Estate } from './estate';

let estate: Estate;
afterEach(async () => {
  expect(estate.defects).toEqual([]);
  await estate.close();
});

async function makeKey(region: string, alias: string, input: object = {}): Promise<string> {
  const { KeyMetadata } = await estate.aws(region, new CreateKeyCommand(input));
  const keyId = KeyMetadata?.KeyId ?? '';
  await estate.aws(region, new CreateAliasCommand({ AliasName: alias, TargetKeyId: keyId }));
  return keyId;
}

function find(rows: Map<string, KeyRow>, alias: string): KeyRow {
  const found = [...rows.values()].find(
    ({ aliases }) => aliases.status === 'known' && aliases.value.includes(alias),
  );
  if (!found) throw new Error(`no ${alias}`);
  return found;
}

describe('the inventory', () => {
  it('reads every facet of keys in two Regions, each with time and request id', async () => {
    estate = await openEstate();
    const billing = await makeKey('eu-central-1', 'alias/billing', {
      Description: 'Invoices',
      Tags: [{ TagKey: 'Owner', TagValue: 'payments' }],
    });
    await estate.aws(
      'eu-central-1',
      new EnableKeyRotationCommand({ KeyId: billing, RotationPeriodInDays: 180 }),
    );
    await makeKey('us-east-1', 'alias/sign', { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });

    const { rows, scopes } = await estate.refresh();

    expect(scopes.map(({ region, state, keys }) => ({ region, state, keys }))).toEqual([
      { region: 'eu-central-1', state: 'complete', keys: 1 },
      { region: 'us-east-1', state: 'complete', keys: 1 },
    ]);
    const row = find(rows, 'alias/billing');
    expect(row).toMatchObject({
      connection: 'practice',
      region: 'eu-central-1',
      keyId: billing,
      accountId: estate.practice.accountId,
      metadata: { status: 'known', value: { description: 'Invoices', keyState: 'Enabled' } },
      tags: { status: 'known', value: { Owner: 'payments' } },
      rotation: { status: 'known', value: { enabled: true, periodDays: 180 } },
      history: { status: 'known', value: { count: 0, onDemandUsed: 0 } },
      policy: { status: 'known', value: { publicStatements: [], rootHasFullAccess: true } },
      grants: { status: 'known', value: { count: 0, otherAccounts: [], passedOnBy: [] } },
    });
    for (const name of facetNames) {
      expect(row[name], name).toMatchObject({
        asOf: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        requestId: expect.stringMatching(/.{8}/) as string,
      });
    }
    expect(find(rows, 'alias/sign')).toMatchObject({
      rotation: { status: 'not-applicable', reason: expect.stringContaining('elliptic') as string },
      history: { status: 'not-applicable' },
    });
    expect(await estate.snapshot()).toEqual(rows);
  });

  it('counts answers to the end and gives rows in parts of at most 250', async () => {
    estate = await openEstate();
    for (let index = 0; index < 12; index++) await makeKey('us-east-1', `alias/k${index}`);
    const { progress } = await estate.refresh();
    const counts = progress.filter((value) => value.kind === 'count');
    expect(counts.at(-1)).toEqual({ kind: 'count', done: 84, expected: 84, remainingSeconds: 0 });
    for (const value of progress) {
      if (value.kind === 'rows') expect(value.rows.length).toBeLessThanOrEqual(250);
    }
  });

  it('reads only the Region that is asked for', async () => {
    estate = await openEstate();
    await makeKey('eu-central-1', 'alias/a');
    await makeKey('us-east-1', 'alias/b');
    const { rows, scopes } = await estate.refresh({
      only: [{ connection: 'practice', region: 'us-east-1' }],
    });
    expect([...rows.values()].map(({ region }) => region)).toEqual(['us-east-1']);
    expect(scopes).toHaveLength(1);
  });

  it('refuses a second refresh while one runs', async () => {
    estate = await openEstate();
    await makeKey('us-east-1', 'alias/a');
    const first = estate.refresh();
    await expect(estate.refresh()).rejects.toMatchObject({ code: 'conflict' });
    await first;
  });
});

describe('one API denied', () => {
  const cases = [
    ['kms:DescribeKey', 'metadata'],
    ['kms:ListAliases', 'aliases'],
    ['kms:ListResourceTags', 'tags'],
    ['kms:GetKeyRotationStatus', 'rotation'],
    ['kms:ListKeyRotations', 'history'],
    ['kms:GetKeyPolicy', 'policy'],
    ['kms:ListGrants', 'grants'],
  ] as const;

  it.each(cases)(
    '%s: exactly %s cannot be told, and the permission is named',
    async (operation, lost) => {
      estate = await openEstate();
      await makeKey('us-east-1', 'alias/a');
      await makeKey('us-east-1', 'alias/b');
      await estate.control('deny', { operations: [operation] });

      const { rows, scopes } = await estate.refresh();

      for (const row of rows.values()) {
        const untold = facetNames.filter((name) => row[name].status !== 'known');
        expect(untold).toEqual([lost]);
        expect(row[lost]).toMatchObject({
          status: 'cannot-tell',
          error: { code: 'denied', detail: { permission: operation } },
        });
      }
      expect(rows.size).toBe(2);
      const scope = scopes.find(({ region }) => region === 'us-east-1');
      expect(scope).toMatchObject({ state: 'partial', keys: 2 });
      expect(scope?.problems).toMatchObject([
        { operation, code: 'denied', permission: operation, keys: 2 },
      ]);
    },
  );

  it('kms:ListKeys: the Region fails and its snapshot stays', async () => {
    estate = await openEstate();
    await makeKey('us-east-1', 'alias/a');
    await estate.refresh();
    const before = await estate.snapshot();
    await estate.control('deny', { operations: ['kms:ListKeys'] });

    const { scopes } = await estate.refresh();

    expect(scopes.find(({ region }) => region === 'us-east-1')).toMatchObject({
      state: 'failed',
      keys: 1,
      problems: [{ operation: 'kms:ListKeys', permission: 'kms:ListKeys' }],
    });
    expect(await estate.snapshot()).toEqual(before);
  });

  it('keeps in mind what was known, so that a change behind the denial is marked when it ends', async () => {
    estate = await openEstate();
    const keyId = await makeKey('us-east-1', 'alias/a');
    await estate.refresh();
    await estate.control('deny', { operations: ['kms:DescribeKey'] });
    const denied = await estate.refresh();
    expect([...denied.rows.values()][0]).not.toHaveProperty('change');
    await estate.control('deny', { operations: [] });
    await estate.aws('us-east-1', new DisableKeyCommand({ KeyId: keyId }));
    const { rows } = await estate.refresh();
    expect(find(rows, 'alias/a').change?.what).toEqual(['state: Enabled -> Disabled']);
  });
});

describe('what changed', () => {
  it('marks nothing on the first reading, then new, changed and gone keys', async () => {
    estate = await openEstate();
    const stays = await makeKey('us-east-1', 'alias/stays');
    const goes = await makeKey('us-east-1', 'alias/goes');
    const first = await estate.refresh();
    expect([...first.rows.values()].filter(({ change }) => change)).toEqual([]);

    await estate.aws(
      'us-east-1',
      new EnableKeyRotationCommand({ KeyId: stays, RotationPeriodInDays: 90 }),
    );
    await estate.aws(
      'us-east-1',
      new ScheduleKeyDeletionCommand({ KeyId: goes, PendingWindowInDays: 7 }),
    );
    await makeKey('us-east-1', 'alias/comes');
    const second = await estate.refresh();
    expect(find(second.rows, 'alias/stays').change).toMatchObject({
      kind: 'changed',
      what: ['rotation: off -> on'],
    });
    expect(find(second.rows, 'alias/goes').change?.what[0]).toBe(
      'state: Enabled -> PendingDeletion',
    );
    expect(find(second.rows, 'alias/comes').change?.kind).toBe('new');

    await estate.control('clock', { advance: 'P100D' });
    const third = await estate.refresh();
    const gone = [...third.rows.values()].find(({ keyId }) => keyId === goes);
    expect(gone?.change?.kind).toBe('gone');
    expect(find(third.rows, 'alias/stays').change?.what).toEqual(
      expect.arrayContaining([expect.stringMatching(/^rotated on /)]) as string[],
    );

    await estate.refresh();
    const stored = [...(await estate.snapshot()).values()].map(({ keyId }) => keyId);
    expect(stored).toContain(stays);
    expect(stored).not.toContain(goes);
  });

  it('is there after a restart, as is everything else', async () => {
    estate = await openEstate();
    await makeKey('us-east-1', 'alias/a');
    await estate.refresh();
    await makeKey('us-east-1', 'alias/b');
    const { rows } = await estate.refresh();
    await estate.restart();
    const restored = await estate.snapshot();
    expect(restored).toEqual(rows);
    expect(find(restored, 'alias/b').change?.kind).toBe('new');
    const summary = await estate.client.keys.snapshot();
    expect(summary).toMatchObject({ total: 2 });
    expect(summary.asOf).toBeTruthy();
  });
});
