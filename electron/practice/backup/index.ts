import { practiceAccountId } from '../account/account';
import { pageOf, type EdgeCall, type EdgeService } from '../edge/service';
import { vaultArn, type PlanRecord, type Stock, type VaultRecord } from '../holdings/holdings';
import { AwsError } from '../protocol/awsError';
import { writeJson } from '../protocol/json';
import type { HttpRequest } from '../sigv4/verify';
import { backupRole, pointJson, pointsIn, protectedIn } from './points';

/**
 * As much of AWS Backup (REST with JSON, API 2018-11-15) as the checklist reads: vaults with their
 * recovery points, what is protected, plans with their selections.
 */
export const backup: EdgeService<Stock> = {
  scope: 'backup',
  source: 'backup.amazonaws.com',
  operations: [
    'backup:ListBackupVaults',
    'backup:ListRecoveryPointsByBackupVault',
    'backup:ListProtectedResources',
    'backup:ListBackupPlans',
    'backup:GetBackupPlan',
    'backup:ListBackupSelections',
  ],
  read,
  refuse: ({ code, message, status }) => ({
    status: code === 'AccessDeniedException' ? 403 : status,
    contentType: 'application/json',
    body: JSON.stringify({ Message: message }),
    errorType: code,
  }),
  throttled: () => new AwsError('ThrottlingException', 'Rate exceeded', 429),
};

/** An operation, the plan or vault that it names, and its answer. */
interface Operation {
  readonly operation: string;
  readonly plan?: string;
  readonly vault?: string;
  readonly run: (stock: Stock, page: Page) => object;
}
type Page = <T>(list: readonly T[]) => { readonly items: readonly T[]; readonly next?: string };

function read({ method, url }: HttpRequest, region: string): EdgeCall<Stock> {
  const { pathname, searchParams } = new URL(url, 'http://backup');
  const found = method === 'GET' ? route(pathname, searchParams) : undefined;
  if (!found) {
    throw new AwsError(
      'UnknownOperationException',
      'The practice account only lists backup vaults, recovery points, protected resources, plans and their selections.',
      404,
    );
  }
  const { operation, run } = found;
  return {
    operation,
    action: `backup:${operation}`,
    ...namedBy(found, region),
    answer: (stock) => ({
      status: 200,
      contentType: 'application/json',
      body: writeJson(run(stock, (list) => page(list, searchParams))),
    }),
  };
}

function namedBy(
  { plan, vault }: Pick<Operation, 'plan' | 'vault'>,
  region: string,
): Pick<EdgeCall, 'resource' | 'parameters'> {
  if (plan !== undefined) {
    const resource = planArn(practiceAccountId, region, plan);
    return { resource, parameters: { backupPlanId: plan } };
  }
  if (vault === undefined) return { resource: '*', parameters: null };
  const resource = vaultArn(practiceAccountId, region, vault);
  return { resource, parameters: { backupVaultName: vault } };
}

function route(pathname: string, query: URLSearchParams): Operation | undefined {
  const [first, second, id, last, ...more] = pathname.split('/').filter((part) => part !== '');
  if (first === 'backup-vaults' && second === undefined) return listVaults;
  if (first === 'backup-vaults' && id === 'recovery-points' && last === undefined) {
    return listPoints(decoded(second ?? ''), query.get('createdAfter'));
  }
  if (first === 'resources' && second === undefined) return listResources;
  if (first !== 'backup' || second !== 'plans' || more.length > 0) return undefined;
  if (id === undefined) return listPlans;
  const plan = decoded(id);
  if (last === undefined) {
    return {
      operation: 'GetBackupPlan',
      plan,
      run: (stock) => planJson(planOf(stock, plan), stock),
    };
  }
  return last === 'selections' ? listSelections(plan) : undefined;
}

const listVaults: Operation = {
  operation: 'ListBackupVaults',
  run(stock, pageIn) {
    const { items, next } = pageIn(stock.vaults);
    return { BackupVaultList: items.map((one) => vaultJson(one, stock)), NextToken: next };
  },
};

function listPoints(vault: string, createdAfter: string | null): Operation {
  return {
    operation: 'ListRecoveryPointsByBackupVault',
    vault,
    run(stock, pageIn) {
      if (!stock.vaults.some(({ name }) => name === vault)) {
        // AWS does not say whether there is one that it does not show.
        throw new AwsError(
          'AccessDeniedException',
          `Insufficient privileges to perform this action.`,
          403,
        );
      }
      const after = createdAfter === null ? -Infinity : Date.parse(createdAfter);
      if (Number.isNaN(after)) {
        throw new AwsError('InvalidParameterValueException', 'createdAfter is no time.');
      }
      const { items, next } = pageIn(pointsIn(stock, vault).filter(({ madeAt }) => madeAt > after));
      return { RecoveryPoints: items.map((one) => pointJson(one, stock)), NextToken: next };
    },
  };
}

const listResources: Operation = {
  operation: 'ListProtectedResources',
  run(stock, pageIn) {
    const all = protectedIn(stock);
    const { items, next } = pageIn(all);
    return { Results: items, NextToken: next };
  },
};

const listPlans: Operation = {
  operation: 'ListBackupPlans',
  run(stock, pageIn) {
    const { items, next } = pageIn(stock.plans);
    return { BackupPlansList: items.map((one) => planFacts(one, stock)), NextToken: next };
  },
};

function listSelections(id: string): Operation {
  return {
    operation: 'ListBackupSelections',
    plan: id,
    run(stock, pageIn) {
      const plan = planOf(stock, id);
      const { items, next } = pageIn(plan.selections);
      const list = items.map((one) => selectionJson(one, plan, stock.accountId));
      return { BackupSelectionsList: list, NextToken: next };
    },
  };
}

/** @throws AwsError for what is no text once it is decoded */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new AwsError('InvalidParameterValueException', 'The name in the path is not valid.');
  }
}

function page<T>(list: readonly T[], query: URLSearchParams) {
  const given = query.get('maxResults');
  const size = given === null ? 1000 : Number(given);
  if (!Number.isInteger(size) || size < 1 || size > 1000) {
    throw new AwsError('InvalidParameterValueException', 'maxResults must be from 1 to 1000.');
  }
  const found = pageOf(list, query.get('nextToken'), size);
  if (found) return found;
  throw new AwsError('InvalidParameterValueException', 'The nextToken is not valid.');
}

function planOf({ plans }: Stock, id: string): PlanRecord {
  const found = plans.find((one) => one.id === id);
  if (found) return found;
  throw new AwsError(
    'ResourceNotFoundException',
    'Failed reading Backup plan with provided version',
  );
}

function planArn(accountId: string, region: string, id: string): string {
  return `arn:aws:backup:${region}:${accountId}:backup-plan:${id}`;
}

function vaultJson(vault: VaultRecord, stock: Stock): object {
  const { accountId, region } = stock;
  const { name, keyArn, lock } = vault;
  return {
    BackupVaultName: name,
    BackupVaultArn: vaultArn(accountId, region, name),
    VaultType: 'BACKUP_VAULT',
    VaultState: 'AVAILABLE',
    CreationDate: new Date(vault.createdAt),
    EncryptionKeyArn: keyArn,
    EncryptionKeyType: 'CUSTOMER_MANAGED_KMS_KEY',
    NumberOfRecoveryPoints: pointsIn(stock, name).length,
    Locked: lock !== undefined,
    MinRetentionDays: lock?.minRetentionDays,
    LockDate: lock?.date === undefined ? undefined : new Date(lock.date),
  };
}

function planFacts(plan: PlanRecord, { accountId, region }: Stock) {
  return {
    BackupPlanArn: planArn(accountId, region, plan.id),
    BackupPlanId: plan.id,
    CreationDate: new Date(plan.createdAt),
    VersionId: plan.version,
    BackupPlanName: plan.name,
    LastExecutionDate: new Date(plan.ranAt),
  };
}

function planJson(plan: PlanRecord, stock: Stock): object {
  const { BackupPlanName, ...facts } = planFacts(plan, stock);
  return {
    ...facts,
    BackupPlan: {
      BackupPlanName,
      Rules: plan.rules.map(({ id, name, vault, schedule, keepDays, copies }) => ({
        RuleName: name,
        TargetBackupVaultName: vault,
        ScheduleExpression: schedule,
        StartWindowMinutes: 480,
        CompletionWindowMinutes: 10_080,
        Lifecycle: { DeleteAfterDays: keepDays },
        RuleId: id,
        CopyActions: copies.map((arn) => ({
          DestinationBackupVaultArn: arn,
          Lifecycle: { DeleteAfterDays: keepDays },
        })),
        EnableContinuousBackup: false,
        ScheduleExpressionTimezone: 'Etc/UTC',
      })),
    },
  };
}

function selectionJson(
  { id, name }: PlanRecord['selections'][number],
  plan: PlanRecord,
  accountId: string,
): object {
  return {
    SelectionId: id,
    SelectionName: name,
    BackupPlanId: plan.id,
    CreationDate: new Date(plan.createdAt),
    IamRoleArn: backupRole(accountId),
  };
}
