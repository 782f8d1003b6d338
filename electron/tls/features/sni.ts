import type { TlsFeatures } from '../../../shared/model/tls/scan';
import { handshake, type Facts, type Plan } from '../handshake';
import type { Dialer } from '../net/types';
import { unknown, whyNot } from './finding';

/** What changes where the client names no host: against the certificate that came with the name. */
export async function probeSni(
  dialer: Dialer,
  plan: Plan,
  named: Facts | null,
): Promise<TlsFeatures['sni']> {
  if (!dialer.target.sni) return unknown('No name is sent to this endpoint.');
  const [withName] = named?.chain ?? [];
  if (!withName) return unknown('No certificate was seen with the name.');
  const outcome = await handshake(dialer, { ...plan, sni: null, until: 'certificate' });
  switch (outcome.kind) {
    case 'seen': {
      const [without] = outcome.seen.chain;
      if (!without) return unknown('No certificate was seen without the name.');
      return { value: without.equals(withName) ? 'same' : 'other-certificate' };
    }
    case 'alert':
    case 'closed':
    case 'reset':
      return { value: 'refused', why: whyNot(outcome) };
    case 'done':
      return unknown('The server sent no certificate.');
    default:
      return unknown(whyNot(outcome));
  }
}
