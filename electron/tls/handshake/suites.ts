export type AeadName =
  'AES_128_GCM' | 'AES_256_GCM' | 'CHACHA20_POLY1305' | `AES_${128 | 256}_CCM${'' | '_8'}`;
export type BlockName = 'AES_128_CBC' | 'AES_256_CBC' | '3DES_EDE_CBC';
export type StreamName = 'RC4_128' | 'NULL';
export type HashName = 'md5' | 'sha1' | 'sha256' | 'sha384';

/** A cipher suite that this client can finish a handshake with. */
export interface Suite {
  readonly id: number;
  readonly exchange: 'TLS13' | 'RSA' | 'DHE' | 'ECDHE';
  /** What signs the key exchange; null where nobody does. */
  readonly authentication: 'RSA' | 'ECDSA' | 'DSS' | 'anon' | null;
  readonly cipher:
    | { readonly kind: 'aead'; readonly name: AeadName }
    | { readonly kind: 'block'; readonly name: BlockName; readonly mac: HashName }
    | { readonly kind: 'stream'; readonly name: StreamName; readonly mac: HashName };
  /** Hash of TLS 1.2's PRF and of TLS 1.3's key schedule. */
  readonly hash: 'sha256' | 'sha384';
}

/** The suite with this code point; undefined where this client cannot finish with it. */
export function suiteOf(id: number): Suite | undefined {
  return suites.get(id);
}

/** What to offer in versions (0x0301 to 0x0304), strongest first. */
export function offeredSuites(versions: readonly number[]): number[] {
  return [...suites.values()]
    .filter((suite) => versions.some((version) => fits(suite, version)))
    .map((suite) => suite.id);
}

/** Whether the suite exists in the version (0x0301 to 0x0304). */
export function fits(suite: Suite, version: number): boolean {
  if (version === 0x0304 || suite.exchange === 'TLS13') {
    return version === 0x0304 && suite.exchange === 'TLS13';
  }
  const needs12 =
    suite.cipher.kind === 'aead' ||
    suite.cipher.mac.startsWith('sha2') ||
    suite.cipher.mac === 'sha384';
  return version === 0x0303 || !needs12;
}

/**
 * Code points and names: IANA "TLS Cipher Suites", read 2026-08. The order is the one offered. Anonymous,
 * unencrypted and RC4 suites are here so that a server with nothing better can be read too.
 */
const table = `
1301 TLS13 AES_128_GCM SHA256     1302 TLS13 AES_256_GCM SHA384   1303 TLS13 CHACHA20_POLY1305 SHA256
1304 TLS13 AES_128_CCM SHA256     1305 TLS13 AES_128_CCM_8 SHA256
c02b ECDHE_ECDSA AES_128_GCM SHA256   c02f ECDHE_RSA AES_128_GCM SHA256
c02c ECDHE_ECDSA AES_256_GCM SHA384   c030 ECDHE_RSA AES_256_GCM SHA384
cca9 ECDHE_ECDSA CHACHA20_POLY1305 SHA256  cca8 ECDHE_RSA CHACHA20_POLY1305 SHA256
009e DHE_RSA AES_128_GCM SHA256   009f DHE_RSA AES_256_GCM SHA384 ccaa DHE_RSA CHACHA20_POLY1305 SHA256
c0ac ECDHE_ECDSA AES_128_CCM SHA256   c0ad ECDHE_ECDSA AES_256_CCM SHA256
c0ae ECDHE_ECDSA AES_128_CCM_8 SHA256 c0af ECDHE_ECDSA AES_256_CCM_8 SHA256
c09e DHE_RSA AES_128_CCM SHA256   c09f DHE_RSA AES_256_CCM SHA256
c0a2 DHE_RSA AES_128_CCM_8 SHA256 c0a3 DHE_RSA AES_256_CCM_8 SHA256
00a2 DHE_DSS AES_128_GCM SHA256   00a3 DHE_DSS AES_256_GCM SHA384
c023 ECDHE_ECDSA AES_128_CBC SHA256   c027 ECDHE_RSA AES_128_CBC SHA256
c024 ECDHE_ECDSA AES_256_CBC SHA384   c028 ECDHE_RSA AES_256_CBC SHA384
c009 ECDHE_ECDSA AES_128_CBC SHA      c013 ECDHE_RSA AES_128_CBC SHA
c00a ECDHE_ECDSA AES_256_CBC SHA      c014 ECDHE_RSA AES_256_CBC SHA
0067 DHE_RSA AES_128_CBC SHA256   006b DHE_RSA AES_256_CBC SHA256
0033 DHE_RSA AES_128_CBC SHA      0039 DHE_RSA AES_256_CBC SHA
0040 DHE_DSS AES_128_CBC SHA256   006a DHE_DSS AES_256_CBC SHA256
0032 DHE_DSS AES_128_CBC SHA      0038 DHE_DSS AES_256_CBC SHA
009c RSA AES_128_GCM SHA256       009d RSA AES_256_GCM SHA384
c09c RSA AES_128_CCM SHA256       c09d RSA AES_256_CCM SHA256
c0a0 RSA AES_128_CCM_8 SHA256     c0a1 RSA AES_256_CCM_8 SHA256
003c RSA AES_128_CBC SHA256       003d RSA AES_256_CBC SHA256
002f RSA AES_128_CBC SHA          0035 RSA AES_256_CBC SHA
c008 ECDHE_ECDSA 3DES_EDE_CBC SHA c012 ECDHE_RSA 3DES_EDE_CBC SHA
0016 DHE_RSA 3DES_EDE_CBC SHA     0013 DHE_DSS 3DES_EDE_CBC SHA     000a RSA 3DES_EDE_CBC SHA
c007 ECDHE_ECDSA RC4_128 SHA      c011 ECDHE_RSA RC4_128 SHA
0005 RSA RC4_128 SHA              0004 RSA RC4_128 MD5
00a6 DHE_anon AES_128_GCM SHA256  00a7 DHE_anon AES_256_GCM SHA384
006c DHE_anon AES_128_CBC SHA256  006d DHE_anon AES_256_CBC SHA256
0034 DHE_anon AES_128_CBC SHA     003a DHE_anon AES_256_CBC SHA     001b DHE_anon 3DES_EDE_CBC SHA
c018 ECDHE_anon AES_128_CBC SHA   c019 ECDHE_anon AES_256_CBC SHA   c017 ECDHE_anon 3DES_EDE_CBC SHA
0018 DHE_anon RC4_128 MD5         c016 ECDHE_anon RC4_128 SHA
c006 ECDHE_ECDSA NULL SHA         c010 ECDHE_RSA NULL SHA           c015 ECDHE_anon NULL SHA
003b RSA NULL SHA256              0002 RSA NULL SHA                 0001 RSA NULL MD5`;

const suites: ReadonlyMap<number, Suite> = new Map(
  [...table.matchAll(/([0-9a-f]{4}) (\S+) (\S+) (\S+)/g)].map(([, code, how, cipher, hash]) => {
    const id = parseInt(code ?? '', 16);
    return [id, readRow(id, how ?? '', cipher ?? '', hash ?? '')];
  }),
);

function readRow(id: number, how: string, name: string, last: string): Suite {
  const [exchange, authentication = null] = how.split('_') as [
    Suite['exchange'],
    Suite['authentication']?,
  ];
  const mac = (last === 'SHA' ? 'sha1' : last.toLowerCase()) as HashName;
  const cipher: Suite['cipher'] = name.endsWith('_CBC')
    ? { kind: 'block', name: name as BlockName, mac }
    : name === 'NULL' || name === 'RC4_128'
      ? { kind: 'stream', name, mac }
      : { kind: 'aead', name: name as AeadName };
  return { id, exchange, authentication, cipher, hash: mac === 'sha384' ? 'sha384' : 'sha256' };
}
