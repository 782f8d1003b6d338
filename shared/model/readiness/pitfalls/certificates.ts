import type { Pitfall } from './pitfall';

export const certificates: Pitfall = {
  id: 'certificates',
  title: 'Certificates without a life cycle',
  what: 'A certificate ends on a Sunday, or a self-signed one from a trial is in production, because renewal is somebody’s memory. Clients then fail, or have learnt to look away.',
  checks: [
    'certificates-last-7',
    'certificates-last-14',
    'certificates-last-30',
    'acm-certificates-last',
    'iam-certificates-last',
    'rds-certificates-last',
    'certificates-not-self-signed',
    'certificates-trusted',
    'certificates-complete',
    'certificates-for-host',
    'certificates-not-revoked',
    'certificates-short-lived',
  ],
  measures: [
    {
      text: 'Let ACM or cert-manager renew, and look at what is left at 30, 14 and 7 days.',
      link: { to: '/tls', label: 'TLS scans' },
    },
    {
      text: 'Make requests for certificates by a program, with a key that KMS holds where it can.',
    },
    { text: 'Keep self-signed certificates to development that nobody else can reach.' },
  ],
};
