import type { TlsVersion } from './scan';

/** A predefined security policy of AWS's Application Load Balancer. */
export interface ElbPolicy {
  readonly name: string;
  readonly versions: readonly TlsVersion[];
  /** Code points, TLS 1.3's among them. */
  readonly suites: readonly string[];
  /** Offers the three hybrid groups beside the classical ones. */
  readonly postQuantum: boolean;
}

const tls13 = ['0x1301', '0x1302', '0x1303'];
/** ECDHE with AES-GCM, by ECDSA and by RSA. */
const gcm = ['0xC02B', '0xC02F', '0xC02C', '0xC030'];
/** ECDHE with AES-CBC and SHA-2. */
const cbcSha2 = ['0xC023', '0xC027', '0xC024', '0xC028'];
/** ECDHE with AES-CBC and SHA-1. */
const cbcSha1 = ['0xC009', '0xC013', '0xC00A', '0xC014'];
/** RSA key exchange, without forward secrecy: AES-GCM, and AES-CBC with SHA-2. */
const rsaSha2 = ['0x009C', '0x003C', '0x009D', '0x003D'];
/** RSA key exchange, AES-CBC with SHA-1. */
const rsaSha1 = ['0x002F', '0x0035'];

const res = [...tls13, ...gcm];
const usual = [...res, ...cbcSha2];
const ext1 = [...usual, ...rsaSha2];
const before13 = [...gcm, ...cbcSha2, ...cbcSha1, ...rsaSha2, ...rsaSha1];
const widest = [...tls13, ...before13];

const from13: TlsVersion[] = ['TLS1.3'];
const from12: TlsVersion[] = ['TLS1.2', ...from13];
const from11: TlsVersion[] = ['TLS1.1', ...from12];
const from10: TlsVersion[] = ['TLS1.0', ...from11];

/**
 * The policies whose lists are known (moto's elbv2 policies of 2026-08-22, which cite AWS's "Security
 * policies for your Application Load Balancer"; groups from that page).
 */
export const elbPolicies: readonly ElbPolicy[] = [
  policy('TLS13-1-3-2021-06', from13, tls13),
  policy('TLS13-1-3-PQ-2025-09', from13, tls13),
  policy('TLS13-1-2-2021-06', from12, usual),
  policy('TLS13-1-2-PQ-2025-09', from12, usual),
  policy('TLS13-1-2-Res-2021-06', from12, res),
  policy('TLS13-1-2-Res-PQ-2025-09', from12, res),
  policy('TLS13-1-2-Ext2-2021-06', from12, widest),
  policy('TLS13-1-2-Ext2-PQ-2025-09', from12, widest),
  policy('TLS13-1-2-Ext1-2021-06', from12, ext1),
  policy('TLS13-1-1-2021-06', from11, widest),
  policy('TLS13-1-0-2021-06', from10, widest),
  policy('TLS13-1-0-PQ-2025-09', from10, widest),
  policy('TLS-1-2-Ext-2018-06', ['TLS1.2'], before13),
  policy('TLS-1-2-2017-01', ['TLS1.2'], [...gcm, ...cbcSha2, ...rsaSha2]),
  policy('TLS-1-1-2017-01', ['TLS1.1', 'TLS1.2'], before13),
  policy('2016-08', ['TLS1.0', 'TLS1.1', 'TLS1.2'], before13),
  policy('FS-1-2-Res-2020-10', ['TLS1.2'], gcm),
];

/** What the policies with PQ in their names offer beside the classical groups. */
export const elbPostQuantumGroups = ['SecP256r1MLKEM768', 'SecP384r1MLKEM1024', 'X25519MLKEM768'];

/**
 * Policies that AWS has and whose lists could not be verified: nothing is claimed of them. For
 * TLS13-1-2-Ext1-PQ-2025-09 the source lists 21 suites where its twin of 2021 has 15, which no other
 * pair does: most likely a slip there.
 */
export function isUnverifiedElbPolicy(name: string): boolean {
  return (
    /^ELBSecurityPolicy-.*(FIPS|RFC9151|CNSA2)/.test(name) ||
    /^ELBSecurityPolicy-FS-(2018-06|1-[12]-2019-08|1-2-Res-2019-08)$/.test(name) ||
    name === 'ELBSecurityPolicy-TLS13-1-2-Ext1-PQ-2025-09'
  );
}

function policy(
  name: string,
  versions: readonly TlsVersion[],
  suites: readonly string[],
): ElbPolicy {
  return {
    name: `ELBSecurityPolicy-${name}`,
    versions,
    suites,
    postQuantum: name.includes('-PQ-'),
  };
}
