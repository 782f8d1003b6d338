import type { EndpointRow, ScanSummary } from '../../../../shared/model/tls/fleet';
import { scanResultSchema, type ScanResult } from '../../../../shared/model/tls/result';
import {
  tlsVersions,
  vulnerabilityIds,
  type Answer,
  type TlsVersion,
} from '../../../../shared/model/tls/scan';

/** The time of every example. */
export const exampleNow = '2026-11-24T12:00:00.000Z';

/** A certificate chain as a server might present it; no real one. */
function chain(days: number): ScanResult['certificates'][number] {
  const notAfter = new Date(Date.parse(exampleNow) + days * 86_400_000).toISOString();
  const certificate = {
    serial: '04A1B2C3D4E5F60718293A4B5C6D7E8F',
    notBefore: '2026-01-01T00:00:00.000Z',
    sha1: '5a'.repeat(20),
    spkiSha256: '7c'.repeat(32),
    signatureAlgorithm: 'sha256WithRSAEncryption',
    signatureHash: 'SHA256',
    selfSigned: false,
    keyUsage: ['digitalSignature'],
    mustStaple: false,
    ocspUrls: ['http://ocsp.example.test'],
    crlUrls: [],
    issuerUrls: [],
    pem: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
  };
  const pass = (reason: string) => ({ value: 'pass' as const, reason });
  return {
    sni: ['with', 'without'],
    versions: ['TLS1.2', 'TLS1.3'],
    chain: [
      {
        ...certificate,
        subject: 'CN=shop.example.test',
        issuer: 'CN=Example Issuing CA 2, O=Example Trust, C=DE',
        subjectAltNames: ['shop.example.test', 'www.shop.example.test'],
        notAfter,
        sha256: 'ab12'.repeat(16),
        key: { type: 'RSA', bits: 2048, exponent: '65537' },
        isCa: false,
        extendedKeyUsage: ['serverAuth'],
        scts: 2,
      },
      {
        ...certificate,
        subject: 'CN=Example Issuing CA 2, O=Example Trust, C=DE',
        issuer: 'CN=Example Root CA, O=Example Trust, C=DE',
        subjectAltNames: [],
        notAfter: '2031-01-01T00:00:00.000Z',
        sha256: 'cd34'.repeat(16),
        key: { type: 'EC', bits: 384, curve: 'P-384' },
        isCa: true,
        extendedKeyUsage: [],
        scts: 0,
      },
    ],
    ordered: 'yes',
    complete: 'yes',
    daysLeft: days,
    validity:
      days > 30
        ? pass(`Valid for ${days} more days.`)
        : { value: 'fail', reason: `Ends in ${days} days.`, remedy: 'Renew it now.' },
    hostname: pass('shop.example.test is among its names.'),
    trust: [
      { store: 'mozilla', verdict: pass('Leads to Example Root CA.') },
      {
        store: 'system',
        verdict: { value: 'cannot-tell', reason: 'The system store could not be read.' },
      },
    ],
    revocation: { value: 'cannot-tell', reason: 'Asking over the network is switched off.' },
    staple: { value: 'no' },
    scts: { certificate: 2, tls: 0, ocsp: 0 },
  };
}

const suites: Readonly<Partial<Record<TlsVersion, ScanResult['protocols'][number]['suites']>>> = {
  'TLS1.3': [
    { id: '0x1301', name: 'TLS_AES_128_GCM_SHA256', group: 'X25519MLKEM768' },
    { id: '0x1302', name: 'TLS_AES_256_GCM_SHA384', group: 'X25519MLKEM768' },
  ],
  'TLS1.2': [
    { id: '0xC02F', name: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', group: 'X25519' },
    { id: '0xC013', name: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', group: 'X25519' },
    { id: '0x009C', name: 'TLS_RSA_WITH_AES_128_GCM_SHA256' },
    { id: '0x0033', name: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA', dhBits: 1024 },
  ],
  'TLS1.0': [
    { id: '0x000A', name: 'TLS_RSA_WITH_3DES_EDE_CBC_SHA' },
    { id: '0x0005', name: 'TLS_RSA_WITH_RC4_128_SHA' },
  ],
};

/** A scan that has a bit of everything: good, bad, unknown, not looked at. */
export function exampleScan(
  changes: Partial<ScanResult> & {
    readonly offered?: readonly TlsVersion[];
    readonly unknown?: readonly TlsVersion[];
    readonly days?: number;
  } = {},
): ScanResult {
  const { offered = ['TLS1.0', 'TLS1.2', 'TLS1.3'], unknown = [], days = 20, ...rest } = changes;
  const yes = { value: 'yes' as const };
  const no = { value: 'no' as const };
  return scanResultSchema.parse({
    endpoint: {
      host: 'shop.example.test',
      port: 443,
      address: '127.0.0.1',
      sni: 'shop.example.test',
    },
    startedAt: exampleNow,
    parts: ['protocols', 'suites', 'groups', 'certificate', 'http', 'vulnerabilities'],
    reachable: true,
    protocols: tlsVersions.map((version) => ({
      version,
      offered: offered.includes(version) ? 'yes' : unknown.includes(version) ? 'unknown' : 'no',
      ...(unknown.includes(version) && { why: 'the connection was reset three times' }),
      ...(!offered.includes(version) &&
        !unknown.includes(version) && { why: 'alert protocol_version (70)' }),
      suites: offered.includes(version) ? (suites[version] ?? []) : [],
      suitesComplete: true,
      preference: 'server',
    })),
    groups: [
      { id: '0x11EC', name: 'X25519MLKEM768', versions: ['TLS1.3'] },
      { id: '0x001D', name: 'X25519', versions: ['TLS1.2', 'TLS1.3'] },
    ],
    groupsComplete: true,
    signatureAlgorithms: [
      { id: '0x0804', name: 'rsa_pss_rsae_sha256', versions: ['TLS1.2', 'TLS1.3'] },
      { id: '0x0201', name: 'rsa_pkcs1_sha1', versions: ['TLS1.2'] },
    ],
    dhParameters: [
      {
        version: 'TLS1.2',
        bits: 1024,
        primeSha256: 'ef56'.repeat(16),
        known: 'RFC 2409 group 2',
        exportGrade: false,
      },
    ],
    features: {
      alpn: { ...yes, protocols: ['h2', 'http/1.1'] },
      sessionTickets: { ...yes, lifetimeSeconds: 7200 },
      sessionIdResumption: no,
      ticketResumption: yes,
      earlyData: no,
      extendedMasterSecret: yes,
      encryptThenMac: no,
      secureRenegotiation: yes,
      clientRenegotiation: { value: 'unknown', why: 'the server closed before it answered' },
      compression: no,
      fallbackScsv: yes,
      ocspStaple: no,
      heartbeat: no,
      clientCertificate: { value: 'none', authorities: [] },
      sni: { value: 'same' },
      greaseTolerance: yes,
    },
    certificates: [chain(days)],
    caa: { value: 'no', records: [] },
    http: {
      spoken: yes,
      status: 200,
      hsts: { ...yes, maxAgeSeconds: 31_536_000, header: 'max-age=31536000' },
      redirect: { ...no, why: 'port 80 refuses connections' },
      banners: [{ name: 'server', value: 'nginx' }],
      compression: no,
    },
    vulnerabilities: vulnerabilityIds.map((id) => ({
      id,
      ...(verdicts[id] ?? { verdict: 'not-vulnerable', why: 'The probe was refused.' }),
    })),
    notes: ['The server closed two connections early; they were repeated.'],
    stats: { connections: 61, bytesIn: 181_243, bytesOut: 18_422, ms: 1240 },
    grade: {
      letter: 'B',
      score: 88,
      parts: { protocol: 95, keyExchange: 80, cipherStrength: 90 },
      caps: [
        { rule: 'tls10', letter: 'B', why: 'TLS 1.0 is offered.' },
        { rule: 'dh-short', letter: 'B', why: 'A Diffie-Hellman prime has only 1024 bits.' },
      ],
      warnings: [{ rule: 'hsts', letter: 'A-', why: 'HSTS is sent without subdomains.' }],
      missing: [],
    },
    profiles: [
      {
        id: 'mozilla-6.0/modern',
        name: 'Modern (6.0)',
        verdict: { value: 'fail', reason: 'It offers TLS 1.2 and below.' },
        differences: [
          { about: 'versions', kind: 'remove', what: 'TLS 1.0' },
          { about: 'versions', kind: 'remove', what: 'TLS 1.2' },
          { about: 'suites', kind: 'add', what: 'TLS_CHACHA20_POLY1305_SHA256' },
        ],
      },
      {
        id: 'mozilla-5.8/old',
        name: 'Old (5.8)',
        verdict: { value: 'pass', reason: 'Everything is as it asks for.' },
        differences: [],
      },
    ],
    elbPolicy: {
      equal: [],
      nearest: 'ELBSecurityPolicy-TLS13-1-0-2021-06',
      toSatisfy: [
        {
          policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
          verdict: { value: 'fail', reason: 'Three suites and one version are too many.' },
          differences: [
            { about: 'versions', kind: 'remove', what: 'TLS 1.0' },
            { about: 'suites', kind: 'remove', what: 'TLS_RSA_WITH_RC4_128_SHA' },
          ],
        },
      ],
    },
    postQuantum: { value: 'pass', reason: 'X25519MLKEM768 is taken.' },
    guide: [
      { id: 'tls13', name: 'TLS 1.3', verdict: { value: 'pass', reason: 'It is offered.' } },
      {
        id: 'aead',
        name: 'AEAD only',
        verdict: { value: 'fail', reason: 'Four suites are without.', remedy: 'Take them out.' },
      },
      {
        id: 'no-fallback',
        name: 'No fallback',
        verdict: { value: 'fail', reason: 'TLS 1.0 is offered.' },
      },
    ],
    ownPolicy: [],
    ...rest,
  });
}

const verdicts: Readonly<
  Partial<Record<(typeof vulnerabilityIds)[number], { verdict: string; why: string }>>
> = {
  sweet32: { verdict: 'vulnerable', why: 'TLS_RSA_WITH_3DES_EDE_CBC_SHA is offered in TLS 1.0.' },
  rc4: { verdict: 'vulnerable', why: 'TLS_RSA_WITH_RC4_128_SHA is offered in TLS 1.0.' },
  lucky13: { verdict: 'potential', why: 'CBC suites are offered.' },
  robot: { verdict: 'unknown', why: 'The server answered after the time limit, three times.' },
  ticketbleed: { verdict: 'not-tested', why: 'This probe is switched off.' },
};

/** A summary of a scan as the list gets it. */
export function exampleSummary(changes: Partial<ScanSummary> = {}): ScanSummary {
  const answers: Readonly<Partial<Record<TlsVersion, Answer>>> = {
    'TLS1.2': 'yes',
    'TLS1.3': 'yes',
  };
  return {
    scan: 1,
    at: exampleNow,
    address: '127.0.0.1',
    reachable: true,
    grade: 'A',
    versions: tlsVersions.map((version) => ({ version, offered: answers[version] ?? 'no' })),
    notAfter: '2027-06-01T00:00:00.000Z',
    daysLeft: 188,
    keyTypes: ['RSA'],
    profile: 'intermediate',
    postQuantum: 'no',
    vulnerable: [],
    unknowns: 0,
    ms: 900,
    ...changes,
  };
}

/** A row of the list; `last` gives its scans, none for an endpoint that was never scanned. */
export function exampleRow(
  host: string,
  last: readonly Partial<ScanSummary>[] = [{}],
  changes: Partial<Omit<EndpointRow, 'last' | 'endpoint'>> & {
    readonly endpoint?: Partial<EndpointRow['endpoint']>;
  } = {},
): EndpointRow {
  const { endpoint, ...rest } = changes;
  return {
    endpoint: {
      id: host,
      name: '',
      host,
      port: 443,
      sni: null,
      owner: '',
      tags: [],
      elbPolicy: null,
      clientCertificate: false,
      source: 'by hand',
      createdAt: exampleNow,
      ...endpoint,
    },
    last: last.map(exampleSummary),
    differences: [],
    addressesDiffer: false,
    ...rest,
  };
}
