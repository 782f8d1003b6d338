import type { RawHandshakeMessage } from '../wire/handshakeMessages';
import { encodeHandshake, handshakeType } from '../wire/handshakeMessages';
import { contentType } from '../wire/records';
import { readAlert, readOrEnd, type Channel } from './channel';
import type { Secrets12 } from './client12';
import type { Secrets13 } from './client13';
import { expandLabel, hashLength } from './crypto/keySchedule';
import { Ended, garbage, type Failure } from './failure';
import { readTicket13 } from './messages13';
import { open13, seal13 } from './records/tls13';
import type { Facts, Received, Resumption, Session, Ticket } from './types';

/** What the handshake of a version leaves behind, as the session needs it. */
export interface Keeper {
  readonly tickets: readonly Ticket[];
  resumption(how?: 'ticket' | 'session-id'): Resumption | null;
  /** Takes a handshake message that came after the handshake. @throws Ended */
  take(message: RawHandshakeMessage): void;
  renegotiate(): Promise<void>;
}

const defaultTimeoutMs = 5_000;

/** A session over a channel whose handshake is finished. */
export function createSession(channel: Channel, facts: Facts, keeper: Keeper): Session {
  /** After an end nothing is read any more. */
  let ended: Failure | undefined;

  async function guarded<T>(read: () => Promise<T>): Promise<T | Failure> {
    if (ended) return ended;
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
      // Silence is no end: what comes later can still be read.
      if (error.failure.kind !== 'timeout') ended = error.failure;
      return error.failure;
    }
  }

  async function nextData(): Promise<Received> {
    for (;;) {
      const { type, payload } = await channel.record();
      if (type === contentType.applicationData) {
        if (payload.length > 0) return { kind: 'data', bytes: payload };
      } else if (type === contentType.alert) {
        const alert = readAlert(payload);
        throw new Ended(alert.description === 0 ? { kind: 'closed' } : alert);
      } else if (type === contentType.handshake) {
        channel.take(payload);
        for (const message of channel.messages()) keeper.take(message);
      } else {
        throw garbage(`The server sent a record of type ${type}.`);
      }
    }
  }

  return {
    facts,
    get tickets() {
      return keeper.tickets;
    },
    resumption: (how) => keeper.resumption(how),
    send: (bytes) => channel.send(contentType.applicationData, bytes),
    receive(timeoutMs = defaultTimeoutMs) {
      channel.allow(timeoutMs);
      return guarded(nextData);
    },
    receiveRecord(timeoutMs = defaultTimeoutMs) {
      channel.allow(timeoutMs);
      return guarded(async () => ({ kind: 'record' as const, ...(await channel.record()) }));
    },
    sendRecord: (type, payload, options) => channel.send(type, payload, options),
    encodeRecord: (type, payload, options) => channel.encode(type, payload, options),
    write: (bytes) => channel.write(bytes),
    renegotiate(timeoutMs = defaultTimeoutMs) {
      channel.allow(timeoutMs);
      return guarded(async () => {
        await keeper.renegotiate();
        return { kind: 'done' as const };
      });
    },
    close() {
      const closeNotify = Uint8Array.of(1, 0);
      channel.send(contentType.alert, closeNotify);
      channel.close();
    },
  };
}

/** Keeps TLS 1.3's tickets and follows its key updates (RFC 8446 sections 4.6.1 and 4.6.3). */
export function keeper13(channel: Channel, secrets: Secrets13): Keeper {
  const { suite } = secrets;
  const { hash } = suite;
  const tickets: (Ticket & { readonly resumption: Resumption })[] = [];
  let { client, server } = secrets;
  const updated = (secret: Buffer) =>
    expandLabel(hash, secret, 'traffic upd', Buffer.alloc(0), hashLength(hash));

  return {
    tickets,
    resumption: (how) => (how === 'session-id' ? null : (tickets.at(-1)?.resumption ?? null)),
    take({ type, body }) {
      if (type === handshakeType.newSessionTicket) {
        const ticket = readOrEnd(() => readTicket13(body));
        const { nonce, identity, ageAdd } = ticket;
        const key = expandLabel(hash, secrets.resumption, 'resumption', nonce, hashLength(hash));
        const receivedAt = performance.now();
        const resumption = {
          kind: 'psk',
          suite: suite.id,
          key,
          identity,
          ageAdd,
          receivedAt,
        } as const;
        const { lifetimeSeconds, maxEarlyData } = ticket;
        tickets.push({ lifetimeSeconds, maxEarlyData, resumption });
      } else if (type === handshakeType.keyUpdate) {
        server = updated(server);
        channel.open(open13(suite, server));
        const asked = body[0] === 1;
        if (!asked) return;
        const answer = encodeHandshake({ type: handshakeType.keyUpdate, body: Buffer.alloc(1) });
        channel.send(contentType.handshake, answer);
        client = updated(client);
        channel.seal(seal13(suite, client));
      } else {
        throw garbage(`The server sent the message ${type} after the handshake.`);
      }
    },
    renegotiate: () =>
      Promise.reject(new Ended({ kind: 'cannot', why: 'TLS 1.3 has no renegotiation.' })),
  };
}

/** Keeps what resumes a session up to TLS 1.2; a server's wish to renegotiate is passed over. */
export function keeper12(
  facts: Facts,
  secrets: Secrets12,
  renegotiate: () => Promise<void>,
): Keeper {
  const { ticket, masterSecret, suite } = secrets;
  const common = {
    version: facts.version,
    suite: suite.id,
    masterSecret,
    extendedMasterSecret: facts.extendedMasterSecret,
  };
  const byTicket = ticket && ({ ...common, kind: 'ticket', identity: ticket.identity } as const);
  const byId =
    facts.sessionId.length > 0 && !(facts.resumed && ticket)
      ? ({ ...common, kind: 'session-id', identity: facts.sessionId } as const)
      : null;
  return {
    tickets: ticket ? [ticket] : [],
    resumption: (how) =>
      how === 'ticket' ? byTicket : how === 'session-id' ? byId : (byTicket ?? byId),
    take({ type }) {
      if (type !== handshakeType.helloRequest) {
        throw garbage(`The server sent the message ${type} after the handshake.`);
      }
    },
    renegotiate,
  };
}
