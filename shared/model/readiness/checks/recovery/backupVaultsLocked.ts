import type { Verdict } from '../../../verdict';
import type { Vault } from '../../posture/backups';
import { postureCheck } from '../at-rest/postureCheck';
import { listItems, regionItems } from '../at-rest/postureItems';

export const backupVaultsLocked = postureCheck({
  id: 'backup-vaults-locked',
  group: 'recovery',
  topics: ['recovery'],
  question: 'Is every backup vault that holds backups locked against their deletion?',
  why: 'Who holds data to ransom deletes the backups first, with the rights of whoever may manage them.',
  remedy: {
    console: 'AWS Backup > Vault lock > Create vault lock. In compliance mode it cannot be undone.',
    cli: 'aws backup put-backup-vault-lock-configuration --backup-vault-name VAULT --min-retention-days 35\n# with --changeable-for-days 14 nobody can take the lock off after 14 days, AWS included',
    terraform: 'resource "aws_backup_vault_lock_configuration": min_retention_days',
  },
  severity: 'medium',
  permissions: ['backup:ListBackupVaults'],
  judge: (posture, { now }) =>
    regionItems(posture, ({ backups: { vaults } }, where) =>
      listItems(vaults, 'backup vault', where, (vault) => ({
        id: vault.arn,
        name: vault.name,
        verdict: lockVerdict(vault, now(where.connection)),
      })),
    ),
});

function lockVerdict(
  { locked, lockDate, minRetentionDays, recoveryPoints }: Vault,
  now: Date,
): Verdict {
  if (locked === undefined) {
    return { value: 'cannot-tell', reason: 'AWS does not say whether it is locked.' };
  }
  if (!locked) {
    return recoveryPoints === 0
      ? { value: 'not-applicable', reason: 'It holds no backup.' }
      : {
          value: 'fail',
          reason: 'It is not locked: backups in it can be deleted before their time.',
          remedy: 'Put a vault lock on it.',
        };
  }
  const kept = minRetentionDays === undefined ? '' : `, for at least ${minRetentionDays} days`;
  const final = lockDate !== undefined && Date.parse(lockDate) <= now.getTime();
  return final
    ? { value: 'pass', reason: `Locked${kept}; nobody can take the lock off.` }
    : {
        value: 'pass',
        reason: `Locked${kept}; who may manage vault locks can still take it off${
          lockDate === undefined ? '' : ` until ${lockDate.slice(0, 10)}`
        }.`,
      };
}
