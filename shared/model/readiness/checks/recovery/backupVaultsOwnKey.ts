import { defineCheck, weekHours } from '../../check';
import type { Vault } from '../../posture/backups';
import { keyIndex, type ByKey, type KeyIndex } from '../at-rest/keyedThings';
import { ownKey } from '../at-rest/ownKeys';
import { listItems, regionItems } from '../at-rest/postureItems';

export const backupVaultsOwnKey = defineCheck({
  id: 'backup-vaults-own-key',
  group: 'recovery',
  topics: ['recovery', 'at-rest'],
  question: 'Is every backup vault that holds backups under a key of your own?',
  why: 'Backups under aws/backup cannot be shared with another account for a recovery: nobody can change that key’s policy.',
  remedy: {
    console:
      'AWS Backup > Vaults > Create new vault with a key of your own, then copy the backups into it: the key of a vault cannot be changed.',
    cli: 'aws backup create-backup-vault --backup-vault-name VAULT --encryption-key-arn KEY\naws backup start-copy-job --recovery-point-arn POINT --source-backup-vault-name OLD --destination-backup-vault-arn VAULT --iam-role-arn ROLE',
    terraform: 'resource "aws_backup_vault": kms_key_arn',
  },
  severity: 'medium',
  effort: 'hours',
  shelfLifeHours: weekHours,
  permissions: ['backup:ListBackupVaults', 'kms:ListKeys', 'kms:DescribeKey'],
  nothing: 'No account was read.',
  reads: ['posture', 'keys'],
  judge({ posture, keys }) {
    const index = keyIndex(keys);
    return regionItems(posture, ({ region, backups: { vaults } }, where) =>
      listItems(vaults, 'backup vault', where, (vault) => ({
        id: vault.arn,
        name: vault.name,
        ...keyOf(vault, region, index),
      })),
    );
  },
});

function keyOf({ keyId, awsOwned, recoveryPoints }: Vault, region: string, index: KeyIndex): ByKey {
  if (recoveryPoints === 0) {
    return { verdict: { value: 'not-applicable', reason: 'It holds no backup.' } };
  }
  if (awsOwned) {
    return {
      verdict: {
        value: 'fail',
        reason: 'Under a key that AWS owns.',
        remedy: 'Copy its backups to a vault under a key of your own.',
      },
    };
  }
  return keyId === undefined
    ? { verdict: { value: 'cannot-tell', reason: 'AWS does not say under which key.' } }
    : ownKey({ keyId, region }, index);
}
