import type { TlsVersion } from '../../../shared/model/tls/scan';

/** As they stand in hellos (RFC 8446 section 4.1.2 and its predecessors). */
export const versionCode: Readonly<Record<TlsVersion, number>> = {
  SSLv2: 0x0002,
  SSLv3: 0x0300,
  'TLS1.0': 0x0301,
  'TLS1.1': 0x0302,
  'TLS1.2': 0x0303,
  'TLS1.3': 0x0304,
};

/** The version with that code; undefined for what is none. */
export function versionOf(code: number): TlsVersion | undefined {
  const versions = Object.keys(versionCode) as TlsVersion[];
  return versions.find((version) => versionCode[version] === code);
}
