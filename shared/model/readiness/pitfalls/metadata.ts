import type { Pitfall } from './pitfall';

export const metadata: Pitfall = {
  id: 'metadata',
  title: 'Leaking metadata',
  what: 'The content is encrypted, but names of files, times, addresses and encryption contexts are not, and tell much of it. It happens because encryption is planned for content, and logs and names are nobody’s plan.',
  checks: ['log-groups-own-key', 'log-encryption', 's3-not-public', 'data-classified'],
  measures: [
    {
      text: 'Put ids and kinds into encryption contexts, never names, e-mail addresses or secrets: CloudTrail writes every context in clear text.',
      link: { to: '/events', label: 'Events' },
    },
    {
      text: 'Encrypt folders as one archive with hidden names where names tell something.',
      link: { to: '/envelopes', label: 'Envelopes' },
    },
    {
      text: 'Encrypt log groups with a key of your own, keep them for a limited time, and log no more than is read.',
    },
    { text: 'Answer with no more data than was asked for, in sizes that say little.' },
  ],
};
