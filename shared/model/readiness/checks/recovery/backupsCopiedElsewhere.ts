import type { Verdict } from '../../../verdict';
import type { PlanRule } from '../../posture/backups';
import { postureCheck } from '../at-rest/postureCheck';
import { listItems, regionItems, told } from '../at-rest/postureItems';

export const backupsCopiedElsewhere = postureCheck({
  id: 'backups-copied-elsewhere',
  group: 'recovery',
  topics: ['recovery'],
  question: 'Does every backup plan copy to another account or Region?',
  why: 'Backups beside what they back up are lost with it: with the Region, or to whoever has taken over the account.',
  remedy: {
    console: 'AWS Backup > Backup plans > the plan > the rule > Edit > Copy to destination.',
    cli: 'aws backup get-backup-plan --backup-plan-id PLAN --query BackupPlan > plan.json\n# plan.json: add CopyActions to a rule\naws backup update-backup-plan --backup-plan-id PLAN --backup-plan file://plan.json',
    terraform: 'resource "aws_backup_plan": rule { copy_action { destination_vault_arn } }',
  },
  severity: 'high',
  effort: 'hours',
  permissions: ['backup:ListBackupPlans', 'backup:GetBackupPlan', 'backup:ListBackupSelections'],
  judge: (posture) =>
    regionItems(posture, ({ backups: { plans } }, where) =>
      listItems(plans, 'backup plan', where, ({ arn, name, rules, selections }) => ({
        id: arn,
        name,
        rests: [rules, selections],
        verdict: told(selections, (selected) =>
          selected.length === 0
            ? {
                value: 'not-applicable',
                reason: 'No resources are assigned to it: it backs up nothing.',
              }
            : told(rules, (all) => copied(arn, all)),
        ),
      })),
    ),
});

/** Every rule of a plan backs up the same resources: one that copies elsewhere is enough. */
function copied(plan: string, rules: readonly PlanRule[]): Verdict {
  const home = placeOf(plan);
  const copies = rules.flatMap((rule) => rule.copies);
  const elsewhere = copies.find((arn) => {
    const place = placeOf(arn);
    return home !== undefined && place !== undefined && place !== home;
  });
  if (elsewhere !== undefined) {
    return { value: 'pass', reason: `Copied to ${elsewhere}; whether copies arrive is not asked.` };
  }
  if (home === undefined || copies.some((arn) => placeOf(arn) === undefined)) {
    return { value: 'cannot-tell', reason: 'Where it copies to is not said in a known form.' };
  }
  return {
    value: 'fail',
    reason:
      copies.length === 0
        ? 'No rule of it copies anything.'
        : 'It copies within its own account and Region only.',
    remedy: 'Add a copy to a vault in another account or Region.',
  };
}

/** Region and account of an ARN of AWS Backup. */
function placeOf(arn: string): string | undefined {
  const [, region, account] = /^arn:[^:]+:backup:([^:]+):(\d{12}):/.exec(arn) ?? [];
  return region === undefined ? undefined : `${region} ${account ?? ''}`;
}
