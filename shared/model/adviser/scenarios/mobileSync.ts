import type { Scenario } from '../scenario';

export const mobileSync: Scenario = {
  id: 'mobile-sync',
  scenario: 'Mobile client sync',
  approach: 'Client-side AES-GCM + certificate pinning',
  why: 'Protects data before network transit',
  avoid: 'Disabling pinning in production builds',
  means:
    'The device encrypts before it sends, with a key that the user’s device holds, and speaks only to servers whose key it knows beforehand. The server keeps what it cannot read, and still enforces TLS, checks signatures and protects its storage.',
  notFor: [
    'The server has to search, combine or moderate what users store: it cannot read it.',
    'Users must get everything back after losing their only device: that needs a copy of the key somewhere, and somebody who can be asked for it.',
    'You cannot ship an update in time when the server’s key changes: a pin without a second, spare pin locks everybody out.',
  ],
  alternatives: [
    {
      approach: 'TLS and encryption on the server',
      gain: 'Search, recovery and support work as usual.',
      price: 'Whoever takes over the server, or is told to hand it out, reads it.',
    },
    {
      approach: 'Data keys of KMS for each user, handed to the device after sign-in',
      gain: 'A lost device loses nothing; access can be taken away.',
      price: 'The server can obtain the key as well: it is no zero-knowledge design any more.',
    },
  ],
  how: {
    steps: [
      {
        text: 'Scan the endpoints that the devices speak to, as a stranger would.',
        link: { to: '/tls', label: 'TLS scans' },
      },
      {
        text: 'Pin the key of the authority or of the server, with a spare whose certificate is not in use yet. A pin that outlives the certificate is an outage.',
        link: { to: '/readiness?group=certificates', label: 'Certificates' },
      },
      {
        text: 'Draw the line between what the client proves and what the server must check.',
        link: { to: '/readiness/pitfalls/client-side', label: 'Pitfall' },
      },
    ],
    console:
      'Nothing on the device is done in AWS. For data keys after sign-in: Cognito > Identity pools > the authenticated role, with kms:Decrypt on one key and the user’s id as the condition of the encryption context.',
    cli: `aws kms generate-data-key-without-plaintext --key-id KEY_ARN --key-spec AES_256 --encryption-context user=USER_ID`,
    terraform: `data "aws_iam_policy_document" "own_data_key" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.users.arn]
    condition {
      test     = "StringEquals"
      variable = "kms:EncryptionContext:user"
      values   = ["\${cognito-identity.amazonaws.com:sub}"]
    }
  }
}`,
  },
  kms: {
    callsPerUse: 1,
    counted: 'Devices that fetch their data key, a second',
    things: 'users’ vaults',
    noCache:
      'A data key belongs to one user: one that served several would open the data of all of them. Each sign-in is one request.',
  },
  numbers: {
    perSecond: 5,
    keys: 1,
    regions: 1,
    region: 'us-east-1',
    gigabytes: 1000,
    kilobytesEach: 50_000,
    cacheUses: 1,
    cacheSeconds: 1,
  },
  facts: ['endpoints', 'certificates', 'keys', 'log'],
  checks: [
    'tls-no-fallback',
    'tls-1-3',
    'tls-grade',
    'tls-forward-secrecy',
    'hsts',
    'https-redirect',
    'certificates-last-30',
    'certificates-complete',
    'certificates-for-host',
    's3-not-public',
    'alarm-decrypt-failures',
  ],
};
