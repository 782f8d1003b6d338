import type { TlsVersion } from '../../../shared/model/tls/scan';

/** `TLS 1.2` for `TLS1.2`. */
export function nameOf(version: TlsVersion): string {
  return version.replace('TLS1', 'TLS 1');
}

/** Reasons as one sentence: `A; b.` */
export function sentence(reasons: readonly string[]): string {
  const text = reasons.map(withoutStop).join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** A reason to end a sentence with, `: the reason`, or nothing. */
export function because(why: string | undefined): string {
  return why === undefined || why === '' ? '' : `: ${withoutStop(why)}`;
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}
