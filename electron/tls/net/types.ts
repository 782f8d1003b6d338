import type { connect } from 'node:net';

/** Where every connection of one scan goes: one address, and the name to send there. */
export interface Target {
  readonly address: string;
  readonly port: number;
  readonly sni: string | null;
}

/** The next bytes, or how the connection ended. `limit`: the server sent more than the bound allows. */
export type ReadOutcome =
  | { readonly kind: 'data'; readonly bytes: Buffer }
  | { readonly kind: 'closed' | 'reset' | 'timeout' | 'limit' };

export interface Connection {
  /** Sends; what cannot be sent any more is dropped: the next read says how the connection ended. */
  write(bytes: Uint8Array): void;
  /**
   * The next bytes, or how the connection ended. Never rejects and never hangs: it waits `timeoutMs`
   * (the dialer's where absent) at most, and no longer than the whole connection may live. After
   * `timeout` the connection is still open unless its whole time is over.
   */
  read(timeoutMs?: number): Promise<ReadOutcome>;
  close(): void;
}

export type OpenOutcome =
  | { readonly kind: 'open'; readonly connection: Connection }
  | { readonly kind: 'refused' | 'unreachable' | 'timeout' | 'reset'; readonly why: string };

/** Connections to one address: so many at once, so long between two, and bounded in bytes and time. */
export interface Dialer {
  readonly target: Target;
  /**
   * Connects when it is its turn. The turn lasts until the connection is closed: close each one.
   * `port` differs from the target's only for the redirect of plain HTTP. Rejects with the signal's
   * reason where that aborts; connections that are open then read as `reset`.
   */
  open(options?: { readonly port?: number }): Promise<OpenOutcome>;
  readonly stats: {
    readonly connections: number;
    readonly bytesIn: number;
    readonly bytesOut: number;
  };
  /** The server seems to limit us: halves the connections at once and at least doubles the pause. */
  slowDown(): void;
  readonly signal: AbortSignal;
}

export interface DialerOptions {
  readonly target: Target;
  /** At once. */
  readonly maxConnections: number;
  /** Between the starts of two connections. */
  readonly pauseMs: number;
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  /** All reads of one connection together; four times `readTimeoutMs` where absent. */
  readonly connectionTimeoutMs?: number;
  /** Taken in by one connection. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  readonly connect?: typeof connect;
}
