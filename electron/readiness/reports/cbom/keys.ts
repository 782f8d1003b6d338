import { known } from '../../../../shared/model/facet';
import { keyRefString, type KeyMetadata, type KeyRow } from '../../../../shared/model/key';
import type { Algorithms, Component, Property } from './component';
import { kmsAlgorithm } from './kmsAlgorithms';

/**
 * A KMS key as related cryptographic material. What could not be read is left out and named in a
 * property: a missing state is no active one.
 */
export function keyComponent(row: KeyRow, algorithms: Algorithms): Component {
  const metadata = known(row.metadata);
  const aliases = known(row.aliases) ?? [];
  const history = known(row.history);
  const algorithm = metadata && kmsAlgorithm(metadata, row.region);
  const state = metadata && states[metadata.keyState];
  return {
    type: 'cryptographic-asset',
    'bom-ref': row.arn,
    name: aliases[0] ?? row.keyId,
    ...(metadata?.description && { description: metadata.description }),
    evidence: { occurrences: [{ location: row.arn }] },
    cryptoProperties: {
      assetType: 'related-crypto-material',
      relatedCryptoMaterialProperties: {
        type: metadata ? materialType(metadata) : 'unknown',
        id: row.arn,
        ...(state && { state }),
        ...(algorithm && { algorithmRef: algorithms.ref(algorithm) }),
        ...(metadata && { creationDate: metadata.creationDate }),
        ...(metadata?.origin === 'AWS_KMS' && { activationDate: metadata.creationDate }),
        ...(history?.lastRotationDate !== undefined && { updateDate: history.lastRotationDate }),
        ...(metadata?.validTo !== undefined && { expirationDate: metadata.validTo }),
        ...(algorithm?.properties.parameterSetIdentifier !== undefined &&
          metadata?.keySpec === 'SYMMETRIC_DEFAULT' && {
            size: Number(algorithm.properties.parameterSetIdentifier),
          }),
        securedBy: { mechanism: securedBy(metadata) },
      },
    },
    properties: [...keyProperties(row, metadata, aliases)],
  };
}

/** NIST SP 800-57 states of AWS's; a compromise is known to people alone. */
const states: Readonly<Record<string, string>> = {
  Creating: 'pre-activation',
  PendingImport: 'pre-activation',
  Enabled: 'active',
  Updating: 'active',
  Disabled: 'suspended',
  Unavailable: 'suspended',
  PendingDeletion: 'deactivated',
  PendingReplicaDeletion: 'deactivated',
};

function materialType({ keySpec }: KeyMetadata): string {
  return keySpec === 'SYMMETRIC_DEFAULT' || keySpec.startsWith('HMAC')
    ? 'secret-key'
    : 'private-key';
}

function securedBy(metadata: KeyMetadata | undefined): string {
  switch (metadata?.origin) {
    case undefined:
      return 'unknown';
    case 'EXTERNAL_KEY_STORE':
      return 'external key store';
    case 'AWS_CLOUDHSM':
      return 'AWS CloudHSM';
    default:
      return 'AWS KMS HSM';
  }
}

function* keyProperties(
  row: KeyRow,
  metadata: KeyMetadata | undefined,
  aliases: readonly string[],
): Generator<Property> {
  yield { name: 'claviger:account', value: row.accountId };
  yield { name: 'claviger:region', value: row.region };
  yield { name: 'claviger:key', value: keyRefString(row) };
  for (const alias of aliases) yield { name: 'claviger:alias', value: alias };
  for (const [name, value] of Object.entries(known(row.tags) ?? {})) {
    yield { name: `claviger:tag:${name}`, value };
  }
  if (metadata) {
    yield { name: 'claviger:purpose', value: metadata.keyUsage };
    yield { name: 'claviger:spec', value: metadata.keySpec };
    yield { name: 'claviger:origin', value: metadata.origin };
    yield { name: 'claviger:managed-by', value: metadata.keyManager };
    yield { name: 'claviger:kms-state', value: metadata.keyState };
  }
  for (const name of ['metadata', 'aliases', 'tags', 'history'] as const) {
    const facet = row[name];
    if (facet.status === 'pending') yield { name: 'claviger:not-read', value: name };
    if (facet.status === 'cannot-tell') {
      yield { name: 'claviger:not-read', value: `${name}: ${facet.error.message}` };
    }
  }
}
