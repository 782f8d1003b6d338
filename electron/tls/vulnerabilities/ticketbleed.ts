import { randomBytes } from 'node:crypto';
import { handshake, type Resumption } from '../handshake';
import type { Dialer } from '../net/types';
import { buildClientHello } from '../wire/clientHello';
import { extensionType } from '../wire/extensions';
import { readServerFlight } from '../wire/serverFlight';
import { groups, signatureAlgorithms } from './clearHandshake';
import { finishTermsFor, unfinished } from './finish';
import { notVulnerable, unknown, vulnerable } from './outcome';
import type { Probe } from './types';
import { because } from './words';

type ResumptionByTicket = Extract<Resumption, { readonly masterSecret: Buffer }>;

/** One byte short of the longest, so that a faulty server adds just one byte of its memory. */
const idBytes = 31;
/** Behind one address there may be several servers, not all of which know the ticket. */
const attempts = 3;

/**
 * Ticketbleed (CVE-2016-9244): a faulty server that takes a ticket up again repeats 32 bytes of session
 * id however short the client's is. Whether the answer is too long is all that is looked at.
 */
export const ticketbleed: Probe = async (dialer, { protocols, features }) => {
  if (features?.sessionTickets.value === 'no') return notVulnerable('The server gives no tickets.');
  const terms = finishTermsFor(protocols);
  if (!('version' in terms)) {
    return terms.surelyNone
      ? notVulnerable('Nothing from TLS 1.0 to TLS 1.2 is offered that would give a ticket.')
      : unknown(terms.why);
  }
  const outcome = await handshake(dialer, { ...terms, offerTicket: true });
  if (outcome.kind !== 'done') return unknown(unfinished(outcome));
  outcome.session.close();
  const ticket = outcome.session.resumption('ticket');
  if (!ticket || ticket.kind !== 'ticket') return notVulnerable('The server gives no tickets.');

  let last = '';
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const answer = await resume(dialer, ticket);
    switch (answer) {
      case 'too-long':
        return vulnerable(
          `A session id of ${idBytes} bytes comes back with 32: the last one is from the server's memory.`,
        );
      case 'as-sent':
        return notVulnerable('A session id comes back as it was sent.');
      default:
        last = answer;
    }
  }
  if (features?.ticketResumption.value === 'no') {
    return notVulnerable('The server takes up none of its tickets.');
  }
  return unknown(`The server did not take its ticket up again${because(last)}.`);
};

async function resume(dialer: Dialer, ticket: ResumptionByTicket): Promise<string> {
  const opened = await dialer.open();
  if (opened.kind !== 'open') return opened.why;
  const { connection } = opened;
  const { version, suite, identity } = ticket;
  if (version === 'SSLv2') throw new Error('SSLv2 has no tickets');
  const sessionId = randomBytes(idBytes);
  const extended = { type: extensionType.extendedMasterSecret, data: Buffer.alloc(0) };
  connection.write(
    buildClientHello({
      version,
      suites: [suite],
      sni: dialer.target.sni,
      sessionId,
      // BoringSSL refuses a suite that it could not agree on anew before it looks at the ticket.
      groups,
      signatureAlgorithms,
      extensions: [
        { type: extensionType.sessionTicket, data: identity },
        ...(ticket.extendedMasterSecret ? [extended] : []),
      ],
    }),
  );
  const flight = await readServerFlight(connection, { until: 'hello' });
  connection.close();
  if (flight.kind !== 'hello') return `the second hello ended with ${flight.kind}`;
  const answered = flight.hello.sessionId;
  if (!answered.subarray(0, idBytes).equals(sessionId)) return 'another session id came back';
  return answered.length > idBytes ? 'too-long' : 'as-sent';
}
