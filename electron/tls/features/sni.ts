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
  const ask = () => handshake(dialer, { ...plan, sni: null, until: 'certificate' });
  let outcome = await ask();
  // A connection that breaks off may have a reason of its own.
  if (outcome.kind === 'closed' || outcome.kind === 'reset') outcome = await ask();
  if (outcome.kind === 'seen') {
    const [without] = outcome.seen.chain;
    if (!without) return unknown('No certificate was seen without the name.');
    return { value: without.equals(withName) ? 'same' : 'other-certificate' };
  }
  if (outcome.kind === 'done') return unknown('The server sent no certificate.');
  const refused = outcome.kind === 'alert' || outcome.kind === 'closed' || outcome.kind === 'reset';
  return refused ? { value: 'refused', why: whyNot(outcome) } : unknown(whyNot(outcome));
}
