import { isIPv6 } from 'node:net';
import { AppError } from '../../shared/model/errors';
import type { AwsOptions } from './types';

/**
 * The proxy for a request, or undefined where it goes straight: `HTTPS_PROXY` and `HTTP_PROXY` by the
 * request's scheme, `NO_PROXY` as botocore reads it (names with all below them, `.name`, `*`, a port),
 * lower case first. This machine itself is never asked for through a proxy. Throws AppError
 * `unreachable` where a variable is set that is no address.
 * Source: AWS CLI user guide, "Using an HTTP proxy".
 */
export function proxyFor(
  target: { readonly protocol: string; readonly hostname: string; readonly port?: number },
  env: AwsOptions['env'],
): URL | undefined {
  const name = target.protocol === 'http:' ? 'http_proxy' : 'https_proxy';
  const text = valueOf(env, name);
  const host = target.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (!text || isThisMachine(host)) return undefined;
  const port = target.port ?? (target.protocol === 'http:' ? 80 : 443);
  if (isExempt(host, port, valueOf(env, 'no_proxy') ?? '')) return undefined;
  const address = text.includes('://') ? text : `http://${text}`;
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw new AppError(
      'unreachable',
      `${name.toUpperCase()} is set, but is no http or https address. Correct it or take it away.`,
    );
  }
  return new URL(address);
}

function valueOf(env: AwsOptions['env'], name: string): string | undefined {
  const value = env[name] ?? env[name.toUpperCase()];
  return value?.trim() || undefined;
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);
}

function isExempt(host: string, port: number, noProxy: string): boolean {
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => {
      if (entry === '*') return true;
      const [name, wantedPort] = splitPort(entry);
      if (wantedPort !== undefined && wantedPort !== port) return false;
      const bare = name.replace(/^\*?\./, '');
      return host === bare || host.endsWith(`.${bare}`);
    });
}

function splitPort(entry: string): [string, number?] {
  if (isIPv6(entry)) return [entry];
  const match = /^(?:\[(.+)\]|([^:]+)):(\d+)$/.exec(entry);
  if (match) return [match[1] ?? match[2] ?? '', Number(match[3])];
  return [entry.replace(/^\[|\]$/g, '')];
}
