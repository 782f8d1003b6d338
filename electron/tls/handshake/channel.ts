import type { Connection } from '../net/types';
import { DecodeError } from '../wire/bytes';
import {
  HandshakeReader,
  handshakeType,
  type RawHandshakeMessage,
} from '../wire/handshakeMessages';
import { contentType, encodeRecord, RecordReader } from '../wire/records';
import { Ended, garbage } from './failure';
import {
  recordHeader,
  type Opener,
  type PlainRecord,
  type Sealer,
  type SealOptions,
} from './records/types';

/** What a handshake waits for: a message, or the switch to encryption of TLS 1.2 and below. */
export type Step = RawHandshakeMessage | { readonly type: 'change-cipher-spec' };

/** Of one connection; a page may come in many small records. */
const maxRecords = 8192;
/** Of one handshake: far more than any chain with its list of authorities needs. */
const maxHandshakeBytes = 512 * 1024;
const maxMessages = 64;
/** RFC 5246 section 7.2: level 1 is a warning. */
const warning = 1;
/** Warnings after which a server goes on: user_canceled, and unrecognized_name of old servers. */
const harmlessWarnings: readonly number[] = [90, 112];
const maxPlaintext = 2 ** 14;

/** Records and handshake messages over a connection, in clear or protected; bounded in number, bytes and time. */
export class Channel {
  /** In the header of records that go in clear. */
  recordVersion = 0x0301;
  /** TLS 1.3: change_cipher_spec means nothing, and unprotected data after the hello is an error. */
  modern = false;
  readonly #connection: Connection;
  readonly #records = new RecordReader();
  readonly #handshake = new HandshakeReader();
  #sealer: Sealer | null = null;
  #opener: Opener | null = null;
  #deadline = 0;
  #recordCount = 0;
  #handshakeBytes = 0;
  /** Of those, not yet read as a message. */
  #pendingBytes = 0;
  #messages = 0;

  constructor(connection: Connection, timeoutMs: number) {
    this.#connection = connection;
    this.allow(timeoutMs);
  }

  /** From now on so long, for all reads together; and the counts of a handshake begin anew. */
  allow(timeoutMs: number): void {
    this.#deadline = performance.now() + timeoutMs;
    this.#handshakeBytes = 0;
    this.#messages = 0;
  }

  close(): void {
    this.#connection.close();
  }

  /** From now on what is sent is protected so. */
  seal(sealer: Sealer): void {
    this.#sealer = sealer;
  }

  /**
   * From now on what comes is protected so.
   * @throws Ended where a message began under the old keys (RFC 8446 section 5.1)
   */
  open(opener: Opener): void {
    if (this.#pendingBytes > 0) throw garbage('A handshake message goes over a change of keys.');
    this.#opener = opener;
  }

  /** Sends the payload as it is, or protected where keys are in force, in as many records as it needs. */
  send(type: number, payload: Uint8Array, options?: SealOptions): void {
    this.#connection.write(this.encode(type, payload, options));
  }

  /** What `send` would send. It counts as sent: send it, or the sequence numbers are off. */
  encode(type: number, payload: Uint8Array, options?: SealOptions): Buffer {
    if (!this.#sealer) return encodeRecord(type, this.recordVersion, payload);
    const records: Buffer[] = [];
    for (let at = 0; at === 0 || at < payload.length; at += maxPlaintext) {
      records.push(this.#sealer.seal(type, payload.subarray(at, at + maxPlaintext), options));
    }
    return Buffer.concat(records);
  }

  /** Sends bytes past the record layer. */
  write(bytes: Uint8Array): void {
    this.#connection.write(bytes);
  }

  /** The next record, opened. @throws Ended where none comes, or it does not verify */
  async record(): Promise<PlainRecord> {
    for (;;) {
      const record = this.#records.next();
      if (!record) {
        await this.#fill();
        continue;
      }
      if ('garbage' in record) throw garbage(`The server sent ${record.garbage}.`);
      this.#recordCount += 1;
      if (this.#recordCount > maxRecords) throw new Ended({ kind: 'limit' });
      const { type, version, payload } = record;
      if (this.modern && type === contentType.changeCipherSpec) continue;
      // A server may refuse our first protected flight before it has keys itself.
      const clear = this.modern && type === contentType.alert && payload.length === 2;
      if (!this.#opener || clear) return record;
      const opened = this.#opener.open(recordHeader(type, version, payload.length), payload);
      if (!opened) throw garbage('A record of the server does not verify.');
      return opened;
    }
  }

  /** The next handshake message or change of keys. @throws Ended on alerts, other data, or past the bounds */
  async step(): Promise<Step> {
    for (;;) {
      const message = this.#nextMessage();
      // A server's wish to begin anew is passed over in a handshake (RFC 5246 section 7.4.1.1).
      if (message?.type === handshakeType.helloRequest && !this.modern) continue;
      if (message) return message;
      const { type, payload } = await this.record();
      switch (type) {
        case contentType.handshake:
          this.take(payload);
          break;
        case contentType.changeCipherSpec:
          return { type: 'change-cipher-spec' };
        case contentType.alert: {
          const alert = readAlert(payload);
          if (!(alert.level === warning && harmlessWarnings.includes(alert.description))) {
            throw new Ended(alert);
          }
          break;
        }
        default:
          // Answers that were under way when a renegotiation began.
          if (type !== contentType.applicationData || this.modern) {
            throw garbage(`The server sent a record of type ${type} in the handshake.`);
          }
      }
    }
  }

  /** Puts the payload of a handshake record with what came before. @throws Ended past the bounds */
  take(payload: Buffer): void {
    this.#handshakeBytes += payload.length;
    if (this.#handshakeBytes > maxHandshakeBytes) throw new Ended({ kind: 'limit' });
    this.#pendingBytes += payload.length;
    this.#handshake.push(payload);
  }

  /** Messages that are there already, where records are read one by one. @throws Ended past the bounds */
  messages(): RawHandshakeMessage[] {
    const messages: RawHandshakeMessage[] = [];
    for (let next = this.#nextMessage(); next; next = this.#nextMessage()) messages.push(next);
    return messages;
  }

  #nextMessage(): RawHandshakeMessage | undefined {
    const message = readOrEnd(() => this.#handshake.next());
    if (!message) return undefined;
    this.#pendingBytes -= 4 + message.body.length;
    this.#messages += 1;
    if (this.#messages > maxMessages) throw new Ended({ kind: 'limit' });
    return message;
  }

  async #fill(): Promise<void> {
    const left = this.#deadline - performance.now();
    if (left <= 0) throw new Ended({ kind: 'timeout' });
    const outcome = await this.#connection.read(left);
    if (outcome.kind !== 'data') throw new Ended(outcome);
    this.#records.push(outcome.bytes);
  }
}

/** The alert in a record. @throws Ended where it is none */
export function readAlert(payload: Buffer) {
  const [level, description] = payload;
  if (payload.length !== 2 || level === undefined || description === undefined) {
    throw garbage('The server sent an alert of a wrong length.');
  }
  return { kind: 'alert', level, description } as const;
}

/** What the function reads. @throws Ended with `garbage` where the bytes are no such message */
export function readOrEnd<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw garbage(`A message of the server cannot be read: ${error.message}.`);
  }
}
