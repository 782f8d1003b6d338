/** A key-exchange group. */
export interface GroupInfo {
  readonly id: number;
  readonly name: string;
  readonly kind: 'elliptic-curve' | 'finite-field' | 'hybrid' | 'ml-kem';
  /** Of the field's prime, or the classical part's; for ML-KEM alone the parameter set's number. */
  readonly bits: number;
  /** Withstands a quantum computer. */
  readonly postQuantum: boolean;
  /** Only for TLS 1.3. */
  readonly tls13Only: boolean;
}

type Row = [id: number, name: string, bits: number];

const curves: Row[] = [
  [0x0001, 'sect163k1', 163],
  [0x0002, 'sect163r1', 163],
  [0x0003, 'sect163r2', 163],
  [0x0004, 'sect193r1', 193],
  [0x0005, 'sect193r2', 193],
  [0x0006, 'sect233k1', 233],
  [0x0007, 'sect233r1', 233],
  [0x0008, 'sect239k1', 239],
  [0x0009, 'sect283k1', 283],
  [0x000a, 'sect283r1', 283],
  [0x000b, 'sect409k1', 409],
  [0x000c, 'sect409r1', 409],
  [0x000d, 'sect571k1', 571],
  [0x000e, 'sect571r1', 571],
  [0x000f, 'secp160k1', 160],
  [0x0010, 'secp160r1', 160],
  [0x0011, 'secp160r2', 160],
  [0x0012, 'secp192k1', 192],
  [0x0013, 'secp192r1', 192],
  [0x0014, 'secp224k1', 224],
  [0x0015, 'secp224r1', 224],
  [0x0016, 'secp256k1', 256],
  [0x0017, 'secp256r1', 256],
  [0x0018, 'secp384r1', 384],
  [0x0019, 'secp521r1', 521],
  [0x001a, 'brainpoolP256r1', 256],
  [0x001b, 'brainpoolP384r1', 384],
  [0x001c, 'brainpoolP512r1', 512],
  [0x001d, 'X25519', 255],
  [0x001e, 'X448', 448],
  [0x0022, 'GC256A', 256],
  [0x0023, 'GC256B', 256],
  [0x0024, 'GC256C', 256],
  [0x0025, 'GC256D', 256],
  [0x0026, 'GC512A', 512],
  [0x0027, 'GC512B', 512],
  [0x0028, 'GC512C', 512],
];

const tls13Curves: Row[] = [
  [0x001f, 'brainpoolP256r1tls13', 256],
  [0x0020, 'brainpoolP384r1tls13', 384],
  [0x0021, 'brainpoolP512r1tls13', 512],
  [0x0029, 'curveSM2', 256],
];

const finiteFields: Row[] = [
  [0x0100, 'ffdhe2048', 2048],
  [0x0101, 'ffdhe3072', 3072],
  [0x0102, 'ffdhe4096', 4096],
  [0x0103, 'ffdhe6144', 6144],
  [0x0104, 'ffdhe8192', 8192],
];

const mlKem: Row[] = [
  [0x0200, 'MLKEM512', 512],
  [0x0201, 'MLKEM768', 768],
  [0x0202, 'MLKEM1024', 1024],
];

const hybrids: Row[] = [
  [0x11eb, 'SecP256r1MLKEM768', 256],
  [0x11ec, 'X25519MLKEM768', 255],
  [0x11ed, 'SecP384r1MLKEM1024', 384],
  [0x11ee, 'curveSM2MLKEM768', 256],
  [0x6399, 'X25519Kyber768Draft00', 255],
  [0x639a, 'SecP256r1Kyber768Draft00', 256],
];

/**
 * IANA's TLS Supported Groups (read 2026-11-24 from RFC 8422, 7027, 7919, 8446, 8734, 8998, 9189,
 * draft-ietf-tls-ecdhe-mlkem and draft-ietf-tls-mlkem, draft-tls-westerbaan-xyber768d00).
 */
export const groups: readonly GroupInfo[] = [
  ...curves.map(info('elliptic-curve', { tls13Only: false })),
  ...tls13Curves.map(info('elliptic-curve', { tls13Only: true })),
  ...finiteFields.map(info('finite-field', { tls13Only: false })),
  ...mlKem.map(info('ml-kem', { tls13Only: true })),
  ...hybrids.map(info('hybrid', { tls13Only: true })),
];

const nameById = new Map(groups.map(({ id, name }) => [id, name]));

/** The standard name; `unknown` and the code point where there is none. */
export function groupName(id: number): string {
  return nameById.get(id) ?? `unknown_0x${id.toString(16).toUpperCase().padStart(4, '0')}`;
}

function info(kind: GroupInfo['kind'], { tls13Only }: { tls13Only: boolean }) {
  const postQuantum = kind === 'hybrid' || kind === 'ml-kem';
  return ([id, name, bits]: Row): GroupInfo => ({ id, name, kind, bits, postQuantum, tls13Only });
}
