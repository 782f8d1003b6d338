import type { Scenario } from '../scenario';

export const backupArchives: Scenario = {
  id: 'backup-archives',
  scenario: 'Backup archives',
  approach: 'AES-256-GCM + multi-region KMS replication',
  why: 'Ensures recoverability across failures',
  avoid: 'Single-region keys without escrow',
  means:
    'Each archive is encrypted under a data key of a multi-Region key, whose replica opens it where the first Region is gone. What is lost with the account is not helped by a replica: a copy under a key of another account is.',
  notFor: [
    'Data that may not leave its Region by law: a replica takes the key’s material to another.',
    'Fear of losing the account rather than the Region: replicas of a key live in the same account.',
  ],
  alternatives: [
    {
      approach: 'A copy re-encrypted under a key of a backup account',
      gain: 'It survives the loss of the account and of every key in it.',
      price: 'Each copy is decrypted and encrypted again; two keys and two policies to keep.',
    },
    {
      approach: 'Imported key material with an escrow copy',
      gain: 'The material can be brought back from outside AWS.',
      price:
        'You keep it, for as long as the data: no automatic rotation, and a copy that can be stolen.',
    },
    {
      approach: 'AWS Backup with a vault key',
      gain: 'Copies to other Regions and accounts on a schedule; locked vaults cannot be emptied.',
      price: 'Not everything is supported; for some sources the copy stays under the source’s key.',
    },
  ],
  how: {
    steps: [
      {
        text: 'See which keys are multi-Region, and whether their replicas have the policy of the primary.',
        link: { to: '/readiness?check=replicas-agree', label: 'Replicas' },
      },
      {
        text: 'Seal an archive under primary and replica, and keep a canary of it.',
        link: { to: '/envelopes', label: 'Envelopes' },
      },
      {
        text: 'Rehearse the loss of the Region each quarter, by two persons and the clock.',
        link: { to: '/drills', label: 'Drills' },
      },
    ],
    console:
      'KMS > Create key > Advanced options > Multi-Region key; then the key > Regionality > Create new replica keys. A single-Region key cannot become one: data has to be encrypted anew.',
    cli: `aws kms create-key --multi-region --description "Backup archives"
aws kms replicate-key --key-id KEY_ID --replica-region OTHER_REGION`,
    terraform: `resource "aws_kms_key" "backup" {
  description             = "Backup archives"
  multi_region            = true
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_kms_replica_key" "backup" {
  provider                = aws.other_region
  primary_key_arn         = aws_kms_key.backup.arn
  deletion_window_in_days = 30
}`,
  },
  kms: {
    callsPerUse: 1,
    counted: 'Archives written or opened a second',
    things: 'archives',
    noCache:
      'Each archive has a data key of its own: there are few of them, and one that leaks then opens one archive.',
  },
  numbers: {
    perSecond: 0.01,
    keys: 1,
    regions: 2,
    region: 'us-east-1',
    gigabytes: 10_000,
    kilobytesEach: 1_000_000,
    cacheUses: 1,
    cacheSeconds: 1,
  },
  facts: ['multi-region', 'backups', 'drills', 'keys'],
  checks: [
    'primary-has-replica',
    'replicas-agree',
    'backups-elsewhere',
    'databases-backed-up',
    'ebs-snapshots-encrypted',
    'material-escrow',
    'imported-material-lasts',
    'drill-recent',
    'drill-passed',
    'drill-signed',
    'recovery-documented',
    'keys-not-pending-deletion',
    'deletion-window',
    'alarm-key-deletion',
  ],
};
