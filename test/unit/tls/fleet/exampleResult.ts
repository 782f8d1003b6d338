import { scanResultSchema, type ScanResult } from '../../../../shared/model/tls/result';
import { scanParts, tlsVersions } from '../../../../shared/model/tls/scan';

const pass = { value: 'pass', reason: 'As it should be.' } as const;

/** A whole result of a server with TLS 1.2 alone, some of it good, some bad, some unknown. */
export function exampleResult(changes: Partial<ScanResult> = {}): ScanResult {
  return scanResultSchema.parse({
    endpoint: { host: 'www.example.com', port: 443, address: '192.0.2.7', sni: 'www.example.com' },
    startedAt: '2026-11-24T12:00:00.000Z',
    parts: [...scanParts],
    reachable: true,
    protocols: tlsVersions.map((version) => ({
      version,
      offered: version === 'TLS1.2' ? 'yes' : version === 'SSLv2' ? 'unknown' : 'no',
      ...(version === 'SSLv2' && { why: 'no answer in time' }),
      suites:
        version === 'TLS1.2'
          ? [{ id: '0xC02F', name: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', group: 'X25519' }]
          : [],
      suitesComplete: true,
      preference: 'server',
    })),
    groups: [{ id: '0x001D', name: 'X25519', versions: ['TLS1.2'] }],
    groupsComplete: true,
    signatureAlgorithms: [],
    dhParameters: [],
    certificates: [exampleChain],
    vulnerabilities: [
      { id: 'robot', verdict: 'vulnerable', why: 'It tells bad padding from good.' },
      { id: 'lucky13', verdict: 'potential', why: 'CBC suites are offered.' },
      { id: 'heartbleed', verdict: 'unknown', why: 'The connection was reset.' },
      { id: 'freak', verdict: 'not-vulnerable', why: 'No export suites.' },
    ],
    notes: [],
    stats: { connections: 17, bytesIn: 20_000, bytesOut: 4000, ms: 512.5 },
    grade: {
      letter: 'F',
      score: 88,
      parts: { protocol: 100, keyExchange: 90, cipherStrength: 80 },
      caps: [{ rule: 'robot', letter: 'F', why: 'ROBOT.' }],
      warnings: [{ rule: 'no-tls13', letter: 'A-', why: 'TLS 1.3 is not offered.' }],
      missing: [],
    },
    profiles: [
      {
        id: 'mozilla-5.8/intermediate',
        name: 'Mozilla intermediate',
        verdict: { value: 'fail', reason: 'TLS 1.3 is missing.' },
        differences: [{ about: 'versions', kind: 'add', what: 'TLS1.3' }],
      },
    ],
    elbPolicy: { equal: [], nearest: 'ELBSecurityPolicy-TLS-1-2-2017-01', toSatisfy: [] },
    postQuantum: { value: 'fail', reason: 'No post-quantum group.' },
    guide: [{ id: 'tls13', name: 'TLS 1.3', verdict: { value: 'fail', reason: 'Not offered.' } }],
    ownPolicy: [],
    ...changes,
  });
}

const exampleChain = {
  sni: ['with'],
  versions: ['TLS1.2'],
  chain: [
    {
      subject: 'CN=www.example.com',
      issuer: 'CN=Example CA',
      serial: '0A',
      subjectAltNames: ['www.example.com'],
      notBefore: '2026-09-01T00:00:00.000Z',
      notAfter: '2026-12-01T00:00:00.000Z',
      sha256: 'AB'.repeat(32),
      sha1: 'AB'.repeat(20),
      spkiSha256: 'CD'.repeat(32),
      key: { type: 'RSA', bits: 2048 },
      signatureAlgorithm: 'sha256WithRSAEncryption',
      signatureHash: 'SHA256',
      selfSigned: false,
      isCa: false,
      keyUsage: [],
      extendedKeyUsage: [],
      mustStaple: false,
      scts: 2,
      ocspUrls: [],
      crlUrls: [],
      issuerUrls: [],
      pem: '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n',
    },
  ],
  ordered: 'yes',
  complete: 'yes',
  daysLeft: 6.5,
  validity: { value: 'fail', reason: 'It ends in 6 days: less than 7.' },
  hostname: pass,
  trust: [{ store: 'mozilla', verdict: { value: 'cannot-tell', reason: 'No roots.' } }],
  revocation: { value: 'not-applicable', reason: 'Not asked.' },
  staple: { value: 'no' },
  scts: { certificate: 2, tls: 0, ocsp: 0 },
};
