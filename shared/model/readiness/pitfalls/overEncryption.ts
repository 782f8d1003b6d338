import type { Pitfall } from './pitfall';

export const overEncryption: Pitfall = {
  id: 'over-encryption',
  title: 'Over-encryption',
  what: 'Every record of a fast stream or of a cache is encrypted with a call of its own, because one rule was made for all data. Latency, cost and the shared quota of KMS pay for it, until KMS throttles what really needs it.',
  checks: ['data-classified', 's3-bucket-key', 'alarm-throttling'],
  measures: [
    {
      text: 'Measure what a record costs with a call each, with a data key each and with a cached data key.',
      link: { to: '/envelopes?view=measure', label: 'Measure' },
    },
    {
      text: 'Decide which data must be encrypted, with whose keys, and have it attested.',
      link: { to: '/readiness?check=data-classified', label: 'Attest it' },
    },
    {
      text: 'Use bucket keys in S3, and data keys for more than one record where the rules allow it.',
    },
  ],
};
