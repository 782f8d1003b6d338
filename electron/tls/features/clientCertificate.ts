import type { TlsFeatures } from '../../../shared/model/tls/scan';
import { DerError, readDer } from '../certificate/der';
import { readName } from '../certificate/distinguishedName';
import { describeFailure } from '../handshake';
import { wantsCertificate } from '../http';
import type { MainHandshake } from './mainHandshake';
import { unknown } from './finding';

type ClientCertificate = TlsFeatures['clientCertificate'];

/** Alerts for a missing certificate: bad_certificate, handshake_failure, and their kin up to certificate_required. */
const missing: readonly number[] = [40, 41, 42, 43, 46, 48, 49, 80, 116];

/**
 * Whether the server asks for a client certificate, and what becomes of a client without one: no
 * handshake (`required`), a refusal by HTTP (`required-by-http`), or nothing (`requested`).
 */
export function judgeClientCertificate(main: MainHandshake): ClientCertificate {
  const { facts, outcome, asked } = main;
  if (!facts) return { ...unknown(main.failure ?? 'No handshake was finished.'), authorities: [] };
  const request = facts.certificateRequest;
  if (!request) {
    return outcome.kind === 'done'
      ? { value: 'none', authorities: [] }
      : { ...unknown(main.failure ?? ''), authorities: [] };
  }
  const authorities = request.authorities.map(nameOf);
  const said = (value: ClientCertificate['value'], why: string) => ({ value, why, authorities });
  const end = outcome.kind === 'done' ? asked : outcome;
  if (end?.kind === 'answer') {
    const { status } = end.answer;
    return wantsCertificate(end.answer)
      ? said('required-by-http', `Without one it answers ${status}, and says that it is missing.`)
      : said('requested', `Without one it answers ${status}.`);
  }
  if (end?.kind === 'other') return said('requested', 'Without one it still answers, not in HTTP.');
  if (end?.kind === 'alert' && missing.includes(end.description)) {
    return said('required', describeFailure(end));
  }
  if (outcome.kind === 'closed' || outcome.kind === 'reset') {
    return said('required', `Without one there is no connection: ${describeFailure(outcome)}`);
  }
  return said('unknown', 'It asks for one; what becomes of a client without one did not show.');
}

/** Names that cannot be read are shown as bytes. */
function nameOf(der: Buffer): string {
  try {
    return readName(readDer(der)).text;
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return `unreadable: ${der.subarray(0, 64).toString('hex')}`;
  }
}
