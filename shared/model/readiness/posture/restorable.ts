import type { RecoveryPoint } from './backups';

/** Whether a backup is whole: others are being made or deleted, are partial, or have expired. Source: Backup API, RecoveryPointByBackupVault, Status. */
export function isRestorable({ status }: Pick<RecoveryPoint, 'status'>): boolean {
  return status === 'COMPLETED' || status === 'AVAILABLE';
}
