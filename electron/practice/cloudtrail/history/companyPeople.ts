import { agents, role, through, user } from './people';
import type { HistoryPlan, PlannedKey } from './plan';

const { java, node, python, cli } = agents;

/** Who calls at the company: its users and roles. */
export const people = {
  payments: role('payments-app', '10.20.4.17', java),
  portal: role('customer-portal', '10.20.6.42', node),
  ledger: role('ledger-batch', '10.20.9.8', java),
  backup: role('backup-service', '10.20.1.5', python),
  backupVault: through(role('backup-service', '10.20.1.5', python), 'backup.amazonaws.com'),
  pipeline: role('data-pipeline', '10.20.12.33', python),
  pipelineS3: through(role('data-pipeline', '10.20.12.33', python), 's3.amazonaws.com'),
  vault: role('card-vault', '10.20.4.90', java),
  webhooks: role('webhook-dispatcher', '10.20.6.77', node),
  tokens: role('token-service', '10.20.6.12', node),
  releases: role('release-pipeline', '10.20.15.2', python, 'build'),
  checkout: role('checkout-api', '10.40.2.19', node),
  oldPortal: role('legacy-portal', '10.20.6.200', java),
  crmSync: role('crm-sync', '10.20.12.61', python),
  posture: role('security-audit', '10.20.0.9', python, 'daily-check'),
  scaling: through(
    {
      ...role('AWSServiceRoleForAutoScaling', '10.20.0.1', java, 'AutoScaling'),
      path: '/aws-service-role/autoscaling.amazonaws.com/',
    },
    'autoscaling.amazonaws.com',
  ),
  auditor: user('bruno-auditor', '198.51.100.41', cli),
  admin: user('alice-admin', '198.51.100.24', cli, true),
};

/** The keys of a Region by the end of their alias. */
export function keysNamed(plan: HistoryPlan, region: string, alias: string): PlannedKey[] {
  return plan.keys.filter(
    (key) => key.region === region && key.aliases.some((name) => name.endsWith(`/${alias}`)),
  );
}
