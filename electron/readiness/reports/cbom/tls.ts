import type { Certificate } from '../../../../shared/model/tls/certificate';
import type { ScanResult } from '../../../../shared/model/tls/result';
import type { OfferedGroup, ProtocolResult } from '../../../../shared/model/tls/scan';
import type { Algorithms, Component } from './component';
import { groupAlgorithm, keyAlgorithm, signatureAlgorithm, suiteAlgorithms } from './tlsAlgorithms';

/** The versions that one address offers, each with its suites and groups. */
export function* protocolComponents(
  endpoint: string,
  scan: ScanResult,
  algorithms: Algorithms,
): Generator<Component> {
  const place = placeOf(scan);
  const ref = `protocol/${endpoint}/${scan.endpoint.address ?? 'no address'}`;
  for (const protocol of scan.protocols) {
    if (protocol.offered !== 'yes') continue;
    const groups = scan.groups.filter(({ versions }) => versions.includes(protocol.version));
    yield {
      type: 'cryptographic-asset',
      'bom-ref': `${ref}/${protocol.version}`,
      name: `${protocol.version} at ${place}`,
      evidence: {
        occurrences: [{ location: place, additionalContext: `scan of ${scan.startedAt}` }],
      },
      cryptoProperties: {
        assetType: 'protocol',
        protocolProperties: {
          // SSL is TLS's forerunner; CycloneDX 1.6 has no kind of its own for it.
          type: protocol.version.startsWith('SSL') ? 'other' : 'tls',
          version: protocol.version.replace(/^(TLS|SSLv)/, ''),
          cipherSuites: protocol.suites.map(({ id, name }) => ({
            name,
            algorithms: suiteAlgorithms(name).map((one) => algorithms.ref(one)),
            identifiers: identifiersOf(id),
          })),
          ...groupRefs(groups, algorithms),
        },
      },
      properties: [
        { name: 'claviger:suites-complete', value: protocol.suitesComplete ? 'yes' : 'no' },
        { name: 'claviger:groups-complete', value: scan.groupsComplete ? 'yes' : 'no' },
      ],
    };
  }
  yield* unknownVersions(scan.protocols, place, ref);
}

/** A version that could not be asked for is listed as that: its absence would say that it is off. */
function* unknownVersions(
  protocols: readonly ProtocolResult[],
  place: string,
  ref: string,
): Generator<Component> {
  const unknown = protocols.filter(({ offered }) => offered === 'unknown');
  if (unknown.length === 0) return;
  yield {
    type: 'cryptographic-asset',
    'bom-ref': `${ref}/unknown`,
    name: `TLS at ${place}, as far as it is unknown`,
    evidence: { occurrences: [{ location: place }] },
    cryptoProperties: { assetType: 'protocol', protocolProperties: { type: 'unknown' } },
    properties: unknown.map(({ version, why }) => ({
      name: 'claviger:cannot-tell',
      value: `${version}: ${why ?? 'no answer'}`,
    })),
  };
}

/** Certificates by fingerprint, each with its key and all the places that show it. */
export function* certificateComponents(
  scans: readonly ScanResult[],
  algorithms: Algorithms,
): Generator<Component> {
  const seen = new Map<string, { certificate: Certificate; places: Set<string> }>();
  for (const scan of scans) {
    for (const certificate of scan.certificates.flatMap(({ chain }) => chain)) {
      const one = seen.get(certificate.sha256) ?? { certificate, places: new Set() };
      one.places.add(placeOf(scan));
      seen.set(certificate.sha256, one);
    }
  }
  const keys = new Set<string>();
  for (const { certificate, places } of seen.values()) {
    const occurrences = [...places].map((location) => ({ location }));
    const keyRef = `public-key/${certificate.spkiSha256}`;
    if (!keys.has(keyRef)) yield publicKey(certificate, keyRef, algorithms);
    keys.add(keyRef);
    yield {
      type: 'cryptographic-asset',
      'bom-ref': `certificate/${certificate.sha256}`,
      name: certificate.subject || certificate.sha256,
      evidence: { occurrences },
      cryptoProperties: {
        assetType: 'certificate',
        certificateProperties: {
          subjectName: certificate.subject,
          issuerName: certificate.issuer,
          ...(certificate.notBefore && { notValidBefore: certificate.notBefore }),
          ...(certificate.notAfter && { notValidAfter: certificate.notAfter }),
          ...(certificate.signatureAlgorithm && {
            signatureAlgorithmRef: algorithms.ref(signatureAlgorithm(certificate)),
          }),
          subjectPublicKeyRef: keyRef,
          certificateFormat: 'X.509',
        },
      },
      properties: [
        { name: 'claviger:sha256', value: certificate.sha256 },
        { name: 'claviger:serial', value: certificate.serial },
        { name: 'claviger:self-signed', value: certificate.selfSigned ? 'yes' : 'no' },
      ],
    };
  }
}

function publicKey(
  { key, spkiSha256 }: Certificate,
  ref: string,
  algorithms: Algorithms,
): Component {
  return {
    type: 'cryptographic-asset',
    'bom-ref': ref,
    name: `${key.type} public key ${spkiSha256.slice(0, 16)}`,
    cryptoProperties: {
      assetType: 'related-crypto-material',
      relatedCryptoMaterialProperties: {
        type: 'public-key',
        id: spkiSha256,
        algorithmRef: algorithms.ref(keyAlgorithm(key)),
        ...(key.bits !== undefined && { size: key.bits }),
      },
    },
  };
}

function groupRefs(groups: readonly OfferedGroup[], algorithms: Algorithms) {
  if (groups.length === 0) return {};
  return { cryptoRefArray: groups.map(({ name }) => algorithms.ref(groupAlgorithm(name))) };
}

/** `host:443`, with the address where it is another. */
function placeOf({ endpoint: { host, port, address } }: ScanResult): string {
  const shown = host.includes(':') ? `[${host}]` : host;
  return address === undefined || address === host
    ? `${shown}:${port}`
    : `${shown}:${port} (${address})`;
}

/** `0xC02F` as the two octets that the registry writes: `0xC0`, `0x2F`. */
function identifiersOf(id: string): string[] {
  return (id.replace(/^0x/, '').match(/../g) ?? []).map((octet) => `0x${octet}`);
}
