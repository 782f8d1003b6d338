import type { Observation } from '../../../../shared/model/tls/result';
import {
  scanParts,
  tlsVersions,
  vulnerabilityIds,
  type OfferedSuite,
  type TlsVersion,
} from '../../../../shared/model/tls/scan';
import { suiteName } from '../../../../shared/model/tls/registry';

/** An observation in which all is known and nothing is wrong; a test changes what it is about. */
export function goodScan(changes: Partial<Observation> = {}): Observation {
  const pass = { value: 'pass', reason: 'In order.' } as const;
  return {
    endpoint: {
      host: 'shop.example.test',
      port: 443,
      address: '192.0.2.7',
      sni: 'shop.example.test',
    },
    startedAt: '2026-11-24T12:00:00.000Z',
    parts: [...scanParts],
    reachable: true,
    protocols: protocols({ 'TLS1.2': [0xc02b, 0xc02c], 'TLS1.3': [0x1301, 0x1302, 0x1303] }),
    groups: [{ id: '0x001D', name: 'X25519', versions: ['TLS1.2', 'TLS1.3'] }],
    groupsComplete: true,
    signatureAlgorithms: [],
    dhParameters: [],
    certificates: [
      {
        sni: ['with', 'without'],
        versions: ['TLS1.2', 'TLS1.3'],
        chain: [
          {
            subject: 'CN=shop.example.test',
            issuer: 'CN=Example Issuing',
            serial: '01',
            subjectAltNames: ['shop.example.test'],
            notBefore: '2026-11-01T00:00:00.000Z',
            notAfter: '2027-01-29T00:00:00.000Z',
            sha256: 'aa',
            sha1: 'bb',
            spkiSha256: 'cc',
            key: { type: 'EC', bits: 256, curve: 'P-256' },
            signatureAlgorithm: 'ecdsa-with-SHA256',
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
            pem: '',
          },
        ],
        ordered: 'yes',
        complete: 'yes',
        daysLeft: 66,
        validity: pass,
        hostname: pass,
        trust: [{ store: 'mozilla', verdict: pass }],
        revocation: { value: 'not-applicable', reason: 'Nobody to ask.' },
        staple: { value: 'no' },
        scts: { certificate: 2, tls: 0, ocsp: 0 },
      },
    ],
    http: {
      spoken: { value: 'yes' },
      hsts: { value: 'yes', maxAgeSeconds: 63_072_000 },
      redirect: { value: 'yes' },
      banners: [],
      compression: { value: 'no' },
    },
    vulnerabilities: vulnerabilityIds.map((id) => ({ id, verdict: 'not-vulnerable', why: 'No.' })),
    notes: [],
    stats: { connections: 30, bytesIn: 1, bytesOut: 1, ms: 100 },
    ...changes,
  };
}

/** All versions known: offered with these suites, or refused. */
export function protocols(
  offers: Partial<Record<TlsVersion, readonly number[]>>,
): Observation['protocols'] {
  return tlsVersions.map((version) => {
    const suites = (offers[version] ?? []).map((id): OfferedSuite => ({
      id: `0x${id
        .toString(16)
        .toUpperCase()
        .padStart(id > 0xffff ? 6 : 4, '0')}`,
      name: suiteName(id),
    }));
    return {
      version,
      offered: offers[version] ? 'yes' : 'no',
      suites,
      suitesComplete: true,
      preference: 'client',
    };
  });
}
