import {
  GetBackupPlanCommand,
  ListBackupPlansCommand,
  ListBackupSelectionsCommand,
  ListBackupVaultsCommand,
  ListProtectedResourcesCommand,
  ListRecoveryPointsByBackupVaultCommand,
  type BackupPlansListMember,
  type BackupVaultListMember,
  type RecoveryPointByBackupVault,
} from '@aws-sdk/client-backup';
import {
  pointDays,
  type Backups,
  type PlanRule,
  type ProtectedResource,
  type RecoveryPoint,
  type Vault,
} from '../../../shared/model/readiness/posture/backups';
import { isRestorable } from '../../../shared/model/readiness/posture/restorable';
import { pages } from '../../aws/pages';
import type { Asker, Send } from './ask';
import { eachOf, iso, needed, said } from './parts';

/**
 * Asks AWS Backup for the vaults of one Region with what was put into them lately, for the plans that
 * fill and copy them, and for what it protects. `now` is the account's time.
 */
export async function collectBackups(asker: Asker, region: string, now: Date): Promise<Backups> {
  const [vaults, plans, resources] = await Promise.all([
    collectVaults(asker, region, now),
    collectPlans(asker, region),
    asker.ask(region, askResources),
  ]);
  return { vaults, plans, resources };
}

async function collectVaults(
  { ask }: Asker,
  region: string,
  now: Date,
): Promise<Backups['vaults']> {
  const listed = await ask(region, askVaults);
  if ('refused' in listed) return listed;
  const after = new Date(now.getTime() - pointDays * 86_400_000);
  const vaults = await eachOf(listed.answer, async (vault) => ({
    ...vault,
    points: await ask(region, (send) => askPoints(send, vault.name, after)),
  }));
  return { calls: listed.calls, answer: vaults };
}

type ListedVault = Omit<Vault, 'points'>;

async function askVaults(send: Send): Promise<ListedVault[]> {
  const operation = 'backup:ListBackupVaults';
  const found: ListedVault[] = [];
  const lists = pages(
    operation,
    (NextToken) => send(new ListBackupVaultsCommand({ MaxResults: 1000, NextToken })),
    ({ NextToken }) => NextToken,
  );
  for await (const { BackupVaultList } of lists) {
    found.push(...needed(BackupVaultList, operation, 'BackupVaultList').map(vaultFacts));
  }
  return found;
}

function vaultFacts(vault: BackupVaultListMember): ListedVault {
  return {
    arn: needed(vault.BackupVaultArn, 'backup:ListBackupVaults', 'BackupVaultArn'),
    name: needed(vault.BackupVaultName, 'backup:ListBackupVaults', 'BackupVaultName'),
    awsOwned: vault.EncryptionKeyType === 'AWS_OWNED_KMS_KEY',
    ...said({
      keyId: vault.EncryptionKeyArn,
      locked: vault.Locked,
      minRetentionDays: vault.MinRetentionDays,
      lockDate: iso(vault.LockDate),
      recoveryPoints: vault.NumberOfRecoveryPoints,
    }),
  };
}

/** The newest of each resource, those that can be restored from first. */
async function askPoints(
  send: Send,
  BackupVaultName: string,
  ByCreatedAfter: Date,
): Promise<RecoveryPoint[]> {
  const operation = 'backup:ListRecoveryPointsByBackupVault';
  const newest = new Map<string, RecoveryPoint>();
  const lists = pages(
    operation,
    (NextToken) =>
      send(
        new ListRecoveryPointsByBackupVaultCommand({
          BackupVaultName,
          ByCreatedAfter,
          MaxResults: 1000,
          NextToken,
        }),
      ),
    ({ NextToken }) => NextToken,
  );
  for await (const { RecoveryPoints } of lists) {
    for (const listed of needed(RecoveryPoints, operation, 'RecoveryPoints')) {
      const point = pointFacts(listed, operation);
      const other = newest.get(point.resource);
      if (other === undefined || isBetter(point, other)) newest.set(point.resource, point);
    }
  }
  return [...newest.values()];
}

function pointFacts(point: RecoveryPointByBackupVault, operation: string): RecoveryPoint {
  return {
    arn: needed(point.RecoveryPointArn, operation, 'RecoveryPointArn'),
    resource: needed(point.ResourceArn, operation, 'ResourceArn'),
    madeAt: needed(point.CreationDate, operation, 'CreationDate').toISOString(),
    status: needed(point.Status, operation, 'Status'),
    ...said({ encrypted: point.IsEncrypted, keyId: point.EncryptionKeyArn }),
  };
}

function isBetter(one: RecoveryPoint, other: RecoveryPoint): boolean {
  if (isRestorable(one) !== isRestorable(other)) return isRestorable(one);
  return one.madeAt > other.madeAt;
}

async function askResources(send: Send): Promise<ProtectedResource[]> {
  const operation = 'backup:ListProtectedResources';
  const found: ProtectedResource[] = [];
  const lists = pages(
    operation,
    (NextToken) => send(new ListProtectedResourcesCommand({ MaxResults: 1000, NextToken })),
    ({ NextToken }) => NextToken,
  );
  for await (const { Results } of lists) {
    for (const { ResourceArn, ResourceType = '', LastBackupTime } of needed(
      Results,
      operation,
      'Results',
    )) {
      found.push({
        arn: needed(ResourceArn, operation, 'ResourceArn'),
        type: ResourceType,
        ...said({ lastBackupAt: iso(LastBackupTime) }),
      });
    }
  }
  return found;
}

async function collectPlans({ ask }: Asker, region: string): Promise<Backups['plans']> {
  const operation = 'backup:ListBackupPlans';
  const listed = await ask(region, async (send) => {
    const found: BackupPlansListMember[] = [];
    const lists = pages(
      operation,
      (NextToken) => send(new ListBackupPlansCommand({ MaxResults: 1000, NextToken })),
      ({ NextToken }) => NextToken,
    );
    for await (const { BackupPlansList } of lists) {
      found.push(...needed(BackupPlansList, operation, 'BackupPlansList'));
    }
    return found.map(({ BackupPlanArn, BackupPlanId, BackupPlanName = '' }) => ({
      arn: needed(BackupPlanArn, operation, 'BackupPlanArn'),
      id: needed(BackupPlanId, operation, 'BackupPlanId'),
      name: BackupPlanName,
    }));
  });
  if ('refused' in listed) return listed;
  const plans = await eachOf(listed.answer, async (plan) => ({
    ...plan,
    rules: await ask(region, (send) => askRules(send, plan.id)),
    selections: await ask(region, (send) => askSelections(send, plan.id)),
  }));
  return { calls: listed.calls, answer: plans };
}

async function askRules(send: Send, BackupPlanId: string): Promise<PlanRule[]> {
  const operation = 'backup:GetBackupPlan';
  const { output } = await send(new GetBackupPlanCommand({ BackupPlanId }));
  const { Rules } = needed(output.BackupPlan, operation, 'BackupPlan');
  return needed(Rules, operation, 'Rules').map((rule) => ({
    name: rule.RuleName ?? '',
    vault: rule.TargetBackupVaultName ?? '',
    copies: (rule.CopyActions ?? []).map(({ DestinationBackupVaultArn }) =>
      needed(DestinationBackupVaultArn, operation, 'DestinationBackupVaultArn'),
    ),
  }));
}

async function askSelections(send: Send, BackupPlanId: string): Promise<string[]> {
  const operation = 'backup:ListBackupSelections';
  const found: string[] = [];
  const lists = pages(
    operation,
    (NextToken) =>
      send(new ListBackupSelectionsCommand({ BackupPlanId, MaxResults: 1000, NextToken })),
    ({ NextToken }) => NextToken,
  );
  for await (const { BackupSelectionsList } of lists) {
    const list = needed(BackupSelectionsList, operation, 'BackupSelectionsList');
    found.push(...list.map(({ SelectionName = '' }) => SelectionName));
  }
  return found;
}
