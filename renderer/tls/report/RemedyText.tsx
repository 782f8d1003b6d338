import type { VulnerabilityId } from '../../../shared/model/tls/scan';

/** How to close a hole. */
export function RemedyText({ id }: { id: VulnerabilityId }) {
  return <p>{id}</p>;
}
