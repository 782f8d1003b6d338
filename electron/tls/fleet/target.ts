import { isIP, isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';

/** Host and port as they are used; `port` is undefined where none was named. */
export interface ParsedTarget {
  readonly host: string;
  readonly port: number | undefined;
}

/** Why a text names no endpoint: a sentence for the operator. */
export interface TargetProblem {
  readonly problem: string;
}

/**
 * Reads `host`, `host:port`, `https://host:port/path`, an IPv4 or IPv6 address, `[IPv6]:port`. The
 * host comes back as parseHost gives it.
 */
export function parseTarget(text: string): ParsedTarget | TargetProblem {
  const trimmed = text.trim();
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(trimmed);
  if (scheme && scheme[1]?.toLowerCase() !== 'https') {
    return {
      problem: `“${shown(trimmed)}” is no https address. Write https:// or the host alone.`,
    };
  }
  // Behind the host: path, query, fragment; before it: a user's name, which nobody needs here.
  const authority = trimmed
    .slice(scheme?.[0].length ?? 0)
    .split(/[/?#]/, 1)[0]!
    .replace(/^.*@/, '');
  const { host, port } = splitPort(authority);
  const parsed = parseHost(host);
  if ('problem' in parsed) return parsed;
  if (port === undefined) return { host: parsed.host, port: undefined };
  const number = parsePort(port);
  return number === undefined
    ? { problem: `“${shown(port)}” is no port. A port is a number from 1 to 65535.` }
    : { host: parsed.host, port: number };
}

/** The number of a port, or undefined where the text is none. */
export function parsePort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : undefined;
}

/**
 * A host name in lower case, its letters outside ASCII as in DNS (RFC 5891) and without the dot at
 * its end, or an IP address without brackets.
 */
export function parseHost(text: string): { host: string } | TargetProblem {
  const bare = text.trim().replace(/^\[(.*)\]$/, '$1');
  if (bare === '') return { problem: 'The host is missing.' };
  if (isIP(bare)) return { host: bare.toLowerCase() };
  if (bare.includes('*')) {
    return { problem: `“${shown(bare)}” is a wildcard. Name a host that it stands for.` };
  }
  const host = domainToASCII(bare).toLowerCase().replace(/\.$/, '');
  const labels = host.split('.');
  // RFC 1123, section 2.1, and the underscore that some names have.
  const sound = labels.every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label));
  // The URL standard reads 1.2.3 as 1.2.0.3: nobody means that.
  const numbers = /^\d+$/.test(labels.at(-1) ?? '') || /^[\d.]+$/.test(bare);
  if (!sound || numbers || host.length > 253) {
    return { problem: `“${shown(bare)}” is no host name and no IP address.` };
  }
  return { host };
}

function splitPort(authority: string): { host: string; port: string | undefined } {
  const bracketed = /^(\[[^\]]*\])(?::(.*))?$/.exec(authority);
  if (bracketed) return { host: bracketed[1] ?? '', port: bracketed[2] };
  if (isIPv6(authority)) return { host: authority, port: undefined };
  const colon = authority.indexOf(':');
  return colon === -1
    ? { host: authority, port: undefined }
    : { host: authority.slice(0, colon), port: authority.slice(colon + 1) };
}

/** Long enough to be found again, short enough for a line. */
function shown(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
