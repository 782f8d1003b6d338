import type { Connection } from '../net/types';
import { DecodeError } from './bytes';
import {
  HandshakeReader,
  handshakeType,
  readHandshakeMessage,
  type HandshakeMessage,
} from './handshakeMessages';
import { RecordReader, contentType } from './records';
import { readServerHello, type ServerHello } from './serverHello';

/** What a server answers to a ClientHello; each failure is a finding of its own. */
export type Flight =
  | {
      readonly kind: 'hello';
      readonly hello: ServerHello;
      /** After the hello, in clear; empty for TLS 1.3 and where only the hello was asked for. */
      readonly messages: readonly HandshakeMessage[];
      /** How the flight broke off, where it did not come to its end. */
      readonly brokenOff?: string;
    }
  | { readonly kind: 'alert'; readonly level: number; readonly description: number }
  | { readonly kind: 'closed' | 'reset' | 'timeout' | 'limit' }
  | { readonly kind: 'garbage'; readonly why: string };

export interface FlightOptions {
  /** `hello`: no further than the ServerHello; `done`: to the ServerHelloDone, up to TLS 1.2. */
  readonly until: 'hello' | 'done';
  /** For the whole flight; the connection's own bounds where absent. */
  readonly timeoutMs?: number;
  /** Goes on with what was read before. */
  readonly records?: RecordReader;
}

/** More messages than any flight has. */
const maxMessages = 64;

/** Reads a server's answer to a ClientHello. Never rejects, and ends when the connection's bounds do. */
export async function readServerFlight(
  connection: Connection,
  options: FlightOptions,
): Promise<Flight> {
  const flight = new FlightReader(options.until, options.records);
  const deadline = performance.now() + (options.timeoutMs ?? Infinity);
  for (;;) {
    const result = flight.next();
    if (result) return result;
    const left = deadline - performance.now();
    const outcome = await connection.read(...(left === Infinity ? [] : [Math.max(1, left)]));
    if (outcome.kind !== 'data') return flight.endWith(outcome.kind);
    flight.push(outcome.bytes);
  }
}

/** A TLS alert's level (RFC 5246 section 7.2). */
const warning = 1;
const closeNotify = 0;

/** Reads a flight from the bytes as they come; without a socket, so that it can be fuzzed. */
export class FlightReader {
  readonly #until: FlightOptions['until'];
  readonly #records: RecordReader;
  readonly #handshake = new HandshakeReader();
  readonly #messages: HandshakeMessage[] = [];
  #hello: ServerHello | undefined;
  /** Such as `unrecognized_name`, after which some servers go on. */
  #warning: { level: number; description: number } | undefined;

  constructor(until: FlightOptions['until'], records = new RecordReader()) {
    this.#until = until;
    this.#records = records;
  }

  push(bytes: Buffer): void {
    this.#records.push(bytes);
  }

  /** The flight, when it is whole or cannot be; undefined while more is needed. */
  next(): Flight | undefined {
    try {
      for (;;) {
        const record = this.#records.next();
        if (!record) return undefined;
        if ('garbage' in record) return this.#broken({ kind: 'garbage', why: record.garbage });
        const flight = this.#take(record.type, record.payload);
        if (flight) return flight;
      }
    } catch (error) {
      if (error instanceof DecodeError)
        return this.#broken({ kind: 'garbage', why: error.message });
      throw error;
    }
  }

  /** The flight where no more bytes come. */
  endWith(kind: 'closed' | 'reset' | 'timeout' | 'limit'): Flight {
    // Who falls silent or floods us after a warning has refused nothing.
    const hungUp = kind === 'closed' || kind === 'reset';
    if (this.#warning && !this.#hello && hungUp) return { kind: 'alert', ...this.#warning };
    return this.#broken({ kind });
  }

  #take(type: number, payload: Buffer): Flight | undefined {
    switch (type) {
      case contentType.alert:
        return this.#takeAlert(payload);
      case contentType.handshake:
        this.#handshake.push(payload);
        return this.#takeMessages();
      default:
        return this.#broken({
          kind: 'garbage',
          why: `a record of type ${type} in the first flight`,
        });
    }
  }

  #takeAlert(payload: Buffer): Flight | undefined {
    const [level, description] = payload;
    if (level === undefined || description === undefined) throw new DecodeError('a short alert');
    if (level === warning && description !== closeNotify) {
      this.#warning ??= { level, description };
      return undefined;
    }
    return this.#broken({ kind: 'alert', level, description });
  }

  #takeMessages(): Flight | undefined {
    for (;;) {
      const raw = this.#handshake.next();
      if (!raw) return undefined;
      if (!this.#hello) {
        if (raw.type === handshakeType.helloRequest) continue;
        if (raw.type !== handshakeType.serverHello) {
          throw new DecodeError(`a handshake message of type ${raw.type} before the ServerHello`);
        }
        this.#hello = readServerHello(raw.body);
        if (this.#until === 'hello' || this.#hello.version === 'TLS1.3') return this.#whole();
        continue;
      }
      this.#messages.push(readHandshakeMessage(raw, this.#hello.version, this.#hello.suite));
      if (raw.type === handshakeType.serverHelloDone) return this.#whole();
      if (this.#messages.length > maxMessages) throw new DecodeError('too many messages');
    }
  }

  #whole(brokenOff?: string): Flight | undefined {
    if (!this.#hello) return undefined;
    const messages = this.#messages;
    return { kind: 'hello', hello: this.#hello, messages, ...(brokenOff && { brokenOff }) };
  }

  /** A server that has said hello has chosen, whatever comes after. */
  #broken(failure: Exclude<Flight, { kind: 'hello' }>): Flight {
    const why = failure.kind === 'garbage' ? failure.why : failure.kind;
    return this.#whole(why) ?? failure;
  }
}
