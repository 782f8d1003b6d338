import type { TlsFeatures } from '../../../shared/model/tls/scan';
import { handshake, type Plan } from '../handshake';
import { http1 } from '../http';
import type { Dialer } from '../net/types';
import { seen, unknown, whyNot } from './finding';

/** IANA "TLS ALPN Protocol IDs", 2026-08: those that run over TCP and TLS, HTTP first. */
const known = [
  'h2',
  http1,
  'http/1.0',
  'spdy/3',
  'spdy/2',
  'spdy/1',
  'acme-tls/1',
  'dot',
  'ftp',
  'imap',
  'pop3',
  'managesieve',
  'xmpp-client',
  'xmpp-server',
  'mqtt',
  'irc',
  'nntp',
  'postgresql',
  'stun.turn',
  'sip/2',
];
const noApplicationProtocol = 120;

/**
 * The protocols that the server takes, found by taking away from the list what it chose, so that each
 * costs one hello. `agreed` is what the main handshake, which offered HTTP/1.1 alone, came to.
 */
export async function probeAlpn(
  dialer: Dialer,
  plan: Plan,
  agreed: string | null,
): Promise<TlsFeatures['alpn']> {
  const found = new Set(agreed === null ? [] : [agreed]);
  let left = known.filter((name) => name !== http1);
  for (;;) {
    const outcome = await handshake(dialer, { ...plan, alpn: left, until: 'hello' });
    const refused = outcome.kind === 'alert' && outcome.description === noApplicationProtocol;
    if (outcome.kind !== 'seen' && !refused) {
      const why = outcome.kind === 'done' ? '' : whyNot(outcome);
      return {
        ...(found.size > 0 ? seen(true, `The list may be longer. ${why}`) : unknown(why)),
        protocols: ordered(found),
      };
    }
    const chosen = outcome.kind === 'seen' ? outcome.seen.alpn : null;
    // A server that chooses what was not offered would go on forever.
    if (chosen === null || !left.includes(chosen)) break;
    found.add(chosen);
    left = left.filter((name) => name !== chosen);
  }
  return { ...seen(found.size > 0), protocols: ordered(found) };
}

function ordered(found: ReadonlySet<string>): string[] {
  return known.filter((name) => found.has(name));
}
