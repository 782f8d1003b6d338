import type { Collections } from '../account/collections';
import type { IamView } from '../iamApi/view';

/** What the account keeps in one Region; plain JSON, times are milliseconds since 1970. */
export interface Holdings {
  readonly ebs: {
    readonly encryptByDefault: boolean;
    /** `alias/aws/ebs` where none was set. */
    readonly defaultKey?: string;
  };
  readonly volumes: readonly VolumeRecord[];
  readonly snapshots: readonly SnapshotRecord[];
  readonly instances: readonly DatabaseRecord[];
  readonly clusters: readonly DatabaseRecord[];
  readonly tables: readonly TableRecord[];
  readonly secrets: readonly SecretRecord[];
  readonly certificates: readonly CertificateRecord[];
  readonly vaults: readonly VaultRecord[];
  readonly plans: readonly PlanRecord[];
  readonly backedUp: readonly BackedUpRecord[];
}

export interface VolumeRecord {
  readonly id: string;
  readonly name: string;
  readonly sizeGiB: number;
  /** None: the volume is not encrypted. */
  readonly keyArn?: string;
  readonly createdAt: number;
}

export interface SnapshotRecord {
  readonly id: string;
  readonly volumeId: string;
  readonly description: string;
  readonly sizeGiB: number;
  readonly keyArn?: string;
  readonly startedAt: number;
}

export interface DatabaseRecord {
  readonly id: string;
  readonly engine: string;
  readonly engineVersion: string;
  /** None: its storage is not encrypted. */
  readonly keyArn?: string;
  readonly cluster?: string;
  /** The authority of its certificate, and when that ends; an Aurora cluster has none of its own. */
  readonly authority?: string;
  readonly certificateEndsAt?: number;
  readonly backupDays: number;
  readonly deletionProtection: boolean;
  readonly createdAt: number;
}

export interface TableRecord {
  readonly name: string;
  readonly id: string;
  /** None: a key that AWS owns. */
  readonly keyArn?: string;
  readonly deletionProtection: boolean;
  readonly createdAt: number;
}

export interface SecretRecord {
  readonly name: string;
  /** The six characters that its ARN ends with. */
  readonly suffix: string;
  readonly description: string;
  /** None: the AWS managed key. */
  readonly keyArn?: string;
  readonly rotationDays?: number;
  readonly rotatedAt?: number;
  readonly changedAt: number;
  readonly usedAt?: number;
  readonly createdAt: number;
}

export interface CertificateRecord {
  readonly id: string;
  readonly domain: string;
  readonly names: readonly string[];
  readonly type: 'AMAZON_ISSUED' | 'IMPORTED';
  readonly keyAlgorithm: 'RSA_1024' | 'RSA_2048' | 'EC_prime256v1';
  readonly startsAt: number;
  readonly endsAt: number;
  readonly usedBy: readonly string[];
  /** How its owner proved the domain; none of an imported one. */
  readonly validation?: 'DNS' | 'EMAIL';
  /** A renewal waits for its owner. */
  readonly renewalWaits?: boolean;
}

/** A backup vault. */
export interface VaultRecord {
  readonly name: string;
  readonly keyArn: string;
  /** Under Vault Lock. */
  readonly lock?: { readonly minRetentionDays: number; readonly date?: number };
  readonly createdAt: number;
}

/** Something of which a vault has backups: one every so many hours, since it began and until it stopped. */
export interface BackedUpRecord {
  readonly arn: string;
  readonly type: 'Aurora' | 'DynamoDB' | 'EBS' | 'RDS';
  readonly vault: string;
  readonly everyHours: number;
  readonly keepDays: number;
  /** None: what is backed up is not encrypted, and its backups are not. */
  readonly keyArn?: string;
  readonly startedAt: number;
  readonly stoppedAt?: number;
  /** The vault that they are copied from. */
  readonly copyOf?: string;
}

export function vaultArn(accountId: string, region: string, name: string): string {
  return `arn:aws:backup:${region}:${accountId}:backup-vault:${name}`;
}

/** A backup plan; a rule names a vault of the plan's Region and ARNs of vaults to copy to. */
export interface PlanRecord {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly rules: readonly {
    readonly id: string;
    readonly name: string;
    readonly vault: string;
    readonly schedule: string;
    readonly keepDays: number;
    readonly copies: readonly string[];
  }[];
  readonly selections: readonly { readonly id: string; readonly name: string }[];
  readonly createdAt: number;
  readonly ranAt: number;
}

export const nothing: Holdings = {
  ebs: { encryptByDefault: false },
  volumes: [],
  snapshots: [],
  instances: [],
  clusters: [],
  tables: [],
  secrets: [],
  certificates: [],
  vaults: [],
  plans: [],
  backedUp: [],
};

/** By Region. */
export function holdingsOf(state: Collections) {
  return state.of<Holdings>('holdings');
}

/** What services that only look see of an account in one Region. */
export interface Stock extends Holdings {
  readonly accountId: string;
  readonly region: string;
  /** The account's time. */
  readonly now: number;
  readonly iam: IamView;
}

/** @param state of the practice account; undefined for another account, which keeps nothing */
export function holdingsIn(state: Collections | undefined, region: string): Holdings {
  // What was seeded by an older version lacks the newer kinds.
  return { ...nothing, ...(state && holdingsOf(state).get(region)) };
}
