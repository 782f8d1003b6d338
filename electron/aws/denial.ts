/** What AWS's "is not authorized" message says. */
export interface Denial {
  readonly permission?: string;
  /** Who was denied: an ARN. */
  readonly principal?: string;
  /** Which policy is the reason, in words: `a service control policy forbids it`. */
  readonly reason?: string;
}

/**
 * Takes apart AWS's access-denied message: "User: ARN is not authorized to perform: ACTION on
 * resource: ARN because no identity-based policy allows the ACTION action" and its kin.
 * Source: IAM user guide, "Troubleshoot access denied error messages".
 */
export function parseDenial(message: string): Denial {
  const permission = /not authorized to perform:?\s+([\w-]+:[\w*]+)/i.exec(message)?.[1];
  const principal = /\bUser:\s*(arn:\S+)/.exec(message)?.[1];
  const explicit = /explicit deny in an?\s+([\w\s-]+?policy|permissions boundary)/i.exec(
    message,
  )?.[1];
  const missing = /because no\s+([\w\s-]+?(?:policy|permissions boundary|boundary))\s+allows/i.exec(
    message,
  )?.[1];
  const reason = explicit
    ? `an explicit deny in ${article(explicit)} forbids it`
    : /explicit deny/i.test(message)
      ? 'an explicit deny forbids it'
      : missing
        ? `no ${missing.toLowerCase()} allows it`
        : undefined;
  return {
    ...(permission === undefined ? {} : { permission }),
    ...(principal === undefined ? {} : { principal }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function article(noun: string): string {
  const words = noun.toLowerCase();
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
}
