/** How a handshake or a read ended, where it did not end well. Each is another finding; none is a "no". */
export type Failure =
  | { readonly kind: 'alert'; readonly level: number; readonly description: number }
  | { readonly kind: 'closed' | 'reset' | 'timeout' | 'limit' }
  /** The peer broke the protocol, or what it sent does not verify. */
  | { readonly kind: 'garbage'; readonly why: string }
  /** This client, or the runtime's cryptography, cannot go on. */
  | { readonly kind: 'cannot'; readonly why: string };

/** Carries a failure from where it is seen to the function that was called; never leaves this folder. */
export class Ended extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.kind);
    this.failure = failure;
  }
}

export function garbage(why: string): Ended {
  return new Ended({ kind: 'garbage', why });
}

export function cannot(why: string): Ended {
  return new Ended({ kind: 'cannot', why });
}

/** A sentence for a person. */
export function describeFailure(failure: Failure): string {
  if ('why' in failure) return failure.why;
  if (failure.kind !== 'alert') return ends[failure.kind];
  const name = alertNames.get(failure.description) ?? failure.description;
  return `The server answered with the alert ${name}.`;
}

const ends = {
  closed: 'The server closed the connection.',
  reset: 'The server reset the connection.',
  timeout: 'The server did not answer in time.',
  limit: 'The server sent more than this scanner reads.',
} as const;

/** IANA "TLS Alerts", as of 2026-08; those that a handshake ends with. */
const alertNames: ReadonlyMap<number, string> = new Map([
  [0, 'close_notify'],
  [10, 'unexpected_message'],
  [20, 'bad_record_mac'],
  [22, 'record_overflow'],
  [40, 'handshake_failure'],
  [42, 'bad_certificate'],
  [43, 'unsupported_certificate'],
  [46, 'certificate_unknown'],
  [47, 'illegal_parameter'],
  [48, 'unknown_ca'],
  [49, 'access_denied'],
  [50, 'decode_error'],
  [51, 'decrypt_error'],
  [70, 'protocol_version'],
  [71, 'insufficient_security'],
  [80, 'internal_error'],
  [86, 'inappropriate_fallback'],
  [90, 'user_canceled'],
  [100, 'no_renegotiation'],
  [109, 'missing_extension'],
  [110, 'unsupported_extension'],
  [112, 'unrecognized_name'],
  [116, 'certificate_required'],
  [120, 'no_application_protocol'],
]);
