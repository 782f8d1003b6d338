import { known } from '../../../facet';
import { stateVerdict } from '../../../keyVerdictState';
import { dayHours, defineCheck } from '../../check';
import type { Reading } from '../../evidence';
import type { Backups, ProtectedResource, RecoveryPoint } from '../../posture/backups';
import { isRestorable } from '../../posture/restorable';
import { byKey, isAwsAlias, keyIndex, type ByKey, type KeyIndex } from '../at-rest/keyedThings';
import { listItems, regionItems, untold } from '../at-rest/postureItems';

/** Older than this, the newest backup of something is no recent one. */
const recentDays = 7;

export const backupsRecent = defineCheck({
  id: 'backups-recent',
  group: 'recovery',
  topics: ['recovery'],
  question:
    'Has everything that AWS Backup protects a backup of the last seven days, under a key that can be used?',
  why: 'A plan that no longer reaches what it should, a job that fails every night, a backup whose key is being deleted: each is noticed on the day when the backup is needed.',
  remedy: {
    console:
      'AWS Backup > Jobs: why it failed; Backup plans > the plan > Resource assignments. KMS > the key > Key actions, where its key cannot be used.',
    cli: 'aws backup list-backup-jobs --by-resource-arn ARN; aws backup start-backup-job --resource-arn ARN --backup-vault-name VAULT --iam-role-arn ROLE',
    terraform: 'resource "aws_backup_selection": resources',
  },
  severity: 'high',
  effort: 'hours',
  shelfLifeHours: dayHours,
  permissions: [
    'backup:ListProtectedResources',
    'backup:ListBackupVaults',
    'backup:ListRecoveryPointsByBackupVault',
    'kms:ListKeys',
    'kms:DescribeKey',
  ],
  nothing: 'No account was read.',
  reads: ['posture', 'keys'],
  judge({ posture, keys }, { now }) {
    const index = keyIndex(keys);
    return regionItems(posture, ({ region, backups: { resources, vaults } }, where) => {
      const points = 'answer' in vaults ? vaults.answer.map((vault) => vault.points) : [];
      return listItems(resources, 'resource that AWS Backup protects', where, (resource) => ({
        id: resource.arn,
        name: nameOf(resource.arn),
        rests: [vaults, ...points],
        ...judge(resource, { vaults, asOf: askedAt(resources), region, index, now }),
      }));
    });
  },
});

interface Beside {
  readonly vaults: Backups['vaults'];
  /** When it was asked what is protected: a backup is as old as it was then. */
  readonly asOf: Date;
  readonly region: string;
  readonly index: KeyIndex;
  readonly now: (connection?: string) => Date;
}

function judge({ arn, lastBackupAt }: ProtectedResource, beside: Beside): ByKey {
  if (lastBackupAt === undefined) {
    const reason = 'AWS does not say when it was last backed up.';
    return { verdict: { value: 'cannot-tell', reason } };
  }
  const days = daysBefore(lastBackupAt, beside.asOf);
  if (days > recentDays) {
    const reason = `Last backed up on ${lastBackupAt.slice(0, 10)}, ${Math.floor(days)} days ago.`;
    return {
      verdict: {
        value: 'fail',
        reason,
        remedy:
          'Assign it to a plan, or mend its jobs; where it is gone, accept that until its backups end.',
      },
    };
  }
  const found = newestOf(arn, beside);
  return 'verdict' in found ? found : keyOf(found, beside);
}

/** The newest backup that can be restored from; what it comes to that there is none. */
function newestOf(resource: string, { vaults, asOf }: Beside): RecoveryPoint | ByKey {
  if ('refused' in vaults) return { verdict: untold(vaults) };
  const all = vaults.answer.map(({ points }) => points);
  const points = all.flatMap((each) => ('answer' in each ? each.answer : []));
  const [newest] = points
    .filter((point) => point.resource === resource)
    .toSorted(
      (a, b) => Number(isRestorable(b)) - Number(isRestorable(a)) || (a.madeAt < b.madeAt ? 1 : -1),
    );
  if (newest && isRestorable(newest) && daysBefore(newest.madeAt, asOf) <= recentDays)
    return newest;
  const [refused] = all.filter((each) => 'refused' in each);
  if (refused) return { verdict: untold(refused) };
  return {
    verdict: {
      value: 'fail',
      reason: newest
        ? `No backup of the last ${recentDays} days is whole; the newest is ${newest.status}.`
        : `No vault of this Region has a backup of the last ${recentDays} days.`,
      remedy: 'See why its jobs fail.',
    },
  };
}

function keyOf({ madeAt, encrypted, keyId }: RecoveryPoint, { region, index, now }: Beside): ByKey {
  const made = `Backed up on ${madeAt.slice(0, 10)}`;
  if (encrypted === undefined) {
    const reason = `${made}; AWS does not say whether that is encrypted.`;
    return { verdict: { value: 'cannot-tell', reason } };
  }
  if (!encrypted) {
    const remedy = 'Encrypt what is backed up, by a copy.';
    return { verdict: { value: 'fail', reason: `${made}, without encryption.`, remedy } };
  }
  if (keyId === undefined || isAwsAlias(keyId)) {
    return { verdict: { value: 'pass', reason: `${made}, under a key that AWS keeps usable.` } };
  }
  return byKey({ keyId, region }, index, (row) => {
    const verdict = stateVerdict(row, now(row.connection));
    const name = known(row.aliases)?.[0] ?? keyId;
    return { ...verdict, reason: `${made}, under ${name}: ${verdict.reason}` };
  });
}

function askedAt({ calls }: Reading<unknown>): Date {
  const [oldest = ''] = calls.map(({ asOf }) => asOf).toSorted();
  return new Date(oldest);
}

function daysBefore(time: string, asOf: Date): number {
  return (asOf.getTime() - Date.parse(time)) / 86_400_000;
}

/** `db:ledger` of `arn:aws:rds:eu-central-1:111122223333:db:ledger`. */
function nameOf(arn: string): string {
  return arn.split(':').slice(5).join(':') || arn;
}
