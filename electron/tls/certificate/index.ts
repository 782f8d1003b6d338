/**
 * Certificates: reading X.509, judging chains, and asking who else knows of them. What reads never
 * throws on foreign bytes; what cannot be known is `cannot-tell` or `unknown`, never a pass or a fail.
 */
export { collectChains } from './collect';
export { readCaa, type CaaResolver } from './caa';
export { describeCertificate } from './describe';
export { matchHost } from './hostname';
export { createHttpFetch, type HttpFetchOptions } from './httpFetch';
export { readPemCertificates } from './pem';
export type { CollectedChains, RawChain } from './rawChain';
export { readChains, type ReadChains } from './readChains';
export type { HttpFetch } from './revocation';
export { loadRootStores, rootStore, type RootSources, type RootStore } from './roots';
export { judgeValidity } from './validity';
export { readCertificate, type ReadCertificate, type X509 } from './x509';
