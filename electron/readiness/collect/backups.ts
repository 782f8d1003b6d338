import {
  GetBackupPlanCommand,
  ListBackupPlansCommand,
  ListBackupSelectionsCommand,
  ListBackupVaultsCommand,
  type BackupPlansListMember,
  type BackupVaultListMember,
} from '@aws-sdk/client-backup';
import type { Backups, PlanRule, Vault } from '../../../shared/model/readiness/posture/backups';
import { pages } from '../../aws/pages';
import type { Asker, Send } from './ask';
import { eachOf, iso, needed, said } from './parts';

/** Asks AWS Backup for the vaults of one Region and for the plans that fill and copy them. */
export async function collectBackups(asker: Asker, region: string): Promise<Backups> {
  const [vaults, plans] = await Promise.all([
    asker.ask(region, askVaults),
    collectPlans(asker, region),
  ]);
  return { vaults, plans };
}

async function askVaults(send: Send): Promise<Vault[]> {
  const operation = 'backup:ListBackupVaults';
  const found: Vault[] = [];
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

function vaultFacts(vault: BackupVaultListMember): Vault {
  return {
    arn: needed(vault.BackupVaultArn, 'backup:ListBackupVaults', 'BackupVaultArn'),
    name: vault.BackupVaultName ?? '',
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
