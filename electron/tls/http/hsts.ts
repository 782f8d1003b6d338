import type { HttpResult } from '../../../shared/model/tls/scan';
import type { HttpAnswer } from './answer';

type Hsts = HttpResult['hsts'];

/**
 * Strict-Transport-Security as a browser reads it (RFC 6797 sections 6.1 and 8.1): only the first header
 * counts, a directive given twice or a missing or bad max-age spoils it, and an age of 0 switches it off.
 */
export function readHsts(answer: HttpAnswer): Hsts {
  const headers = answer.headers.filter(([name]) => name === 'strict-transport-security');
  const header = headers[0]?.[1];
  if (header === undefined) {
    return { value: 'no', why: `The answer (${answer.status}) has no Strict-Transport-Security.` };
  }
  const shown = { header: header.slice(0, 1024) };
  const invalid = (why: string): Hsts => ({ value: 'no', why, ...shown });
  const directives = new Map<string, string | null>();
  for (const part of directivesOf(header)) {
    const match = /^([^\s=;"]+)\s*(?:=\s*(?:"([^"]*)"|([^\s";]*)))?$/.exec(part);
    if (!match) return invalid('The header cannot be read: browsers ignore it.');
    const name = (match[1] ?? '').toLowerCase();
    if (directives.has(name)) return invalid(`It has ${name} twice: browsers ignore it.`);
    directives.set(name, match[2] ?? match[3] ?? null);
  }
  const age = directives.get('max-age');
  if (age === undefined) return invalid('It has no max-age: browsers ignore it.');
  if (!/^\d{1,15}$/.test(age ?? ''))
    return invalid('Its max-age is no number: browsers ignore it.');
  const maxAgeSeconds = Number(age);
  const several = headers.length > 1 ? 'It comes more than once: browsers take the first.' : null;
  return {
    value: maxAgeSeconds > 0 ? 'yes' : 'no',
    ...(maxAgeSeconds === 0 && { why: 'Its max-age is 0: it switches HSTS off.' }),
    ...(maxAgeSeconds > 0 && several && { why: several }),
    ...shown,
    maxAgeSeconds,
    includeSubDomains: directives.has('includesubdomains'),
    preload: directives.has('preload'),
  };
}

/** Parts between semicolons that stand outside quotes; empty ones do not count. */
function directivesOf(header: string): string[] {
  const parts = header.match(/(?:"[^"]*"|[^;"]|")+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
