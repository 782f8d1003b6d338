import type { Finding, TlsFeatures } from '../../../shared/model/tls/scan';
import type { Ticket } from '../handshake';
import { seen, unknown } from './finding';
import type { MainHandshake, PskAttempt } from './mainHandshake';
import type { OlderFeatures } from './older';

/** What tickets were given, and what came of resuming with them, in TLS 1.3 and in older versions. */
export function ticketFeatures(
  main: MainHandshake,
  psk: PskAttempt | null,
  older: OlderFeatures | null,
): Pick<TlsFeatures, 'sessionTickets' | 'ticketResumption' | 'earlyData'> {
  const why = unknown(main.failure ?? 'The server was not asked in a version that has it.');
  const modern = main.failure === null && main.facts?.version === 'TLS1.3';
  const tickets: readonly Ticket[] = [...(modern ? main.tickets : []), ...(older?.tickets ?? [])];
  const lifetimeSeconds = Math.max(0, ...tickets.map((ticket) => ticket.lifetimeSeconds));
  const maxBytes = Math.max(0, ...tickets.map((ticket) => ticket.maxEarlyData));
  const complete = (psk === null || modern) && (older === null || older.tickets !== null);
  const sessionTickets =
    tickets.length > 0
      ? { ...seen(true), ...(lifetimeSeconds > 0 && { lifetimeSeconds }) }
      : complete && main.failure === null
        ? seen(false)
        : why;
  return {
    sessionTickets,
    ticketResumption: eitherResumption(psk, older?.ticketResumption ?? null) ?? why,
    earlyData:
      maxBytes > 0
        ? {
            ...seen(
              true,
              psk?.earlyDataAccepted
                ? 'Its tickets allow it, and it accepted the offer.'
                : 'Its tickets allow it; the offer was not accepted when it was tried.',
            ),
            maxBytes,
          }
        : modern
          ? seen(false)
          : psk === null && main.failure === null
            ? seen(false, 'TLS 1.3 is not offered, which alone has it.')
            : why,
  };
}

/** One that worked is enough; two that did not are needed for a "no". */
function eitherResumption(psk: PskAttempt | null, older: Finding | null): Finding | null {
  const modern: Finding | null =
    psk &&
    (psk.resumed === null
      ? unknown(`TLS 1.3: ${psk.why ?? ''}`)
      : seen(psk.resumed, psk.why ?? 'Tried in TLS 1.3, with a PSK.'));
  const both = [modern, older].filter((one) => one !== null);
  const worked = both.filter(({ value }) => value === 'yes');
  if (worked.length > 0) {
    return seen(true, worked.flatMap(({ why }) => why ?? []).join(' '));
  }
  return both.find(({ value }) => value === 'unknown') ?? both[0] ?? null;
}
