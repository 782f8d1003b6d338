import type { Pitfall } from './pitfall';

export const tls: Pitfall = {
  id: 'tls',
  title: 'TLS versions and suites',
  what: 'An endpoint still speaks TLS 1.0 or 1.1, or suites without authenticated encryption, for the sake of old clients or because that was the load balancer’s default. Whoever is on the path can choose the weakest of what is offered.',
  checks: [
    'endpoints-scanned',
    'tls-no-fallback',
    'tls-1-3',
    'tls-aead',
    'tls-forward-secrecy',
    'tls-no-holes',
    'tls-strong-dh',
    'tls-grade',
    'tls-declared-policy',
    'tls-own-policy',
    'https-redirect',
    'hsts',
    's3-tls-only',
  ],
  measures: [
    {
      text: 'Take a policy of TLS 1.2 and above, best 1.3, at the edge, and scan every endpoint again.',
      link: { to: '/tls', label: 'TLS scans' },
    },
    {
      text: 'Switch off everything below it: what is not offered cannot be fallen back to.',
    },
    {
      text: 'Scan on a schedule, so that a change of a load balancer shows within the day.',
      link: { to: '/tls', label: 'TLS scans' },
    },
  ],
};
