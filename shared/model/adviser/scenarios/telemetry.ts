import type { Scenario } from '../scenario';

export const telemetry: Scenario = {
  id: 'telemetry',
  scenario: 'Real-time telemetry',
  approach: 'TLS in transit + anonymization at rest',
  why: 'Balances performance & privacy',
  avoid: 'Full payload encryption on high-fps streams',
  means:
    'The stream is protected on the way by TLS, and before it is kept, whatever points to a person is dropped or replaced. Where it is kept, the storage is encrypted with a key of KMS; no single measurement asks KMS.',
  notFor: [
    'Measurements that are sensitive in themselves, such as health or exact places: dropping the name does not make them harmless. Encrypt them in batches under a cached data key.',
    'Few persons or rare events: who it was can be worked out from time and place.',
    'Single records that must be proved or deleted for one person later: what was made anonymous cannot be found again.',
  ],
  alternatives: [
    {
      approach: 'Batches under a cached data key',
      gain: 'The whole payload is encrypted at the cost of a request to KMS in minutes.',
      price: 'One data key that leaks opens all its batches; reading one record opens a batch.',
    },
    {
      approach: 'Pseudonyms with a keyed hash (HMAC key of KMS)',
      gain: 'The records of one person still belong together.',
      price: 'It is personal data as long as the key exists; each new name is a request to KMS.',
    },
    {
      approach: 'Encryption of the stream’s storage alone (SSE-KMS of Kinesis, MSK, S3)',
      gain: 'One switch, no change of programs.',
      price: 'Every consumer reads persons in the clear.',
    },
  ],
  how: {
    steps: [
      {
        text: 'Scan the endpoints that take the stream: TLS 1.3 costs one round trip less for each connection.',
        link: { to: '/tls', label: 'TLS scans' },
      },
      {
        text: 'Decide which fields point to persons, and have it attested.',
        link: { to: '/readiness?check=data-classified', label: 'Attest it' },
      },
      {
        text: 'Look at what the log groups keep, and under which key.',
        link: { to: '/readiness?check=log-groups-own-key', label: 'Log groups' },
      },
      {
        text: 'Measure what encryption for each record would cost.',
        link: { to: '/envelopes?view=measure', label: 'Measure' },
      },
    ],
    console:
      'Kinesis > the stream > Configuration > Encryption: your key. Firehose > Transform records: a function that drops or replaces the fields before they are stored.',
    cli: 'aws kinesis start-stream-encryption --stream-name STREAM --encryption-type KMS --key-id KEY_ARN',
    terraform: `resource "aws_kinesis_stream" "telemetry" {
  name            = "telemetry"
  encryption_type = "KMS"
  kms_key_id      = aws_kms_key.telemetry.arn
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}`,
  },
  kms: {
    callsPerUse: 1,
    counted: 'Records a second, if each were encrypted',
    things: 'records',
  },
  numbers: {
    perSecond: 5000,
    keys: 1,
    regions: 1,
    region: 'us-east-1',
    gigabytes: 500,
    kilobytesEach: 1,
    cacheUses: 10_000,
    cacheSeconds: 300,
  },
  facts: ['endpoints', 'log-groups', 'buckets', 'keys'],
  checks: [
    'tls-1-3',
    'tls-no-fallback',
    'endpoints-scanned',
    'data-classified',
    'log-groups-own-key',
    's3-kms-by-default',
    's3-bucket-key',
    's3-not-public',
    'alarm-throttling',
  ],
};
