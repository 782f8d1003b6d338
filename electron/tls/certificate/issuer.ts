import { issuedBy } from './chainOrder';
import type { RootStore } from './roots';
import type { X509 } from './x509';

/** The certificate that issued another: one that was sent, else a root of a store; nothing where none is known. */
export function issuerOf(
  certificate: X509,
  sent: readonly X509[],
  stores: readonly RootStore[],
): X509 | undefined {
  const roots = stores.flatMap((store) =>
    store.kind === 'roots' ? (store.bySubject.get(certificate.issuer.key) ?? []) : [],
  );
  return [...sent, ...roots].find(
    (candidate) =>
      candidate.sha256 !== certificate.sha256 && issuedBy(certificate, candidate) === 'valid',
  );
}
