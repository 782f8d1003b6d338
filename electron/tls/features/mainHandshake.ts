import type { ProtocolResult } from '../../../shared/model/tls/scan';
import {
  handshake,
  handshakeBest,
  type Facts,
  type HandshakeOutcome,
  type Plan,
  type Resumption,
  type Session,
  type Ticket,
} from '../handshake';
import { http1, type GetOutcome } from '../http';
import { get, hostHeader } from '../http/get';
import type { Dialer } from '../net/types';
import { heartbeat } from './helloProbes';
import { whyNot } from './finding';

/** The one full handshake in the best version, and one page asked for in it: most features show here. */
export interface MainHandshake {
  /** What was seen, also where the handshake failed on the way. */
  readonly facts: Facts | null;
  /** Why there is no session. */
  readonly failure: string | null;
  readonly outcome: HandshakeOutcome;
  readonly asked: GetOutcome | null;
  readonly tickets: readonly Ticket[];
  readonly resumption: (how?: 'ticket' | 'session-id') => Resumption | null;
}

/** Rejects only where the dialer's signal aborts. */
export async function runMain(
  dialer: Dialer,
  protocols: readonly ProtocolResult[],
  host: string,
): Promise<MainHandshake> {
  const options = { alpn: [http1], extensions: [heartbeat] };
  const outcome = await handshakeBest(dialer, protocols, options);
  const none = { asked: null, tickets: [], resumption: () => null };
  if (outcome.kind === 'seen') return { ...none, facts: outcome.seen, failure: null, outcome };
  if (outcome.kind !== 'done') {
    return { ...none, facts: outcome.seen ?? null, failure: whyNot(outcome), outcome };
  }
  const { session } = outcome;
  // TLS 1.3 tickets come with or before the answer.
  const asked = await get(session, hostHeader(host, dialer.target.port, 443));
  session.close();
  const { facts, tickets } = session;
  const resumption: Session['resumption'] = (how) => session.resumption(how);
  return { facts, failure: null, outcome, asked, tickets, resumption };
}

/** What became of an attempt to resume a TLS 1.3 session, with 0-RTT offered where its ticket allows it. */
export interface PskAttempt {
  readonly resumed: boolean | null;
  readonly earlyDataAccepted: boolean;
  readonly why?: string;
}

export async function resumeByPsk(
  dialer: Dialer,
  plan: Plan,
  main: MainHandshake,
): Promise<PskAttempt> {
  const resume = main.resumption();
  if (resume?.kind !== 'psk') {
    // Tickets come with the answer at the latest: where there was one, there are none.
    const answered = main.asked?.kind === 'answer' || main.asked?.kind === 'other';
    const why = main.failure ?? 'The server gave no ticket.';
    return { resumed: answered ? false : null, earlyDataAccepted: false, why };
  }
  const earlyData = main.tickets.some((ticket) => ticket.maxEarlyData > 0);
  const outcome = await handshake(dialer, {
    ...plan,
    alpn: [http1],
    resume,
    earlyData,
  });
  if (outcome.kind !== 'done') {
    return { resumed: null, earlyDataAccepted: false, why: whyNot(outcome) };
  }
  outcome.session.close();
  const { resumed, earlyDataAccepted } = outcome.session.facts;
  return { resumed, earlyDataAccepted };
}
