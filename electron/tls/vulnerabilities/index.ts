import {
  vulnerabilityIds,
  type Vulnerability,
  type VulnerabilityId,
} from '../../../shared/model/tls/scan';
import type { Dialer } from '../net/types';
import { beast } from './beast';
import { breach } from './breach';
import { ccsInjection } from './ccsInjection';
import { clientRenegotiation } from './clientRenegotiation';
import { crime } from './crime';
import { drown } from './drown';
import { fallbackScsv } from './fallbackScsv';
import { freak } from './freak';
import { grease } from './grease';
import { heartbleed } from './heartbleed';
import { insecureRenegotiation } from './insecureRenegotiation';
import { logjam } from './logjam';
import { lucky13 } from './lucky13';
import { poodleSsl } from './poodleSsl';
import { poodleTls } from './poodleTls';
import { rc4 } from './rc4';
import { robot } from './robot';
import { sweet32 } from './sweet32';
import { ticketbleed } from './ticketbleed';
import type { Evidence, Probe, Rule } from './types';
import { winshock } from './winshock';

/**
 * Every vulnerability of the list, in its order: what is in `skip` is `not-tested`. What does not follow
 * from the evidence is asked over the dialer's connections, all harmless. Rejects only where the
 * dialer's signal aborts.
 */
export async function probeVulnerabilities(
  dialer: Dialer,
  { skip, ...evidence }: Evidence & { readonly skip: readonly VulnerabilityId[] },
): Promise<Vulnerability[]> {
  const found = await Promise.all(
    vulnerabilityIds.map(async (id): Promise<Vulnerability> => {
      if (skip.includes(id)) return switchedOff(id);
      return { id, ...(await probes[id](dialer, evidence)) };
    }),
  );
  // Connections that the cancellation cut off look like a server's doing.
  dialer.signal.throwIfAborted();
  return found;
}

/** The list where there was no time to ask. */
export function vulnerabilitiesUnknown(
  why: string,
  skip: readonly VulnerabilityId[],
): Vulnerability[] {
  return vulnerabilityIds.map((id) =>
    skip.includes(id) ? switchedOff(id) : { id, verdict: 'unknown', why },
  );
}

function switchedOff(id: VulnerabilityId): Vulnerability {
  return { id, verdict: 'not-tested', why: 'Switched off.' };
}

const probes: Readonly<Record<VulnerabilityId, Probe>> = {
  heartbleed,
  'ccs-injection': ccsInjection,
  ticketbleed,
  robot,
  'insecure-renegotiation': follows(insecureRenegotiation),
  'client-renegotiation': follows(clientRenegotiation),
  crime: follows(crime),
  breach: follows(breach),
  'poodle-ssl': follows(poodleSsl),
  'poodle-tls': poodleTls,
  'fallback-scsv': follows(fallbackScsv),
  sweet32: follows(sweet32),
  freak: follows(freak),
  logjam: follows(logjam),
  drown: follows(drown),
  beast: follows(beast),
  lucky13: follows(lucky13),
  rc4: follows(rc4),
  winshock: follows(winshock),
  grease: follows(grease),
};

/** A rule as a probe that needs no connection. */
function follows(rule: Rule): Probe {
  return (_dialer, evidence) => Promise.resolve(rule(evidence));
}
