import { suiteInfo, type SuiteInfo } from '../../../shared/model/tls/registry';
import type { OfferedSuite, TlsVersion } from '../../../shared/model/tls/scan';
import type { Tone } from '../../ui';

/** What a suite is made of and what that is worth; undefined is what the registry does not know. */
export interface SuiteFacts {
  /** `ECDHE, RSA`; `ephemeral` in TLS 1.3, where the group is chosen apart. */
  readonly keyExchange: string;
  /** The group or prime that the server took, where it was seen. */
  readonly group: string | undefined;
  /** Whether a key that leaks later does not open what was recorded before. */
  readonly forwardSecret: boolean | undefined;
  readonly aead: boolean | undefined;
  readonly bits: number | undefined;
  readonly strength: { readonly word: string; readonly tone: Tone; readonly why?: string };
}

/** Reads a suite as it was offered in a version. */
export function suiteFacts({ id, dhBits, group }: OfferedSuite, version: TlsVersion): SuiteFacts {
  const info = suiteInfo(id);
  return {
    keyExchange: info ? exchangeWords(info) : 'not known',
    group: group ?? (dhBits === undefined ? undefined : `${dhBits} bits`),
    forwardSecret: info?.forwardSecret,
    aead: info?.aead,
    bits: info?.bits,
    strength: info ? strengthOf(info, version, dhBits) : { word: 'Not known', tone: 'unsure' },
  };
}

function exchangeWords({ keyExchange, authentication }: SuiteInfo): string {
  if (keyExchange === 'any') return 'ephemeral';
  if (keyExchange === authentication) return keyExchange;
  return `${keyExchange}, ${authentication === 'anon' ? 'anonymous' : authentication}`;
}

/** The hardest reason decides: RFC 7465, RFC 9325 section 4. */
function strengthOf(
  info: SuiteInfo,
  version: TlsVersion,
  dhBits: number | undefined,
): SuiteFacts['strength'] {
  const { authentication, cipher, bits, mac, aead, forwardSecret } = info;
  const insecure = (why: string) => ({ word: 'Insecure', tone: 'fail', why }) as const;
  const weak = (why: string) => ({ word: 'Weak', tone: 'stale', why }) as const;
  if (cipher === 'NULL') return insecure('does not encrypt');
  if (authentication === 'anon') return insecure('does not prove who the server is');
  if (info.export) return insecure('export key, broken in minutes');
  if (version === 'SSLv2') return insecure('SSL 2');
  if (bits < 112) return insecure(`${bits}-bit key`);
  if (cipher === 'RC4') return insecure('RC4 is forbidden (RFC 7465)');
  if (dhBits !== undefined && dhBits < 1024) return insecure(`prime of ${dhBits} bits`);
  if (dhBits !== undefined && dhBits < 2048) return weak(`prime of ${dhBits} bits`);
  if (mac === 'MD5') return weak('MD5');
  if (['3DES', 'IDEA', 'RC2', 'GOST28147'].includes(cipher)) return weak('64-bit blocks (SWEET32)');
  if (!forwardSecret) return weak('no forward secrecy');
  return aead ? { word: 'Strong', tone: 'pass' } : weak('no AEAD');
}
