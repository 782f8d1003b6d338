import type { TlsVersion } from '../../../shared/model/tls/scan';

/** A chain as a server sent it in one handshake. */
export interface RawChain {
  readonly sni: 'with' | 'without';
  readonly version: TlsVersion;
  /** DER, the server's own first. */
  readonly chain: readonly Buffer[];
  /** DER of the OCSP answer that came with it. */
  readonly staple?: Buffer | undefined;
  /** A SignedCertificateTimestampList that came in the TLS extension. */
  readonly scts?: Buffer | undefined;
}

/** What `collectChains` brought, and in a sentence each what it could not get. */
export interface CollectedChains {
  readonly chains: readonly RawChain[];
  readonly missing: readonly string[];
}
