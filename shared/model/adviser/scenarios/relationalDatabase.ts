import type { Scenario } from '../scenario';

export const relationalDatabase: Scenario = {
  id: 'relational-database',
  scenario: 'Relational database',
  approach: 'TDE + application-level column encryption',
  why: 'TDE covers storage; app-layer protects sensitive columns',
  avoid: 'Relying solely on TDE for compliance-critical fields',
  means:
    'The database encrypts its storage, backups and replicas with a key of KMS (on RDS: storage encryption). The columns that must not be read by who can query the database are encrypted by the program before they are written, with data keys of another key.',
  notFor: [
    'Columns that are searched, sorted or joined on: an encrypted one can at best be compared for equality, and that tells which rows are alike.',
    'No column is more sensitive than the others: storage encryption alone is simpler, and enough against a stolen disk or snapshot.',
  ],
  alternatives: [
    {
      approach: 'Storage encryption alone',
      gain: 'One switch when the database is made; queries stay as they are.',
      price: 'Whoever can query reads everything: a stolen password is enough.',
    },
    {
      approach: 'Tokens in place of values',
      gain: 'The sensitive value is not in the database at all.',
      price: 'The vault of tokens is a second database that must be there for each use.',
    },
    {
      approach: 'DynamoDB with the AWS Database Encryption SDK',
      gain: 'Fields are encrypted and items signed, with indexes on chosen ones.',
      price: 'No SQL; searching is bound to what was planned.',
    },
  ],
  how: {
    steps: [
      {
        text: 'See which databases have encrypted storage, and under which key: it can be chosen only when they are made.',
        link: { to: '/readiness?check=databases-encrypted', label: 'Databases' },
      },
      {
        text: 'Take a second key for the columns, with the program as its only user.',
        link: { to: '/keys', label: 'Keys' },
      },
      {
        text: 'Measure what a data key for each row would cost beside a cached one.',
        link: { to: '/envelopes?view=measure', label: 'Measure' },
      },
    ],
    console:
      'RDS > Create database > Additional configuration > Enable encryption, and your key. An existing plain database: copy its snapshot with a key, and restore from the copy.',
    cli: 'aws rds create-db-instance --db-instance-identifier NAME --engine postgres --db-instance-class CLASS --allocated-storage GIB --storage-encrypted --kms-key-id KEY_ARN --manage-master-user-password --master-username ADMIN',
    terraform: `resource "aws_db_instance" "main" {
  storage_encrypted = true
  kms_key_id        = aws_kms_key.database.arn
  # engine, size and network as before
}

resource "aws_kms_key" "columns" {
  description             = "Data keys of sensitive columns"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}`,
  },
  kms: {
    callsPerUse: 1,
    counted: 'Rows with encrypted columns a second',
    things: 'rows',
  },
  numbers: {
    perSecond: 200,
    keys: 2,
    regions: 1,
    region: 'us-east-1',
    gigabytes: 500,
    kilobytesEach: 2,
    cacheUses: 1000,
    cacheSeconds: 300,
  },
  facts: ['keys', 'databases', 'log', 'drills'],
  checks: [
    'databases-encrypted',
    'data-under-own-keys',
    'data-keys-usable',
    'databases-backed-up',
    'rds-certificates-last',
    'policy-separation',
    'rotation-on',
    'secrets-rotate',
    'secrets-own-key',
    'tables-own-key',
    'data-classified',
  ],
};
