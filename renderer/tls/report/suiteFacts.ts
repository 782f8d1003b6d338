import type { OfferedSuite, TlsVersion } from '../../../shared/model/tls/scan';
import type { Tone } from '../../ui';

/** What a suite is made of, as its IANA name says (RFC 5246 A.5, RFC 8446 B.4). */
export interface SuiteFacts {
  /** `ECDHE`, `DHE`, `RSA`, `TLS 1.3`. */
  readonly keyExchange: string;
  /** The group or prime that the server took, where it was seen. */
  readonly group: string | undefined;
  /** Whether a key that leaks later opens what was recorded before; undefined where the name does not tell. */
  readonly forwardSecret: boolean | undefined;
  readonly aead: boolean | undefined;
  /** Bits of the symmetric key; undefined for a name that is not known. */
  readonly bits: number | undefined;
  readonly strength: { readonly word: string; readonly tone: Tone; readonly why?: string };
}

/** Reads a suite as it was offered in a version. */
export function suiteFacts({ name, dhBits, group }: OfferedSuite, version: TlsVersion): SuiteFacts {
  const tls13 = version === 'TLS1.3';
  const [exchange = '', cipher = ''] = tls13
    ? ['', name.replace(/^TLS_/, '')]
    : name.replace(/^(TLS|SSL2?|SSL_CK)_/, '').split('_WITH_');
  const encryption = cipher || exchange;
  const anonymous = /(^|_)anon|ADH|AECDH/i.test(exchange);
  const forwardSecret = tls13
    ? true
    : cipher === ''
      ? false
      : /^(ECDHE|DHE|ECCPWD)/.test(exchange) || /^(EC)?DH_anon/i.test(exchange);
  const aead = /GCM|CCM|POLY1305|_MGM|OCB|AEGIS/.test(encryption);
  const bits = symmetricBits(encryption);
  const exported = /EXPORT/.test(name);
  return {
    keyExchange: tls13 ? 'ephemeral' : exchange.replaceAll('_', ' ') || 'RSA',
    group: group ?? (dhBits === undefined ? undefined : `${dhBits} bits`),
    forwardSecret: bits === undefined && !tls13 ? undefined : forwardSecret,
    aead: bits === undefined ? undefined : aead,
    bits,
    strength: strengthOf({ encryption, anonymous, exported, aead, forwardSecret, bits, dhBits }),
  };
}

function strengthOf({
  encryption,
  anonymous,
  exported,
  aead,
  forwardSecret,
  bits,
  dhBits,
}: {
  encryption: string;
  anonymous: boolean;
  exported: boolean;
  aead: boolean;
  forwardSecret: boolean;
  bits: number | undefined;
  dhBits: number | undefined;
}): SuiteFacts['strength'] {
  const insecure = (why: string) => ({ word: 'Insecure', tone: 'fail', why }) as const;
  const weak = (why: string) => ({ word: 'Weak', tone: 'stale', why }) as const;
  if (/NULL/.test(encryption)) return insecure('does not encrypt');
  if (anonymous) return insecure('does not prove who the server is');
  if (exported) return insecure('export key, broken in minutes');
  if (bits === undefined) return { word: 'Not known', tone: 'unsure' };
  if (bits < 112) return insecure(`${bits}-bit key`);
  if (/RC4/.test(encryption)) return insecure('RC4 is forbidden (RFC 7465)');
  if (encryption.endsWith('_MD5')) return weak('MD5');
  if (dhBits !== undefined && dhBits < 1024) return insecure(`prime of ${dhBits} bits`);
  if (dhBits !== undefined && dhBits < 2048) return weak(`prime of ${dhBits} bits`);
  if (/3DES|IDEA|RC2/.test(encryption)) return weak('64-bit blocks (SWEET32)');
  if (!forwardSecret) return weak('no forward secrecy');
  if (!aead) return weak('CBC without AEAD');
  return { word: 'Strong', tone: 'pass' };
}

/** The key's length in bits; what counts for 3DES is 112 (NIST SP 800-57). */
function symmetricBits(encryption: string): number | undefined {
  if (/NULL/.test(encryption)) return 0;
  if (/3DES|DES_192_EDE3/.test(encryption)) return 112;
  if (/DES40|_40(_|$)|EXPORT40/.test(encryption)) return 40;
  if (/DES_64|(^|_)DES_CBC|DES_CBC_SHA$/.test(encryption)) return 56;
  if (/CHACHA20/.test(encryption)) return 256;
  const named = /(?:AES|CAMELLIA|ARIA|RC4|RC2)_(?:CBC_)?(\d{2,3})/.exec(encryption);
  if (named) return Number(named[1]);
  if (/IDEA|SEED|SM4|RC4/.test(encryption)) return 128;
  if (/MAGMA|KUZNYECHIK|GOST|28147/.test(encryption)) return 256;
  return undefined;
}
