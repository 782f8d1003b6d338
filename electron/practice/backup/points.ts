import { createHash } from 'node:crypto';
import { vaultArn, type BackedUpRecord, type Stock } from '../holdings/holdings';

/** One backup in a vault; times are milliseconds since 1970. */
interface Point {
  readonly id: string;
  readonly of: BackedUpRecord;
  readonly madeAt: number;
  readonly endsAt: number;
}

const hourMs = 3_600_000;

/** What a vault has at the account's present time, the newest first: nobody makes the backups, they follow from their hours. */
export function pointsIn({ backedUp, now }: Stock, vault: string): Point[] {
  return backedUp
    .filter((one) => one.vault === vault)
    .flatMap((one) => pointsOf(one, now))
    .toSorted((a, b) => b.madeAt - a.madeAt);
}

function pointsOf(of: BackedUpRecord, now: number): Point[] {
  const everyMs = of.everyHours * hourMs;
  const keptMs = of.keepDays * 24 * hourMs;
  const last = Math.min(now, of.stoppedAt ?? now);
  const first = Math.max(of.startedAt, now - keptMs);
  const points: Point[] = [];
  for (let at = Math.ceil(first / everyMs) * everyMs; at <= last; at += everyMs) {
    points.push({ id: idOf(`${of.vault} ${of.arn} ${at}`), of, madeAt: at, endsAt: at + keptMs });
  }
  return points;
}

/** What the Region's own backups are of, with the last of each; what only a copy is of, is protected where it lies. */
export function protectedIn(stock: Stock): object[] {
  const own = stock.backedUp.filter(({ copyOf }) => copyOf === undefined);
  return [...new Set(own.map(({ arn }) => arn))].flatMap((arn) => {
    const [last] = own
      .filter((one) => one.arn === arn)
      .flatMap((one) => pointsOf(one, stock.now))
      .toSorted((a, b) => b.madeAt - a.madeAt);
    if (!last) return [];
    const { type, vault } = last.of;
    return {
      ResourceArn: arn,
      ResourceType: type,
      LastBackupTime: new Date(last.madeAt),
      LastBackupVaultArn: vaultArn(stock.accountId, stock.region, vault),
      LastRecoveryPointArn: pointArn(last, stock),
    };
  });
}

/** As ListRecoveryPointsByBackupVault has it. */
export function pointJson(point: Point, stock: Stock): object {
  const { accountId, region } = stock;
  const { arn, type, vault, keyArn, keepDays, copyOf } = point.of;
  return {
    RecoveryPointArn: pointArn(point, stock),
    BackupVaultName: vault,
    BackupVaultArn: vaultArn(accountId, region, vault),
    SourceBackupVaultArn: copyOf,
    ResourceArn: arn,
    ResourceType: type,
    IamRoleArn: backupRole(accountId),
    Status: 'COMPLETED',
    CreationDate: new Date(point.madeAt),
    CompletionDate: new Date(point.madeAt + 600_000),
    Lifecycle: { DeleteAfterDays: keepDays },
    CalculatedLifecycle: { DeleteAt: new Date(point.endsAt) },
    EncryptionKeyArn: keyArn,
    IsEncrypted: keyArn !== undefined,
    IsParent: false,
    VaultType: 'BACKUP_VAULT',
  };
}

/** As the service's own snapshot; AWS Backup's own of a table. */
function pointArn({ id, of: { type } }: Point, { accountId, region }: Stock): string {
  const rds = `arn:aws:rds:${region}:${accountId}`;
  switch (type) {
    case 'Aurora':
      return `${rds}:cluster-snapshot:awsbackup:job-${id}`;
    case 'RDS':
      return `${rds}:snapshot:awsbackup:job-${id}`;
    case 'EBS':
      return `arn:aws:ec2:${region}::snapshot/snap-0${id.replaceAll('-', '').slice(0, 16)}`;
    case 'DynamoDB':
      return `arn:aws:backup:${region}:${accountId}:recovery-point:${id}`;
    default:
      return type satisfies never;
  }
}

/** The role that AWS Backup works in. */
export function backupRole(accountId: string): string {
  return `arn:aws:iam::${accountId}:role/service-role/AWSBackupDefaultServiceRole`;
}

/** The same for the same backup, in the form of a UUID. */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-'); // prettier-ignore
}
