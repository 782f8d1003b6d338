export interface SuiteInfo {
  /** The code point. */
  readonly id: number;
  readonly name: string;
  /**
   * `any`: TLS 1.3, where the group is chosen apart. `DH` and `ECDH` are static; the anonymous ones are
   * ephemeral and stand under `DHE` and `ECDHE`.
   */
  readonly keyExchange: KeyExchangeKind;
  /** `any`: TLS 1.3, where the certificate is chosen apart. */
  readonly authentication: AuthenticationKind;
  /** `AES`, `3DES`, `CHACHA20`, `RC4`, `NULL`, ... */
  readonly cipher: string;
  /** The key's length in bits as far as it counts: 112 for 3DES, 56 for DES, 40 for export, 0 for NULL. */
  readonly bits: number;
  readonly mode: CipherMode;
  /** `AEAD` where the cipher does it itself. */
  readonly mac: string;
  /** Weakened for the export rules of the 1990s. */
  readonly export: boolean;
  readonly aead: boolean;
  /** The session's keys stay safe when the server's key is lost later. */
  readonly forwardSecret: boolean;
  /** IANA's column: `Y`, `N`, or `D` for discouraged. */
  readonly recommended: string;
}

export type KeyExchangeKind =
  | 'any'
  | 'RSA'
  | 'DH'
  | 'DHE'
  | 'ECDH'
  | 'ECDHE'
  | 'PSK'
  | 'SRP'
  | 'KRB5'
  | 'GOST'
  | 'ECCPWD'
  | 'FORTEZZA'
  | 'SM2'
  | 'none';
export type AuthenticationKind =
  | 'any'
  | 'RSA'
  | 'DSS'
  | 'ECDSA'
  | 'PSK'
  | 'anon'
  | 'SRP'
  | 'KRB5'
  | 'GOST'
  | 'ECCPWD'
  | 'FORTEZZA'
  | 'SM2'
  | 'none';
export type CipherMode = 'CBC' | 'GCM' | 'CCM' | 'CCM_8' | 'POLY1305' | 'stream' | 'AEAD' | 'none';

/** Reads a suite's properties off its standard name. */
export function suiteAttributes(id: number, name: string, recommended: string): SuiteInfo {
  const { exchange, protection } = partsOf(name);
  const bulk = bulkOf(protection);
  const aead = ['GCM', 'CCM', 'CCM_8', 'POLY1305', 'AEAD'].includes(bulk.mode);
  const keyExchange = keyExchangeOf(exchange);
  return {
    id,
    name,
    keyExchange,
    authentication: authenticationOf(exchange),
    ...bulk,
    mac: aead ? 'AEAD' : macOf(protection),
    export: /EXPORT/.test(name),
    aead,
    forwardSecret: ['any', 'DHE', 'ECDHE', 'ECCPWD'].includes(keyExchange),
    recommended,
  };
}

/** `TLS_<exchange>_WITH_<protection>`; TLS 1.3 names have no exchange, SSLv2 names have it last. */
function partsOf(name: string): { exchange: string; protection: string } {
  const [, exchange, protection] = /^(?:TLS|SSL)_(.*)_WITH_(.*)$/.exec(name) ?? [];
  if (name.startsWith('SSL_CK_')) {
    return { exchange: 'RSA', protection: name.slice('SSL_CK_'.length).replace('_WITH', '') };
  }
  if (exchange !== undefined && protection !== undefined) return { exchange, protection };
  const [, sm2 = '', rest = ''] = /^TLS_(ECDHE|ECC)_(SM4_.*)$/.exec(name) ?? [];
  if (sm2) return { exchange: `SM2_${sm2}`, protection: rest };
  return { exchange: '', protection: name.slice('TLS_'.length) };
}

function keyExchangeOf(exchange: string): KeyExchangeKind {
  const rules: [RegExp, KeyExchangeKind][] = [
    [/^$/, 'any'],
    [/^NULL$/, 'none'],
    [/^SM2_ECDHE$/, 'ECDHE'],
    [/^SM2/, 'SM2'],
    [/^ECCPWD/, 'ECCPWD'],
    [/^(ECDHE|ECDH_anon)/, 'ECDHE'],
    [/^ECDH/, 'ECDH'],
    [/^(DHE|DH_anon|PSK_DHE)/, 'DHE'],
    [/^DH/, 'DH'],
    [/^GOST/, 'GOST'],
    [/^SRP/, 'SRP'],
    [/^KRB5/, 'KRB5'],
    [/^FORTEZZA/, 'FORTEZZA'],
    [/^PSK/, 'PSK'],
    [/^RSA/, 'RSA'],
  ];
  return firstMatch(rules, exchange) ?? 'none';
}

function authenticationOf(exchange: string): AuthenticationKind {
  const rules: [RegExp, AuthenticationKind][] = [
    [/^$/, 'any'],
    [/^NULL$/, 'none'],
    [/anon/, 'anon'],
    [/PSK/, 'PSK'],
    [/^SM2/, 'SM2'],
    [/^ECCPWD/, 'ECCPWD'],
    [/ECDSA/, 'ECDSA'],
    [/DSS/, 'DSS'],
    [/RSA/, 'RSA'],
    [/^GOST/, 'GOST'],
    [/^SRP/, 'SRP'],
    [/^KRB5/, 'KRB5'],
    [/^FORTEZZA/, 'FORTEZZA'],
  ];
  return firstMatch(rules, exchange) ?? 'none';
}

type Bulk = Pick<SuiteInfo, 'cipher' | 'bits' | 'mode'>;

function bulkOf(protection: string): Bulk {
  const [, cipher = '', bits = ''] =
    /^(AES|ARIA|CAMELLIA|AEGIS|RC4|RC2|IDEA)(?:_CBC)?_(\d+)/.exec(protection) ?? [];
  const length = /EXPORT40/.test(protection) ? 40 : Number(bits);
  if (cipher === 'RC4') return { cipher, bits: length, mode: 'stream' };
  if (cipher === 'AEGIS') return { cipher, bits: length, mode: 'AEAD' };
  if (cipher) return { cipher, bits: length, mode: modeOf(protection) };
  const rules: [RegExp, Bulk][] = [
    [/^CHACHA20/, { cipher: 'CHACHA20', bits: 256, mode: 'POLY1305' }],
    [/^SM4/, { cipher: 'SM4', bits: 128, mode: modeOf(protection) }],
    [/^(3DES|DES_192_EDE3)/, { cipher: '3DES', bits: 112, mode: 'CBC' }],
    [/^(DES40|DES_CBC_40)/, { cipher: 'DES', bits: 40, mode: 'CBC' }],
    [/^DES_64_CFB/, { cipher: 'DES', bits: 56, mode: 'stream' }],
    [/^DES/, { cipher: 'DES', bits: 56, mode: 'CBC' }],
    [/^IDEA/, { cipher: 'IDEA', bits: 128, mode: 'CBC' }],
    [/^SEED/, { cipher: 'SEED', bits: 128, mode: 'CBC' }],
    [/^28147/, { cipher: 'GOST28147', bits: 256, mode: 'stream' }],
    [/^(KUZNYECHIK|MAGMA)_CTR/, { cipher: 'GOST34.12', bits: 256, mode: 'stream' }],
    [/^(KUZNYECHIK|MAGMA)_MGM/, { cipher: 'GOST34.12', bits: 256, mode: 'AEAD' }],
    [/^FORTEZZA/, { cipher: 'SKIPJACK', bits: 80, mode: 'CBC' }],
  ];
  // NULL, and the integrity-only suites of RFC 9150.
  return firstMatch(rules, protection) ?? { cipher: 'NULL', bits: 0, mode: 'none' };
}

function modeOf(protection: string): CipherMode {
  const modes: CipherMode[] = ['CBC', 'GCM', 'CCM_8', 'CCM'];
  return modes.find((mode) => protection.includes(mode)) ?? 'CBC';
}

function macOf(protection: string): string {
  const [, mac = 'none'] =
    /_(MD5|SHA|SHA256|SHA384|SM3|IMIT|OMAC|GOSTR3411)(?:_DRAFT|_2|_1)?$/.exec(`_${protection}`) ??
    [];
  return mac === 'SHA' ? 'SHA1' : mac;
}

function firstMatch<T>(rules: readonly (readonly [RegExp, T])[], text: string): T | undefined {
  return rules.find(([pattern]) => pattern.test(text))?.[1];
}
