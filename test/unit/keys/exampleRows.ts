import type { Facet } from '../../../shared/model/facet';
import type { KeyMetadata, KeyRow } from '../../../shared/model/key';

/** The time of every example: all facets were read then. */
export const exampleNow = '2026-11-20T12:00:00.000Z';

/** A facet that was read. */
export function read<T>(value: T): Facet<T> {
  return { status: 'known', value, asOf: exampleNow, requestId: 'example-request' };
}

/** A facet that AWS refused to tell. */
export function denied<T>(permission: string): Facet<T> {
  return {
    status: 'cannot-tell',
    error: { code: 'denied', message: `Not allowed: ${permission}.`, detail: { permission } },
    asOf: exampleNow,
  };
}

export const exampleMetadata: KeyMetadata = {
  description: 'Encrypts invoices',
  keyState: 'Enabled',
  keyUsage: 'ENCRYPT_DECRYPT',
  keySpec: 'SYMMETRIC_DEFAULT',
  keyManager: 'CUSTOMER',
  origin: 'AWS_KMS',
  creationDate: '2023-02-01T08:00:00.000Z',
};

/** A key in order, with what a test wants otherwise. */
export function exampleRow(
  change: Partial<Omit<KeyRow, 'metadata'>> & { metadata?: Partial<KeyMetadata> } = {},
): KeyRow {
  const { metadata, ...rest } = change;
  const keyId = rest.keyId ?? '11111111-2222-3333-4444-555555555555';
  const region = rest.region ?? 'eu-central-1';
  return {
    connection: 'practice',
    region,
    keyId,
    accountId: '111122223333',
    arn: `arn:aws:kms:${region}:111122223333:key/${keyId}`,
    aliases: read(['alias/billing']),
    tags: read({ Environment: 'prod', Owner: 'payments' }),
    rotation: read({
      enabled: true,
      periodDays: 365,
      nextRotationDate: '2027-02-01T08:00:00.000Z',
    }),
    history: read({
      count: 1,
      lastRotationDate: '2026-02-01T08:00:00.000Z',
      lastRotationType: 'AUTOMATIC',
      onDemandUsed: 0,
    }),
    policy: read({ publicStatements: [], otherAccounts: [], rootHasFullAccess: true }),
    grants: read({ count: 0 }),
    ...rest,
    metadata: read({ ...exampleMetadata, ...metadata }),
  };
}

const regions = ['eu-central-1', 'eu-west-1', 'us-east-1'];
const states = ['Enabled', 'Enabled', 'Enabled', 'Disabled', 'PendingDeletion'];
const teams = ['payments', 'identity', 'search', 'data', ''];

/** So many different keys, the same on every call. */
export function exampleRows(count: number): KeyRow[] {
  return Array.from({ length: count }, (_, index) => {
    const hex = (index * 2654435761).toString(16).padStart(12, '0').slice(-12);
    const owner = teams[index % teams.length] ?? '';
    return exampleRow({
      keyId: `${hex.slice(0, 8)}-0000-4000-8000-${String(index).padStart(12, '0')}`,
      region: regions[index % regions.length] ?? 'eu-central-1',
      aliases: index % 17 === 0 ? denied('kms:ListAliases') : read([`alias/service-${index}`]),
      tags: read(owner ? { Environment: index % 2 ? 'prod' : 'test', Owner: owner } : {}),
      metadata: {
        keyState: states[index % states.length] ?? 'Enabled',
        creationDate: new Date(Date.UTC(2019, 0, 1 + (index % 2500))).toISOString(),
      },
    });
  });
}
