import type { TlsVersion } from '../../shared/model/tls/scan';
import type { Tone } from '../ui';

/** How a protocol version is called and judged by its name alone. */
export interface VersionLook {
  /** `TLS 1.2`. */
  readonly name: string;
  /** On a chip: `1.2`, `SSL 3`. */
  readonly short: string;
  readonly tone: Tone;
  /** What is to be said of a server that offers it: RFC 6176, 7568, 8996, 9325. */
  readonly judgement: string;
}

/** The six versions; what is dead is named so. */
export const versionLooks: Readonly<Record<TlsVersion, VersionLook>> = {
  'TLS1.3': { name: 'TLS 1.3', short: '1.3', tone: 'pass', judgement: 'current' },
  'TLS1.2': { name: 'TLS 1.2', short: '1.2', tone: 'pass', judgement: 'good with AEAD suites' },
  'TLS1.1': { name: 'TLS 1.1', short: '1.1', tone: 'stale', judgement: 'deprecated (RFC 8996)' },
  'TLS1.0': { name: 'TLS 1.0', short: '1.0', tone: 'stale', judgement: 'deprecated (RFC 8996)' },
  SSLv3: { name: 'SSL 3', short: 'SSL 3', tone: 'fail', judgement: 'broken (RFC 7568)' },
  SSLv2: { name: 'SSL 2', short: 'SSL 2', tone: 'fail', judgement: 'broken (RFC 6176)' },
};
