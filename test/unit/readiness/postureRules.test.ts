import { describe, expect, it } from 'vitest';
import type { Asker, Send } from '../../../electron/readiness/collect/ask';
import { collectDatabases } from '../../../electron/readiness/collect/databases';
import { checkOf } from '../../../shared/model/readiness/checks/index';
import { judgeCheck } from '../../../shared/model/readiness/judge/judgeCheck';
import type { AccountPosture } from '../../../shared/model/readiness/posture/index';
import type { RegionPosture } from '../../../shared/model/readiness/posture/region';
import type { ReadinessEvidence } from '../../../shared/model/readiness/sources';
import { contextAt, readAt } from './fixtures/evidence';
import type { Reading } from '../../../shared/model/readiness/evidence';
import {
  answered,
  arn,
  blocked,
  bucket,
  emptyRegion,
  inRegion,
  posture,
  publicAcl,
  publicPolicy,
} from './fixtures/posture';

function verdictOf(id: string, evidence: ReadinessEvidence, hours = 0) {
  const check = checkOf(id);
  if (!check) throw new Error(`There is no check ${id}.`);
  return judgeCheck(check, evidence, contextAt(hours)).verdict.value;
}

describe('a secret that rotates', () => {
  const verdict = (change: object) =>
    verdictOf(
      'secrets-rotate',
      inRegion({
        secrets: answered(
          [
            {
              arn: arn('secretsmanager', 'secret:a'),
              name: 'a',
              rotates: true,
              tags: {},
              ...change,
            },
          ],
          'secretsmanager:ListSecrets',
        ),
      }),
    );

  it('passes until a day after it is due', () => {
    expect(verdict({ nextRotationAt: '2026-11-25T23:59:59.000Z' })).toBe('pass');
    expect(verdict({ nextRotationAt: '2026-11-23T23:59:59.000Z' })).toBe('pass');
  });

  it('fails where its rotation is on and does not come', () => {
    expect(verdict({ nextRotationAt: '2026-11-22T23:59:59.000Z' })).toBe('fail');
    const tried = {
      nextRotationAt: '2026-12-01T23:59:59.000Z',
      rotatedAt: '2026-06-01T00:00:00.000Z',
    };
    expect(verdict({ ...tried, rotationDays: 30 })).toBe('fail');
    expect(verdict({ ...tried, rotationDays: 180 })).toBe('pass');
  });
});

describe('the root user', () => {
  const verdict = (change: object) => {
    const summary = answered(
      { rootHasMfa: false, rootHasAccessKeys: false, ...change },
      'iam:GetAccountSummary',
    );
    const { identities } = accountOf(posture());
    return verdictOf('iam-root-mfa', posture({ identities: { ...identities, summary } }));
  };

  it('needs no second factor where an organisation has taken its password away', () => {
    expect(verdict({ rootHasPassword: false })).toBe('not-applicable');
    expect(verdict({ rootHasPassword: true })).toBe('fail');
    expect(verdict({})).toBe('fail');
  });
});

describe('a certificate of ACM that ends soon', () => {
  const verdict = (change: object) =>
    verdictOf(
      'acm-certificates-last',
      inRegion({ certificates: certificates({ endsAt: '2026-12-01T00:00:00.000Z', ...change }) }),
    );

  it('does not matter where nothing uses it, unless it was exported: then nobody knows', () => {
    expect(verdict({})).toBe('not-applicable');
    expect(verdict({ exported: false })).toBe('not-applicable');
    expect(verdict({ exported: true })).toBe('fail');
  });
});

describe('the credential report', () => {
  it('is as old as AWS made it, not as the call that fetched it', () => {
    const user = {
      user: 'alice',
      arn: 'arn:aws:iam::111122223333:user/alice',
      password: true,
      mfa: true,
      accessKeys: [],
    };
    const { identities } = accountOf(posture());
    const madeAt = '2026-11-24T08:00:00.000Z';
    const credentials = answered({ madeAt, users: [user] }, 'iam:GetCredentialReport');
    const evidence = posture({ identities: { ...identities, credentials } });
    const check = checkOf('iam-users-mfa');
    if (!check) throw new Error('There is no such check.');
    expect(judgeCheck(check, evidence, contextAt(0)).items[0]?.asOf).toBe(madeAt);
    expect(verdictOf('iam-users-mfa', evidence, check.shelfLifeHours - 1)).toBe('stale');
  });
});

describe('a bucket that is public', () => {
  const verdict = (...change: Parameters<typeof bucket>) =>
    verdictOf('s3-not-public', bucket(...change));
  const own = (change: object = {}) => ({
    publicAccessBlock: answered({ ...blocked, ...change }, 's3:GetBucketPublicAccessBlock'),
  });
  const denied: Reading<never> = { calls: [], refused: { code: 'denied', message: 'Denied.' } };

  it('by its access control list fails as one by its policy does', () => {
    expect(verdict({ publicGrants: publicAcl })).toBe('fail');
    expect(verdict({ policyIsPublic: publicPolicy })).toBe('fail');
    expect(verdict({ policyIsPublic: denied, publicGrants: publicAcl })).toBe('fail');
  });

  it('passes where bucket or account takes just that out of force', () => {
    expect(verdict({ publicGrants: publicAcl, policyIsPublic: publicPolicy, ...own() })).toBe(
      'pass',
    );
    expect(verdict({ publicGrants: publicAcl, policyIsPublic: publicPolicy }, own())).toBe('pass');
    expect(verdict({ publicGrants: publicAcl, ...own({ ignorePublicAcls: false }) })).toBe('fail');
    expect(
      verdict({ policyIsPublic: publicPolicy, ...own({ restrictPublicBuckets: false }) }),
    ).toBe('fail');
  });

  it('cannot be told where what blocks it was not read, and does not matter where nothing is public', () => {
    expect(verdict({ policyIsPublic: publicPolicy, publicAccessBlock: denied })).toBe(
      'cannot-tell',
    );
    expect(verdict({ policyIsPublic: publicPolicy }, { publicAccessBlock: denied })).toBe(
      'cannot-tell',
    );
    expect(verdict({ publicGrants: denied })).toBe('cannot-tell');
    expect(verdict({ publicGrants: denied, policyIsPublic: denied, ...own() })).toBe('pass');
    expect(verdict({ publicAccessBlock: denied }, { publicAccessBlock: denied })).toBe('pass');
  });
});

describe('databases', () => {
  it('under a key that AWS owns are encrypted, though the flag says no; of that key nobody can set anything', async () => {
    const cluster = { StorageEncrypted: false, StorageEncryptionType: 'sse-rds' };
    const databases = await databasesOf({}, cluster);
    expect(verdictOf('databases-encrypted', inRegion({ databases }))).toBe('pass');
    const evidence = { ...inRegion({ databases }), keys: [] };
    expect(verdictOf('data-under-own-keys', evidence)).toBe('fail');
    expect(verdictOf('data-keys-usable', evidence)).toBe('not-applicable');
    const plain = await databasesOf({}, { StorageEncrypted: false, StorageEncryptionType: 'none' });
    expect(verdictOf('databases-encrypted', inRegion({ databases: plain }))).toBe('fail');
  });

  it('that follow another one need no backups of their own', async () => {
    const none = { BackupRetentionPeriod: 0, StorageEncrypted: true };
    const replica = await databasesOf({ ...none, ReadReplicaSourceDBInstanceIdentifier: 'ledger' });
    expect(verdictOf('databases-backed-up', inRegion({ databases: replica }))).toBe(
      'not-applicable',
    );
    const single = await databasesOf(none);
    expect(verdictOf('databases-backed-up', inRegion({ databases: single }))).toBe('fail');
  });
});

/** What the reader makes of RDS's answers: one instance, or one cluster. */
function databasesOf(instance: object, cluster?: object): Promise<RegionPosture['databases']> {
  const outputs: Record<string, object> = {
    DescribeDBInstancesCommand: {
      DBInstances: cluster
        ? []
        : [{ DBInstanceArn: arn('rds', 'db:a'), DBInstanceIdentifier: 'a', ...instance }],
    },
    DescribeDBClustersCommand: {
      DBClusters: cluster
        ? [{ DBClusterArn: arn('rds', 'cluster:b'), DBClusterIdentifier: 'b', ...cluster }]
        : [],
    },
  };
  const send = (command: object) =>
    Promise.resolve({ output: outputs[command.constructor.name], asOf: readAt, requestId: 'r-1' });
  const asker: Asker = {
    ask: async (_region, read) => answered(await read(send as unknown as Send), 'rds:Describe'),
  };
  return collectDatabases(asker, emptyRegion().region);
}

function certificates(change: object): RegionPosture['certificates'] {
  const certificate = {
    arn: arn('acm', 'certificate/1'),
    domain: 'shop.example.test',
    names: [],
    type: 'IMPORTED',
    status: 'ISSUED',
    usedBy: [],
    validation: [],
    ...change,
  };
  const { arn: id, domain } = certificate;
  const reading = answered(certificate, 'acm:DescribeCertificate');
  return answered([{ arn: id, domain, certificate: reading }], 'acm:ListCertificates');
}

function accountOf({ posture: scopes }: ReadinessEvidence): AccountPosture {
  const one = scopes?.[0]?.posture;
  if (!one) throw new Error('There is an account.');
  return one;
}
