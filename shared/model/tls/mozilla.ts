import type { TlsVersion } from './scan';

/** One configuration of Mozilla's Server Side TLS guidelines. */
export interface MozillaProfile {
  /** `mozilla-5.8/intermediate` */
  readonly id: string;
  readonly name: string;
  readonly versions: readonly TlsVersion[];
  /** Code points for TLS 1.3 and for what is older. */
  readonly suites: readonly string[];
  readonly groups: readonly string[];
  readonly certificateTypes: readonly ('EC' | 'RSA')[];
  readonly certificateCurves: readonly string[];
  readonly certificateSignatures: readonly string[];
  /** Null: RSA keys are not taken at all. */
  readonly rsaBits: number | null;
  readonly dhBits: number | null;
  readonly lifespanDays: number;
  readonly hstsSeconds: number;
  readonly serverOrder: boolean;
}

const tls13Suites = ['0x1301', '0x1302', '0x1303'];
/** ECDHE with AES-GCM and ChaCha20-Poly1305. */
const intermediateSuites = ['0xC02B', '0xC02F', '0xC02C', '0xC030', '0xCCA9', '0xCCA8'];
/** The CBC suites with ECDHE, and those with RSA key exchange down to 3DES. */
const oldSuites = [
  '0xC023',
  '0xC027',
  '0xC009',
  '0xC013',
  '0xC024',
  '0xC028',
  '0xC00A',
  '0xC014',
  '0x009C',
  '0x009D',
  '0x003C',
  '0x003D',
  '0x002F',
  '0x0035',
  '0x000A',
];
const ecdsaSignatures = ['ecdsa-with-SHA256', 'ecdsa-with-SHA384', 'ecdsa-with-SHA512'];

const common = {
  groups: ['X25519MLKEM768', 'X25519', 'secp256r1', 'secp384r1'],
  certificateCurves: ['secp256r1', 'secp384r1'],
  hstsSeconds: 63_072_000,
} as const;

const modern = {
  ...common,
  versions: ['TLS1.3'],
  suites: tls13Suites,
  certificateTypes: ['EC'],
  certificateSignatures: ecdsaSignatures,
  rsaBits: null,
  dhBits: null,
  lifespanDays: 90,
  serverOrder: false,
} as const;

const intermediate = {
  ...common,
  versions: ['TLS1.2', 'TLS1.3'],
  suites: [...tls13Suites, ...intermediateSuites],
  certificateTypes: ['EC', 'RSA'],
  certificateSignatures: ['sha256WithRSAEncryption', ...ecdsaSignatures],
  rsaBits: 2048,
  dhBits: 2048,
  lifespanDays: 366,
  serverOrder: false,
} as const;

const old = {
  ...intermediate,
  versions: ['TLS1.0', 'TLS1.1', 'TLS1.2', 'TLS1.3'],
  suites: [...tls13Suites, ...intermediateSuites, ...oldSuites],
  certificateTypes: ['RSA'],
  certificateSignatures: ['sha256WithRSAEncryption'],
  serverOrder: true,
} as const;

/**
 * Mozilla's guidelines 5.8 and 6.0 (ssl-config.mozilla.org/guidelines, read 2026-11-24). In 6.0 of
 * 2026-04-06, modern and intermediate are as in 5.8, and old is gone.
 */
export const mozillaProfiles: readonly MozillaProfile[] = [
  { id: 'mozilla-5.8/modern', name: 'Mozilla modern 5.8', ...modern },
  { id: 'mozilla-5.8/intermediate', name: 'Mozilla intermediate 5.8', ...intermediate },
  { id: 'mozilla-5.8/old', name: 'Mozilla old 5.8', ...old },
  { id: 'mozilla-6.0/modern', name: 'Mozilla modern 6.0', ...modern },
  { id: 'mozilla-6.0/intermediate', name: 'Mozilla intermediate 6.0', ...intermediate },
];
