import { describe, expect, it } from 'vitest';
import { factIds, type AccountFact, type FactId } from '../../../shared/model/adviser/account/fact';
import { accountFacts } from '../../../shared/model/adviser/account/index';
import { exampleMetadata } from '../keys/exampleRows';
import type { ReadinessEvidence } from '../../../shared/model/readiness/sources';
import { noTrails } from '../readiness/fixtures/audit';
import {
  drills,
  keyRow,
  keys,
  keyScope,
  known,
  readAt,
  scanned,
  trails,
} from '../readiness/fixtures/evidence';
import { fixtures } from '../readiness/fixtures/index';
import { emptyRegion, posture } from '../readiness/fixtures/posture';
import { refuse, unreachable } from '../readiness/fixtures/refuse';
import { goodRegion, trailScopes } from '../readiness/fixtures/trails';

function fact(evidence: ReadinessEvidence, id: FactId): AccountFact {
  const found = accountFacts(evidence).find((one) => one.id === id);
  if (!found) throw new Error(`There is no fact ${id}.`);
  return found;
}
const holds = (check: string): ReadinessEvidence => fixtures[check]?.holds ?? {};

it('tells nothing of what was never read', () => {
  const facts = accountFacts({});
  expect(facts.map(({ id }) => id)).toEqual(factIds);
  for (const { text, missing } of facts) {
    expect(text).toBeUndefined();
    expect(missing).toEqual(['It was not read yet: run the checks.']);
  }
});

it('tells an empty account from an unread one', () => {
  const empty = {
    keys: [keyScope([])],
    trails: trailScopes(noTrails),
    tls: [],
    ...posture(),
    drills: { asOf: readAt, drills: [], plans: [], findings: [] },
  };
  for (const { text, missing } of accountFacts(empty)) {
    expect(text).toMatch(/^(There is no|No |Events of KMS are recorded in 0 of 1 Region)/);
    expect(missing).toEqual([]);
  }
});

it('says that the last reading failed and that this is older', () => {
  const { missing } = fact({ ...keys(keyRow()), problems: { keys: 'No connection.' } }, 'keys');
  expect(missing).toEqual(['The last reading failed, and this is older: No connection.']);
});

describe('keys', () => {
  const rotating = keyRow({ keyId: '1' });
  const still = keyRow({ keyId: '2', rotation: known({ enabled: false }) });
  const disabled = keyRow({ keyId: '3', metadata: { keyState: 'Disabled' } });

  it('counts enabled symmetric keys of the account itself, with scope and time', () => {
    expect(fact(keys(rotating, still, disabled), 'keys')).toMatchObject({
      text: 'There are 2 enabled symmetric keys of your own, 1 with automatic rotation.',
      scope: 'Practice: eu-central-1',
      asOf: readAt,
      missing: [],
    });
  });

  it('does not take a rotation that nobody may read for one that is off', () => {
    const refused = refuse(keys(rotating), 'kms:GetKeyRotationStatus', 'denied', undefined);
    expect(fact(refused, 'keys').text).toContain('0 with automatic rotation (1 cannot be told)');
  });

  it('cannot tell where the keys could not be listed, and says by which permission', () => {
    const refused = refuse(keys(rotating), 'kms:ListKeys', 'denied', undefined);
    const { text, missing } = fact(refused, 'keys');
    expect(text).toBeUndefined();
    expect(missing).toEqual(['eu-central-1: kms:ListKeys: denied.']);
  });

  it('says of how many keys nothing is known', () => {
    const refused = refuse(keys(rotating), 'kms:DescribeKey', 'throttled', undefined);
    expect(fact(refused, 'keys').missing).toEqual(['Not described: 1 key.']);
  });

  it('tells where replicas of multi-Region keys are', () => {
    const multiRegion = {
      type: 'PRIMARY' as const,
      primaryRegion: 'eu-central-1',
      replicaRegions: ['us-east-1', 'eu-west-1'],
    };
    const primary = keyRow({ metadata: { ...exampleMetadata, multiRegion } });
    expect(fact(keys(primary), 'multi-region').text).toBe(
      'There is 1 multi-Region primary key, 1 with a replica in eu-west-1, us-east-1.',
    );
  });
});

describe('data at rest', () => {
  it('counts buckets by their key', () => {
    expect(fact(holds('s3-kms-by-default'), 'buckets').text).toBe(
      'KMS encrypts new objects by default in 1 of 1 bucket; a bucket key is on in 1.',
    );
  });

  it('names the refusal where a bucket does not tell its encryption', () => {
    const permission = 's3:GetEncryptionConfiguration';
    const refused = refuse(holds('s3-kms-by-default'), permission, 'denied', undefined);
    expect(fact(refused, 'buckets')).toMatchObject({
      text: expect.stringContaining('in 0 of 1 bucket (1 cannot be told)'),
      missing: [`${permission}: denied.`],
    });
  });

  it('counts encrypted databases, and those that back themselves up', () => {
    expect(fact(holds('databases-encrypted'), 'databases').text).toMatch(
      /^Storage is encrypted in 1 of 1 database\.$/,
    );
    const refused = refuse(
      holds('databases-encrypted'),
      'rds:DescribeDBInstances',
      'denied',
      undefined,
    );
    expect(fact(refused, 'databases').text).toBeUndefined();
    expect(fact(refused, 'backups').text).toBeUndefined();
  });

  it('cannot tell of a Region that was chosen later', () => {
    const { posture: [scope] = [] } = posture({ regions: [emptyRegion()] });
    if (!scope) throw new Error('There is one account.');
    const more = { posture: [{ ...scope, regions: [...scope.regions, 'us-east-1', 'us-west-2'] }] };
    expect(fact(more, 'log-groups').missing).toEqual(['us-east-1, us-west-2: not read yet.']);
  });
});

describe('the way and the record', () => {
  it('counts endpoints by TLS 1.3, and leaves out those that did not answer', () => {
    expect(fact(scanned(), 'endpoints').text).toContain(
      'TLS 1.3 is offered at every address by 1 of 1 endpoint;',
    );
    const { text, missing } = fact(unreachable(scanned()), 'endpoints');
    expect(text).toBeUndefined();
    expect(missing).toEqual(['Not reached, or never scanned: 1 endpoint.']);
  });

  it('tells whether uses of keys are recorded, unless the trails may not be read', () => {
    expect(fact(trails(), 'log').text).toBe('Events of KMS are recorded in 1 of 1 Region.');
    const permission = 'cloudtrail:DescribeTrails';
    const refused = refuse(trails(), permission, 'denied', goodRegion());
    const { text, missing } = fact(refused, 'log');
    expect(text).toBeUndefined();
    expect(missing.join(' ')).toContain(permission);
  });

  it('tells of the last drill', () => {
    const finding = {
      id: 'f-1',
      text: 'The copy was slow',
      owner: 'Ada',
      due: '2026-12-01',
      drill: 'd-1',
      drillName: 'Old ciphertext',
    };
    const findings = [
      { ...finding, state: 'open' as const },
      { ...finding, state: 'resolved' as const },
    ];
    expect(fact(drills({}, { findings }), 'drills').text).toBe(
      'The last of 1 drill, Old ciphertext, was closed on 2026-11-01: All 4 objectives are met. Open findings of all drills: 1.',
    );
  });
});
