import type { Pitfall } from './pitfall';

export const clientSide: Pitfall = {
  id: 'client-side',
  title: 'Trust in the client alone',
  what: 'Clients encrypt before they send, and the server side is taken to be safe by that. A client that forgets it, or one that was changed, then stores in the clear, and nobody refuses it.',
  checks: [
    's3-kms-by-default',
    's3-tls-only',
    's3-not-public',
    'ebs-encrypted-by-default',
    'databases-encrypted',
    'policy-not-public',
    'policy-no-wildcard',
    'mutual-tls',
  ],
  measures: [
    {
      text: 'Let the server side enforce: default encryption, and bucket policies that refuse requests without TLS.',
      link: { to: '/readiness?group=at-rest', label: 'Checks of data at rest' },
    },
    {
      text: 'Bind the use of a key to an encryption context in its policy, so that a ciphertext opens only as what it is.',
      link: { to: '/keys', label: 'Keys' },
    },
    {
      text: 'Write down which side is trusted with what, and verify signatures on the server.',
    },
  ],
};
