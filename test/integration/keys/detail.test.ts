import {
  CreateAliasCommand,
  CreateKeyCommand,
  RotateKeyOnDemandCommand,
} from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEstate, type Estate } from './estate';

const region = 'eu-central-1';
let estate: Estate;
let keyId: string;

beforeEach(async () => {
  estate = await openEstate({ regions: [region] });
  const { KeyMetadata } = await estate.aws(
    region,
    new CreateKeyCommand({
      Description: '=HYPERLINK("http://example.com","click")',
      Tags: [
        { TagKey: 'Environment', TagValue: '+prod' },
        { TagKey: 'Owner', TagValue: '@a+b' },
      ],
    }),
  );
  keyId = KeyMetadata?.KeyId ?? '';
  await estate.aws(region, new CreateAliasCommand({ AliasName: 'alias/a', TargetKeyId: keyId }));
});

afterEach(async () => {
  expect(estate.defects).toEqual([]);
  await estate.close();
});

const detail = () => estate.client.keys.detail({ connection: 'practice', region, keyId });

describe('one key in detail', () => {
  it('has every version of its material, policy, grants and the raw answers', async () => {
    await estate.aws(region, new RotateKeyOnDemandCommand({ KeyId: keyId }));
    await estate.control('clock', { advance: 'P1D' });
    const { row, materials, policyText, grantList, evidence } = await detail();
    expect(row).toMatchObject({
      keyId,
      accountId: estate.practice.accountId,
      aliases: { value: ['alias/a'] },
      history: { value: { count: 1, onDemandUsed: 1, lastRotationType: 'ON_DEMAND' } },
    });
    expect(materials).toMatchObject({ status: 'known' });
    const states = materials.status === 'known' ? materials.value.map(({ state }) => state) : [];
    expect(new Set(states)).toEqual(new Set(['CURRENT', 'NON_CURRENT']));
    expect(policyText.status === 'known' && JSON.parse(policyText.value)).toHaveProperty(
      'Statement',
    );
    expect(grantList).toMatchObject({ status: 'known', value: [] });
    expect(evidence.map(({ operation }) => operation)).toEqual([
      'kms:DescribeKey',
      'kms:GetKeyLastUsage',
      'kms:GetKeyPolicy',
      'kms:GetKeyRotationStatus',
      'kms:ListAliases',
      'kms:ListGrants',
      'kms:ListKeyRotations',
      'kms:ListResourceTags',
    ]);
    for (const { json, requestId } of evidence) {
      expect(requestId).toBeTruthy();
      expect(json).not.toContain('$metadata');
      expect(() => JSON.parse(json) as unknown).not.toThrow();
    }
  });

  it('loses only the parts whose API is denied', async () => {
    await estate.control('deny', { operations: ['kms:GetKeyPolicy', 'kms:ListGrants'] });
    const { row, policyText, grantList, materials } = await detail();
    const denied = (permission: string) => ({
      status: 'cannot-tell',
      error: { code: 'denied', detail: { permission } },
    });
    expect(row.policy).toMatchObject(denied('kms:GetKeyPolicy'));
    expect(policyText).toMatchObject(denied('kms:GetKeyPolicy'));
    expect(grantList).toMatchObject(denied('kms:ListGrants'));
    expect([row.metadata.status, row.tags.status, materials.status]).toEqual([
      'known',
      'known',
      'known',
    ]);
  });

  it('says of a key that is not there what AWS says', async () => {
    keyId = '00000000-0000-4000-8000-000000000000';
    const { row } = await detail();
    expect(row.metadata).toMatchObject({ status: 'cannot-tell', error: { code: 'not-found' } });
  });
});

describe('export', () => {
  const query = { search: '', filters: {}, sort: [] };

  it('writes CSV in which no cell is a formula', async () => {
    await estate.refresh();
    const columns = ['alias', 'description', 'environment', 'owner'];
    const result = await estate.client.keys.exportRows({ format: 'csv', query, columns });
    const [{ suggestedName, text } = { suggestedName: '', text: '' }] = estate.saved;
    expect(result).toEqual({ file: `/picked/${suggestedName}`, rows: 1 });
    expect(suggestedName).toMatch(/^keys-\d{4}-\d\d-\d\d\.csv$/);
    const [header, record, rest] = text.split('\r\n');
    expect(header).toBe('Alias,Description,Environment,Owner,Connection,As of');
    expect(record).toMatch(
      /^alias\/a,"'=HYPERLINK\(""http:\/\/example.com"",""click""\)",'\+prod,'@a\+b,practice,\d{4}-/,
    );
    expect(rest).toBe('');
  });

  it('writes JSON with rows, verdicts and scope', async () => {
    await estate.refresh();
    await estate.client.keys.exportRows({ format: 'json', query, columns: [] });
    const written = JSON.parse(estate.saved[0]?.text ?? '') as Record<string, unknown>;
    expect(written).toMatchObject({
      format: 'claviger-keys/1',
      scopes: [{ region, state: 'complete', keys: 1 }],
      keys: [{ keyId, verdict: 'fail', verdicts: { rotation: { value: 'fail' } } }],
    });
  });

  it('writes only what the query lets through', async () => {
    await estate.refresh();
    const none = { ...query, filters: { state: ['Disabled'] } };
    expect(
      await estate.client.keys.exportRows({ format: 'json', query: none, columns: [] }),
    ).toMatchObject({ rows: 0 });
    expect(JSON.parse(estate.saved[0]?.text ?? '')).toMatchObject({ keys: [] });
  });
});
