import { groups, suites, type SuiteInfo } from '../../../shared/model/tls/registry';
import type { TlsVersion } from '../../../shared/model/tls/scan';
import type { HelloOptions } from '../wire/clientHello';
import { extensionType, type Extension } from '../wire/extensions';

/** The versions that begin with a ClientHello of their own kind. */
export type HelloVersion = Exclude<TlsVersion, 'SSLv2'>;

/**
 * How much a hello holds. Some stacks refuse more than 128 suites, some load balancers hang on hellos
 * of 256 to 511 bytes: `full` stays below the first and is padded past the second (RFC 7685 section 2),
 * `small` stays below 256 bytes.
 */
export type HelloSize = 'full' | 'small';

const suitesPerHello: Readonly<Record<HelloSize, number>> = { full: 124, small: 28 };

/**
 * All suites of SSLv3 to TLS 1.2, in the parts in which they are offered; what servers usually take
 * comes first. Within a part weak ones come before strong ones, so that a server with an order of its
 * own shows it at once.
 */
export function suiteParts(size: HelloSize, version: HelloVersion): number[][] {
  const legacy = suites.filter((suite) => (version === 'SSLv3' ? isSsl3(suite) : isLegacy(suite)));
  const rank = ranks[size];
  const ordered = legacy.toSorted((a, b) => rank(a) - rank(b) || a.id - b.id).map(({ id }) => id);
  const parts: number[][] = [];
  for (let at = 0; at < ordered.length; at += suitesPerHello[size]) {
    parts.push(ordered.slice(at, at + suitesPerHello[size]).toSorted((a, b) => a - b));
  }
  return parts;
}

function isLegacy({ keyExchange }: SuiteInfo): boolean {
  return keyExchange !== 'any';
}

/** SSLv3 has no other MAC (RFC 6101 section 5.2.3.1): suites of TLS 1.2 do not exist in it. */
function isSsl3(suite: SuiteInfo): boolean {
  return isLegacy(suite) && ['MD5', 'SHA1', 'none'].includes(suite.mac);
}

const ranks: Readonly<Record<HelloSize, (suite: SuiteInfo) => number>> = {
  full: (suite) => (isUsual(suite) ? 0 : 1),
  small: (suite) => (isCommon(suite) ? 0 : isUsual(suite) ? 1 : 2),
};

/** What servers of today and of the last twenty years were set up with. */
function isUsual({ authentication, keyExchange, cipher, bits }: SuiteInfo): boolean {
  return (
    ['RSA', 'ECDSA', 'anon'].includes(authentication) &&
    ['RSA', 'DHE', 'ECDHE'].includes(keyExchange) &&
    ['AES', 'CHACHA20', 'CAMELLIA', '3DES', 'RC4'].includes(cipher) &&
    bits >= 112
  );
}

function isCommon({ id }: SuiteInfo): boolean {
  return commonSuites.has(id);
}

/** At least one of these is taken by every server that is in use. */
const commonSuites = new Set([
  0x0004, 0x0005, 0x000a, 0x0016, 0x002f, 0x0033, 0x0035, 0x0039, 0x003c, 0x003d, 0x009c, 0x009d,
  0x009e, 0x009f, 0xc009, 0xc00a, 0xc012, 0xc013, 0xc014, 0xc023, 0xc027, 0xc028, 0xc02b, 0xc02c,
  0xc02f, 0xc030, 0xcca8, 0xcca9,
]);

/** TLS 1.3's suites: those in use, and the others. */
export const tls13Suites = {
  usual: [0x1303, 0x1302, 0x1301],
  others: suites
    .filter(({ keyExchange, name }) => keyExchange === 'any' || name.includes('_MGM_'))
    .map(({ id }) => id)
    .filter((id) => id < 0x1301 || id > 0x1303),
};

/** TLS 1.3's groups, in two parts that are asked at the same time. */
export const tls13Groups = {
  usual: [0x001e, 0x0019, 0x0018, 0x0017, 0x001d, 0x11ed, 0x11eb, 0x11ec],
  others: groups
    .filter(({ id, kind, tls13Only }) => tls13Only || kind === 'finite-field' || isGost(id))
    .map(({ id }) => id)
    .filter((id) => id < 0x11eb || id > 0x11ed),
};

/** GC256A to GC512C (RFC 9189), which TLS 1.3 knows too (RFC 9367). */
function isGost(group: number): boolean {
  return group >= 0x0022 && group <= 0x0028;
}

const fewCurves = [0x001d, 0x0017, 0x0018, 0x0019];

/** The curves of TLS 1.2 and below. */
export const curves: readonly number[] = [
  ...fewCurves,
  ...groups
    .filter(
      ({ id, kind, tls13Only }) =>
        kind === 'elliptic-curve' && !tls13Only && !fewCurves.includes(id),
    )
    .map(({ id }) => id),
];

/** What a hello offers beside suites, such that no suite is refused for want of it. */
export const usualSchemes: readonly number[] = [
  0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x0401,
  0x0501, 0x0601, 0x0303, 0x0301, 0x0203, 0x0201, 0x0202, 0x0402, 0x081a, 0x081b, 0x081c, 0x0904,
  0x0905, 0x0906, 0x0101,
];
const fewSchemes = [0x0403, 0x0503, 0x0804, 0x0401, 0x0501, 0x0601, 0x0201, 0x0203];

export interface Offer {
  readonly version: HelloVersion;
  readonly size: HelloSize;
  readonly sni: string | null;
  readonly suites: readonly number[];
  readonly groups?: readonly number[];
  readonly schemes?: readonly number[];
}

/** The hello that offers this. */
export function helloOf(offer: Offer): HelloOptions {
  const { version, size, sni, suites } = offer;
  const hello = {
    version,
    sni,
    suites,
    groups: offer.groups ?? (size === 'full' ? curves : fewCurves),
    // Known from TLS 1.2 on (RFC 5246 section 7.4.1.4.1: clients of less MUST NOT send it).
    ...((version === 'TLS1.2' || version === 'TLS1.3') && {
      signatureAlgorithms: offer.schemes ?? (size === 'full' ? usualSchemes : fewSchemes),
    }),
  };
  return version === 'SSLv3' ? hello : { ...hello, extensions: extensionsOf(version, size) };
}

function extensionsOf(version: HelloVersion, size: HelloSize): Extension[] {
  const extensions: Extension[] = [];
  if (version !== 'TLS1.3') {
    // Servers by the rules of FIPS 140-3 or RFC 5746 section 4.1 refuse clients without them.
    extensions.push({ type: extensionType.extendedMasterSecret, data: Buffer.alloc(0) });
    extensions.push({ type: extensionType.renegotiationInfo, data: Buffer.alloc(1) });
  }
  // Past the 511 bytes on which some load balancers hang.
  if (size === 'full') extensions.push({ type: extensionType.padding, data: Buffer.alloc(400) });
  return extensions;
}
