/**
 * Certificates: what a server presents, and what there is to say of it. Nothing here throws on foreign
 * bytes; what cannot be known is `cannot-tell` or `unknown`, never a pass and never a fail.
 *
 * In a scan: `collectChains` asks the server for its chains, `readChains` judges them against the stores
 * of `loadRootStores` (read once for many endpoints), and `readCaa` asks DNS. Only where revocation over the
 * network is switched on, `readChains` gets a `createHttpFetch`.
 */
export { readCaa, type CaaResolver } from './caa';
export { collectChains } from './collect';
export { createHttpFetch } from './httpFetch';
export { readChains, type ReadChains } from './readChains';
export { loadRootStores, rootStore, type RootStore } from './roots';
export type { HttpFetch } from './revocation';
