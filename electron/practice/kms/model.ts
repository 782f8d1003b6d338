/** What the practice KMS keeps. All of it is plain JSON: dates in milliseconds since 1970, bytes in base64. */

export type KeyState =
  | 'Creating'
  | 'Enabled'
  | 'Disabled'
  | 'PendingDeletion'
  | 'PendingReplicaDeletion'
  | 'PendingImport'
  | 'Updating'
  | 'Unavailable';

export type MaterialState =
  'CURRENT' | 'NON_CURRENT' | 'PENDING_ROTATION' | 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION';

/** One version of a key's material. Versions are never thrown away while the key exists. */
export interface Material {
  /** 64 hex digits. */
  readonly id: string;
  /** Raw bytes of a symmetric or HMAC key, PKCS #8 of a private key; empty once imported material is gone. */
  readonly secret: string;
  readonly state: MaterialState;
  readonly createdAt: number;
  readonly rotationDate?: number | undefined;
  readonly rotationType?: 'AUTOMATIC' | 'ON_DEMAND' | undefined;
  readonly imported?: ImportedMaterial | undefined;
  /** SubjectPublicKeyInfo in base64 of an imported private key, which stays when the key is gone. */
  readonly publicKey?: string | undefined;
}

export interface ImportedMaterial {
  readonly state: 'IMPORTED' | 'PENDING_IMPORT';
  readonly expirationModel: 'KEY_MATERIAL_EXPIRES' | 'KEY_MATERIAL_DOES_NOT_EXPIRE';
  readonly validTo?: number | undefined;
  readonly description?: string | undefined;
}

export interface Rotation {
  readonly enabled: boolean;
  readonly periodDays: number;
  readonly nextDate: number;
}

export interface Tag {
  readonly TagKey: string;
  readonly TagValue: string;
}

export interface KeyRecord {
  readonly region: string;
  readonly keyId: string;
  readonly accountId: string;
  readonly description: string;
  readonly keySpec: string;
  readonly keyUsage: string;
  readonly origin: 'AWS_KMS' | 'EXTERNAL';
  /** The AWS service that manages it (`s3`), for AWS managed keys. */
  readonly managedBy?: string | undefined;
  readonly createdAt: number;
  readonly state: KeyState;
  /** When a passing state (Creating, Updating) ends. */
  readonly stateEnds?: number | undefined;
  readonly deletionDate?: number | undefined;
  readonly pendingWindowDays?: number | undefined;
  readonly multiRegion?: { readonly primaryRegion: string } | undefined;
  readonly rotation?: Rotation | undefined;
  /** When the on-demand rotation began that is in progress. */
  readonly onDemandSince?: number | undefined;
  readonly policy: string;
  readonly tags: readonly Tag[];
  readonly materials: readonly Material[];
}

/** The last successful cryptographic operation with a key in a Region. */
export interface KeyUse {
  readonly operation: string;
  readonly at: number;
  readonly eventId: string;
  readonly requestId: string;
}

export interface AliasRecord {
  readonly region: string;
  readonly name: string;
  readonly targetKeyId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface GrantRecord {
  readonly region: string;
  readonly keyId: string;
  readonly grantId: string;
  readonly name: string;
  readonly granteePrincipal?: string | undefined;
  readonly retiringPrincipal?: string | undefined;
  /** AWS services, in the place of a principal. */
  readonly granteeServicePrincipal?: string | undefined;
  readonly retiringServicePrincipal?: string | undefined;
  readonly issuingAccount: string;
  readonly operations: readonly string[];
  readonly constraints?: GrantConstraints | undefined;
  readonly createdAt: number;
}

export interface GrantConstraints {
  readonly EncryptionContextSubset?: Readonly<Record<string, string>> | undefined;
  readonly EncryptionContextEquals?: Readonly<Record<string, string>> | undefined;
  /** The resource on whose behalf a service must ask. */
  readonly SourceArn?: string | undefined;
}

export function keyArn(key: Pick<KeyRecord, 'region' | 'accountId' | 'keyId'>): string {
  return `arn:aws:kms:${key.region}:${key.accountId}:key/${key.keyId}`;
}

/** The version that new ciphertexts are made with. */
export function currentMaterial(key: KeyRecord): Material | undefined {
  return key.materials.find(({ state }) => state === 'CURRENT');
}
