import type { Finding } from '../../../shared/model/tls/scan';
import { describeFailure, type HandshakeOutcome } from '../handshake';

export function unknown(why: string): { readonly value: 'unknown'; readonly why: string } {
  return { value: 'unknown', why };
}

/** `yes` or `no` for what was surely seen, with why where words help. */
export function seen(there: boolean, why?: string): Finding {
  return { value: there ? 'yes' : 'no', ...(why !== undefined && { why }) };
}

/** Why a handshake brought no session, in a sentence. */
export function whyNot(outcome: Exclude<HandshakeOutcome, { kind: 'done' }>): string {
  if (outcome.kind === 'seen') return 'The handshake was not finished.';
  if (outcome.kind === 'refused' || outcome.kind === 'unreachable') return outcome.why;
  const why = describeFailure(outcome);
  const wanted = outcome.seen?.certificateRequest && outcome.kind !== 'timeout';
  return wanted ? `The server wants a client certificate. ${why}` : why;
}
