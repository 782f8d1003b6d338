import {
  BackupClient,
  GetBackupPlanCommand,
  ListBackupPlansCommand,
  ListBackupSelectionsCommand,
  ListBackupVaultsCommand,
  ListProtectedResourcesCommand,
  ListRecoveryPointsByBackupVaultCommand,
} from '@aws-sdk/client-backup';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPractice, type Practice } from '../../../electron/practice/index';

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice({ seed: 'company' });
});
afterAll(() => practice.close());

function open(region = 'eu-central-1'): BackupClient {
  const { endpoint, accessKeyId, secretAccessKey } = practice;
  const credentials = { accessKeyId, secretAccessKey };
  return new BackupClient({ endpoint, region, credentials, maxAttempts: 1 });
}

describe('AWS Backup', () => {
  it('tells of vaults and plans as AWS does, selections page by page', async () => {
    const backup = open();
    const { BackupVaultList } = await backup.send(new ListBackupVaultsCommand({}));
    expect(BackupVaultList).toMatchObject([
      {
        BackupVaultName: 'company-backups',
        BackupVaultArn: 'arn:aws:backup:eu-central-1:111122223333:backup-vault:company-backups',
        VaultType: 'BACKUP_VAULT',
        Locked: true,
        MinRetentionDays: 35,
        LockDate: expect.any(Date) as Date,
        CreationDate: expect.any(Date) as Date,
      },
    ]);
    const { BackupPlansList = [], NextToken: end } = await backup.send(
      new ListBackupPlansCommand({}),
    );
    expect(end).toBeUndefined();
    const { BackupPlanId = '', BackupPlanArn = '' } = BackupPlansList[0] ?? {};
    expect(BackupPlanArn).toBe(
      `arn:aws:backup:eu-central-1:111122223333:backup-plan:${BackupPlanId}`,
    );
    const { BackupPlan, ...plan } = await backup.send(new GetBackupPlanCommand({ BackupPlanId }));
    expect(plan).toMatchObject({ BackupPlanId, BackupPlanArn });
    const copy = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:company-backup-copies';
    expect(BackupPlan).toMatchObject({
      BackupPlanName: 'company-databases',
      Rules: [
        { RuleName: 'hourly', TargetBackupVaultName: 'company-backups', CopyActions: [] },
        { RuleName: 'daily', CopyActions: [{ DestinationBackupVaultArn: copy }] },
      ],
    });
    const first = await backup.send(
      new ListBackupSelectionsCommand({ BackupPlanId, MaxResults: 1 }),
    );
    expect(first.BackupSelectionsList).toMatchObject([{ SelectionName: 'databases' }]);
    const { NextToken = '' } = first;
    const rest = await backup.send(new ListBackupSelectionsCommand({ BackupPlanId, NextToken }));
    expect(rest.BackupSelectionsList).toMatchObject([{ SelectionName: 'volumes' }]);
    expect(rest.NextToken).toBeUndefined();
    backup.destroy();
  });

  it('lists recovery points by vault, also those after a time alone, and what is protected', async () => {
    const backup = open();
    const { Results = [] } = await backup.send(new ListProtectedResourcesCommand({}));
    expect(Results).toHaveLength(4);
    const [{ ResourceArn, LastRecoveryPointArn } = {}] = Results;
    const BackupVaultName = 'company-backups';
    const { BackupVaultList = [] } = await backup.send(new ListBackupVaultsCommand({}));
    let count = 0;
    let NextToken: string | undefined;
    do {
      const page = await backup.send(
        new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName, NextToken }),
      );
      count += page.RecoveryPoints?.length ?? 0;
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    expect(count).toBe(BackupVaultList[0]?.NumberOfRecoveryPoints);
    const now = practice.now ? await practice.now() : new Date();
    const ByCreatedAfter = new Date(now.getTime() - 3 * 3_600_000);
    const { RecoveryPoints = [] } = await backup.send(
      new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName, ByCreatedAfter }),
    );
    expect(RecoveryPoints.length).toBeGreaterThanOrEqual(12);
    expect(RecoveryPoints.length).toBeLessThan(30);
    const newest = RecoveryPoints.find(
      ({ RecoveryPointArn }) => RecoveryPointArn === LastRecoveryPointArn,
    );
    expect(newest).toMatchObject({ ResourceArn, Status: 'COMPLETED', IsEncrypted: true });
    const nowhere = new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName: 'nowhere' });
    await expect(backup.send(nowhere)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    backup.destroy();
  });

  it('names what is wrong as AWS does', async () => {
    const backup = open();
    const wrong = { name: 'InvalidParameterValueException', $metadata: { httpStatusCode: 400 } };
    await expect(backup.send(new ListBackupVaultsCommand({ MaxResults: 0 }))).rejects.toMatchObject(
      wrong,
    );
    await expect(
      backup.send(new ListBackupPlansCommand({ NextToken: 'nonsense' })),
    ).rejects.toMatchObject(wrong);
    for (const BackupPlanId of ['none', 'aws/efs/none', '%zz']) {
      for (const command of [
        new GetBackupPlanCommand({ BackupPlanId }),
        new ListBackupSelectionsCommand({ BackupPlanId }),
      ]) {
        await expect(backup.send(command)).rejects.toMatchObject({
          name: 'ResourceNotFoundException',
          $metadata: { httpStatusCode: 400 },
        });
      }
    }
    backup.destroy();
  });

  it('has nothing in a Region that the company does not use', async () => {
    const backup = open('ap-southeast-2');
    const { BackupVaultList } = await backup.send(new ListBackupVaultsCommand({}));
    const { BackupPlansList } = await backup.send(new ListBackupPlansCommand({}));
    expect([BackupVaultList, BackupPlansList]).toEqual([[], []]);
    backup.destroy();
  });
});
