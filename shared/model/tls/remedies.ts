import type { VulnerabilityId } from './scan';

export interface Snippet {
  readonly for: 'nginx' | 'ALB' | 'CloudFront';
  readonly text: string;
}
export interface Remedy {
  readonly why: string;
  readonly what: string;
  readonly snippets: readonly Snippet[];
}

/** Why a finding matters, what to do, and how that is written for nginx, a load balancer and CloudFront. */
export function remedyOf(id: VulnerabilityId): Remedy {
  const [why, what, cure] = remedies[id];
  return { why, what, snippets: cures[cure] };
}

type Cure = 'modern' | 'update' | 'compression' | 'renegotiation' | 'none';

/** A policy without TLS 1.0, TLS 1.1 and CBC suites, in all three. */
const modern: readonly Snippet[] = [
  {
    for: 'nginx',
    text: [
      'ssl_protocols TLSv1.2 TLSv1.3;',
      'ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384;',
    ].join('\n'),
  },
  {
    for: 'ALB',
    text: 'aws elbv2 modify-listener --listener-arn LISTENER_ARN --ssl-policy ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
  },
  {
    for: 'CloudFront',
    text: '"ViewerCertificate": { "MinimumProtocolVersion": "TLSv1.2_2021", "SSLSupportMethod": "sni-only" }',
  },
];

const cures: Readonly<Record<Cure, readonly Snippet[]>> = {
  modern,
  update: [],
  none: [],
  compression: [
    { for: 'nginx', text: 'gzip off;' },
    { for: 'CloudFront', text: '"Compress": false' },
  ],
  renegotiation: modern.filter((snippet) => snippet.for === 'ALB'),
};

/** What to do where no HSTS header is sent (RFC 6797). */
export const hstsRemedy: Remedy = {
  why: 'Without HSTS a browser’s first step can be kept on plain HTTP by who is on the way.',
  what: 'Send the header with every answer over https. Begin with a short time, and lengthen it when nothing breaks.',
  snippets: [
    { for: 'nginx', text: 'add_header Strict-Transport-Security "max-age=63072000" always;' },
    {
      for: 'ALB',
      text: 'aws elbv2 modify-listener-attributes --listener-arn LISTENER_ARN --attributes Key=routing.http.response.strict_transport_security.header_value,Value="max-age=63072000"',
    },
    {
      for: 'CloudFront',
      text: '"StrictTransportSecurity": { "AccessControlMaxAgeSec": 63072000, "Override": true }',
    },
  ],
};

const remedies: Readonly<
  Record<VulnerabilityId, readonly [why: string, what: string, cure: Cure]>
> = {
  heartbleed: [
    'Anyone can read the server’s memory: passwords, sessions, and the private key.',
    'Update OpenSSL, then replace the certificate and its key, and have the old certificate revoked.',
    'update',
  ],
  'ccs-injection': [
    'An attacker on the way can make both sides use keys that he knows.',
    'Update OpenSSL to 1.0.1h or newer.',
    'update',
  ],
  ticketbleed: [
    'Pieces of the load balancer’s memory go out with every resumed session.',
    'Update the F5 device, or switch session tickets off on it.',
    'update',
  ],
  robot: [
    'With many questions an attacker can decrypt recorded sessions, or sign with the server’s key.',
    'Update the TLS library or device, and switch suites with RSA key exchange off.',
    'modern',
  ],
  'insecure-renegotiation': [
    'An attacker can put his own request in front of a client’s.',
    'Update the server to one that has RFC 5746.',
    'renegotiation',
  ],
  'client-renegotiation': [
    'One client can keep the server busy: a handshake costs the server far more than the client.',
    'Refuse renegotiation by clients, or offer TLS 1.3 only, which has none.',
    'none',
  ],
  crime: [
    'The length of compressed requests gives away cookies.',
    'Switch TLS compression off; no browser has it any more.',
    'update',
  ],
  breach: [
    'The length of compressed pages can give away secrets in them, where a request is mirrored on the page.',
    'Do not compress pages that hold secrets and mirror input, or change such secrets with each page.',
    'compression',
  ],
  'poodle-ssl': [
    'SSL 3 does not check the padding: an attacker on the way can read cookies byte by byte.',
    'Switch SSL 3 off.',
    'modern',
  ],
  'poodle-tls': [
    'The server does not check the padding of TLS: cookies can be read byte by byte.',
    'Update the TLS library or device, and switch CBC suites off.',
    'modern',
  ],
  'fallback-scsv': [
    'An attacker can push clients down to the oldest version that both sides have.',
    'Switch everything below TLS 1.2 off: then there is nothing to fall back to.',
    'modern',
  ],
  sweet32: [
    'After some gigabytes in one connection, ciphers with 64-bit blocks begin to give away contents.',
    'Switch 3DES and everything older off.',
    'modern',
  ],
  freak: [
    'An attacker can make clients take an RSA key of 512 bits, which is broken within hours.',
    'Switch export suites off.',
    'modern',
  ],
  logjam: [
    'Short Diffie-Hellman primes can be broken, and then every session with them be read.',
    'Switch export suites off; use ECDHE, or a prime of 2048 bits or more.',
    'modern',
  ],
  drown: [
    'SSL 2 lets an attacker decrypt TLS sessions of every server with the same RSA key.',
    'Switch SSL 2 off everywhere that the key is used, and replace the key.',
    'modern',
  ],
  beast: [
    'In TLS 1.0 and SSL 3 an attacker on the way can guess cookies. Today’s browsers guard against it.',
    'Switch TLS 1.0 and SSL 3 off.',
    'modern',
  ],
  lucky13: [
    'Tiny differences in time may give away contents of CBC suites.',
    'Switch CBC suites off; keep the TLS library up to date.',
    'modern',
  ],
  rc4: [
    'RC4’s output is not even: what is sent often can be recovered.',
    'Switch RC4 off.',
    'modern',
  ],
  winshock: [
    'A crafted certificate message can run code on an old Windows server.',
    'Install Microsoft’s update MS14-066.',
    'update',
  ],
  grease: [
    'The server breaks off on values that it does not know: new clients may not reach it.',
    'Update the server or the device before it.',
    'update',
  ],
};
