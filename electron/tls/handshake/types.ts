import type { TlsVersion } from '../../../shared/model/tls/scan';
import type { Extension } from '../wire/extensions';
import type { SignatureCheck } from './crypto/signature';
import type { Failure } from './failure';
import type { PlainRecord, SealOptions } from './records/types';

export interface HandshakeOptions {
  /** Offers only this one, TLS 1.0 to 1.3; all four where absent, and the server takes its best. */
  readonly version?: TlsVersion;
  /** Code points as sent; all that this client can finish with where absent. */
  readonly suites?: readonly number[];
  /** The target's name where absent; null sends none. */
  readonly sni?: string | null;
  readonly alpn?: readonly string[];
  /** Offered groups; TLS 1.3 gets a share of the first two that this client knows. */
  readonly groups?: readonly number[];
  readonly signatureAlgorithms?: readonly number[];
  /** Appended to the hello as they are. */
  readonly extensions?: readonly Extension[];
  /** Methods as sent; a hello with more than null is for `until: 'hello'`. */
  readonly compression?: readonly number[];
  /** TLS 1.2 and below: asks for a session ticket (default), or not. */
  readonly offerTicket?: boolean;
  /** TLS 1.2 and below: a MAC over the ciphertext (RFC 7366); offered where absent. */
  readonly offerEncryptThenMac?: boolean;
  /** Tries to resume this session. */
  readonly resume?: Resumption;
  /** With `resume` in TLS 1.3: offers 0-RTT; where the server takes it, none is sent. */
  readonly earlyData?: boolean;
  /**
   * How far to go: `hello` ends with the ServerHello (TLS 1.3: with the EncryptedExtensions), `certificate`
   * when the server has sent its certificates and its request for ours. The default is `finished`.
   */
  readonly until?: 'hello' | 'certificate' | 'finished';
  /** The whole handshake; 10 s where absent. */
  readonly timeoutMs?: number;
}

/** How a handshake ended. What was seen up to a failure is in `seen`. */
export type HandshakeOutcome =
  | { readonly kind: 'done'; readonly session: Session }
  /** It went as far as `until` says; the connection is closed. */
  | { readonly kind: 'seen'; readonly seen: Facts }
  | (Failure & { readonly seen?: Facts })
  | { readonly kind: 'refused'; readonly why: string; readonly seen?: undefined }
  | { readonly kind: 'unreachable'; readonly why: string; readonly seen?: undefined };

/** What the server showed of itself. */
export interface Facts {
  readonly version: TlsVersion;
  readonly suite: number;
  /** Of the key exchange; null where it has none, or its own prime. */
  readonly group: number | null;
  readonly alpn: string | null;
  /** By type: of the ServerHello, and in TLS 1.3 of the EncryptedExtensions. */
  readonly extensions: ReadonlyMap<number, Buffer>;
  readonly compression: number;
  readonly sessionId: Buffer;
  /** DER, the server's own first; empty in a resumed or anonymous session. Nobody has judged them. */
  readonly chain: readonly Buffer[];
  /** DER of the OCSP answer that came along. */
  readonly staple: Buffer | null;
  /** The SignedCertificateTimestampList of the TLS extension (RFC 6962 section 3.3). */
  readonly scts: Buffer | null;
  /** The server asked for a client certificate, from these authorities (DER names). */
  readonly certificateRequest: { readonly authorities: readonly Buffer[] } | null;
  readonly resumed: boolean;
  /** The server's signature over the key exchange; absent where the handshake has none. */
  readonly signature: SignatureCheck | null;
  /** TLS 1.3: the scheme of that signature. */
  readonly signatureScheme: number | null;
  readonly helloRetried: boolean;
  readonly extendedMasterSecret: boolean;
  readonly encryptThenMac: boolean;
  readonly earlyDataAccepted: boolean;
}

/** Facts while they are gathered. */
export type FactsSoFar = { -readonly [K in keyof Facts]: Facts[K] };

/** A finished handshake. No method rejects or hangs; reading is bounded in bytes, records and time. */
export interface Session {
  readonly facts: Facts;
  /** Tickets that have come up to now. */
  readonly tickets: readonly Ticket[];
  /** What a later handshake needs to resume this session; null where the server gave nothing for it. */
  resumption(how?: 'ticket' | 'session-id'): Resumption | null;
  /** Sends application data. */
  send(bytes: Uint8Array): void;
  /** The next application data, or how the session ended; tickets and key updates are taken in between. */
  receive(timeoutMs?: number): Promise<Received>;
  /** The next record as it is, opened. */
  receiveRecord(timeoutMs?: number): Promise<({ readonly kind: 'record' } & PlainRecord) | Failure>;
  /** Sends a protected record of any type. */
  sendRecord(type: number, payload: Uint8Array, options?: SealOptions): void;
  /** The bytes of that record, not sent; it counts as sent for the sequence numbers. */
  encodeRecord(type: number, payload: Uint8Array, options?: SealOptions): Buffer;
  /** Sends bytes past the record layer. */
  write(bytes: Uint8Array): void;
  /** A handshake inside this session, as the client begins one; TLS 1.2 and below. */
  renegotiate(timeoutMs?: number): Promise<{ readonly kind: 'done' } | Failure>;
  /** Says goodbye and closes. */
  close(): void;
}

export type Received = { readonly kind: 'data'; readonly bytes: Buffer } | Failure;

export interface Ticket {
  readonly lifetimeSeconds: number;
  /** TLS 1.3: bytes of 0-RTT data that the server takes; 0 where none. */
  readonly maxEarlyData: number;
}

/** Keeps secrets of a session; it stays in this process. */
export type Resumption =
  | {
      readonly kind: 'psk';
      readonly suite: number;
      readonly key: Buffer;
      readonly identity: Buffer;
      readonly ageAdd: number;
      /** `performance.now()` when the ticket came. */
      readonly receivedAt: number;
    }
  | {
      readonly kind: 'ticket' | 'session-id';
      readonly version: TlsVersion;
      readonly suite: number;
      readonly masterSecret: Buffer;
      readonly extendedMasterSecret: boolean;
      /** The ticket, or the session id. */
      readonly identity: Buffer;
    };
