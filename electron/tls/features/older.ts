import { versionName } from '../../../shared/model/tls/offers';
import type { Finding, TlsFeatures, TlsVersion } from '../../../shared/model/tls/scan';
import {
  describeFailure,
  handshake,
  type Facts,
  type HandshakeOptions,
  type HandshakeOutcome,
  type Plan,
  type Session,
  type Ticket,
} from '../handshake';
import { http1 } from '../http';
import type { Dialer } from '../net/types';
import { extensionType } from '../wire/extensions';
import { seen, unknown, whyNot } from './finding';

/** What handshakes up to TLS 1.2 show: tried in the newest such version that the server offers. */
export interface OlderFeatures {
  readonly facts: Facts | null;
  readonly tickets: readonly Ticket[] | null;
  readonly ticketResumption: Finding;
  readonly sessionIdResumption: Finding;
  readonly clientRenegotiation: Finding;
}

/**
 * A full handshake (or `first`, where there is one already), then one for each way to resume. The last
 * session also tries a renegotiation, once.
 */
export async function probeOlder(
  dialer: Dialer,
  plan: Plan,
  first?: HandshakeOutcome,
): Promise<OlderFeatures> {
  const connect = (options: HandshakeOptions = {}) =>
    handshake(dialer, { ...plan, alpn: [http1], ...options });
  const full = first ?? (await connect());
  if (full.kind !== 'done') {
    const why = unknown(whyNot(full));
    return {
      facts: full.seen ?? null,
      tickets: null,
      ticketResumption: why,
      sessionIdResumption: why,
      clientRenegotiation: why,
    };
  }
  // One after the other, none open while the next begins: some servers serve one client at a time.
  const { session } = full;
  session.close();
  const ticket = session.resumption('ticket');
  // A server that gives tickets gives ids only to clients that take no tickets.
  const plain = ticket ? await connect({ offerTicket: false }) : full;
  closed(plain);
  const id = plain.kind === 'done' ? plain.session.resumption('session-id') : null;
  const byId = id ? await connect({ offerTicket: false, resume: id }) : null;
  if (ticket) closed(byId);
  const byTicket = ticket ? await connect({ resume: ticket }) : null;
  const last = byTicket ?? byId ?? (await connect());
  const clientRenegotiation =
    last.kind === 'done' ? await renegotiate(last.session) : unknown(whyNot(last));

  return {
    facts: session.facts,
    tickets: session.tickets,
    ticketResumption: ticket
      ? resumption(byTicket, session.facts.version)
      : seen(false, 'The server gives no tickets.'),
    sessionIdResumption:
      plain.kind !== 'done'
        ? unknown(whyNot(plain))
        : id
          ? resumption(byId, session.facts.version)
          : seen(false, 'The server gives no session ids.'),
    clientRenegotiation,
  };
}

function closed(outcome: HandshakeOutcome | null): void {
  if (outcome?.kind === 'done') outcome.session.close();
}

function resumption(outcome: HandshakeOutcome | null, version: TlsVersion): Finding {
  if (outcome?.kind === 'done')
    return seen(outcome.session.facts.resumed, `Tried in ${versionName(version)}.`);
  return unknown(outcome ? whyNot(outcome) : 'It was not tried.');
}

/** Alerts by which a server says that it does not renegotiate. */
const refusals: readonly number[] = [10, 40, 100];

async function renegotiate(session: Session): Promise<Finding> {
  const outcome = await session.renegotiate();
  session.close();
  if (outcome.kind === 'done') {
    return seen(true, 'A renegotiation was started once, and the server finished it.');
  }
  const why = `A renegotiation was tried. ${describeFailure(outcome)}`;
  const refused =
    outcome.kind === 'alert'
      ? refusals.includes(outcome.description)
      : outcome.kind === 'closed' || outcome.kind === 'reset';
  return refused ? seen(false, why) : unknown(why);
}

type OlderFinding =
  'sessionIdResumption' | 'extendedMasterSecret' | 'secureRenegotiation' | 'clientRenegotiation';

/** The findings that only versions up to TLS 1.2 have; where only TLS 1.3 is offered, what that means for each. */
export function olderFindings(
  older: OlderFeatures | null,
  only13: boolean,
): Pick<TlsFeatures, OlderFinding> {
  if (!older) {
    const none = unknown('No version of TLS 1.0 to 1.2 is known to ask in.');
    const builtIn = only13 ? seen(true, 'Only TLS 1.3 is offered, which has it built in.') : none;
    const gone = only13 ? seen(false, 'Only TLS 1.3 is offered, which does not have it.') : none;
    return {
      sessionIdResumption: gone,
      extendedMasterSecret: builtIn,
      secureRenegotiation: only13
        ? seen(true, 'Only TLS 1.3 is offered, which has no renegotiation.')
        : none,
      clientRenegotiation: gone,
    };
  }
  const { facts, sessionIdResumption, clientRenegotiation } = older;
  return {
    sessionIdResumption,
    // The ServerHello is enough for these, also where the handshake failed later.
    extendedMasterSecret: facts ? seen(facts.extendedMasterSecret) : sessionIdResumption,
    secureRenegotiation: facts
      ? seen(facts.extensions.has(extensionType.renegotiationInfo))
      : clientRenegotiation,
    clientRenegotiation,
  };
}
