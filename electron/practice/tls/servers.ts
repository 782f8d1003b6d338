/** How a practice TLS server can be set up; each shows one thing. */
export const configurations = [
  'modern',
  'intermediate',
  'two-certificates',
  'old',
  'expired',
  'expires-soon',
  'wrong-host',
  'self-signed',
  'missing-intermediate',
  'client-certificate',
  'frightful',
] as const;
export type Configuration = (typeof configurations)[number];

export interface PracticeServerKind {
  /** Also how it is set up until it is switched. */
  readonly id: Configuration;
  readonly name: string;
  readonly shows: string;
  readonly clientCertificate?: boolean;
  readonly elbPolicy?: string;
}

/** The practice account's TLS servers, from modern to frightful; `expires-soon` is only what another can be set up as. */
export const practiceServerKinds: readonly PracticeServerKind[] = [
  { id: 'modern', name: 'Practice: modern', shows: 'TLS 1.3 only, an ECDSA certificate, HSTS.' },
  {
    id: 'intermediate',
    name: 'Practice: as a load balancer',
    shows: 'TLS 1.2 and 1.3 with AES-GCM, as ELBSecurityPolicy-TLS13-1-2-Res-2021-06.',
    elbPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
  },
  {
    id: 'two-certificates',
    name: 'Practice: RSA and ECDSA',
    shows: 'Two certificates: the client’s hello decides.',
  },
  {
    id: 'old',
    name: 'Practice: old versions',
    shows: 'TLS 1.0 to 1.2 with CBC suites and no forward secrecy demanded.',
  },
  { id: 'expired', name: 'Practice: expired', shows: 'A certificate that has ended.' },
  { id: 'wrong-host', name: 'Practice: wrong host', shows: 'A certificate for another name.' },
  {
    id: 'self-signed',
    name: 'Practice: self-signed',
    shows: 'A certificate that nobody vouches for.',
  },
  {
    id: 'missing-intermediate',
    name: 'Practice: incomplete chain',
    shows: 'The certificate without the one above it.',
  },
  {
    id: 'client-certificate',
    name: 'Practice: client certificates',
    shows: 'No handshake without a client certificate (mTLS).',
    clientCertificate: true,
  },
  {
    id: 'frightful',
    name: 'Practice: frightful',
    shows: 'SSL 2, SSL 3, export suites, RC4, DES and a 512-bit prime.',
  },
];

/** The file beside the account's state with the root that the servers' certificates come from. */
export const authorityFile = 'tls-authority.pem';
