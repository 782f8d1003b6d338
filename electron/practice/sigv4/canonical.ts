import { createHash, createHmac } from 'node:crypto';

/** The parts of a request that a signature covers. */
export interface SignedRequest {
  readonly method: string;
  /** Path as sent, without the query. */
  readonly path: string;
  /** Name and value as sent (still encoded), in the order sent, without any signature parameter. */
  readonly query: readonly (readonly [string, string])[];
  /** Lower-case names; several values of one name joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signedHeaders: readonly string[];
  /** Hex SHA-256 of the body; for S3 also `UNSIGNED-PAYLOAD` and the like. */
  readonly payloadHash: string;
  /** S3 signs the path as it is: neither normalised nor encoded twice. */
  readonly plainPath?: boolean;
}

export interface Scope {
  /** YYYYMMDD */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/**
 * The canonical request of Signature Version 4 (AWS: "Create a signed AWS API request", step 1);
 * for every service but S3 the path is normalised and encoded a second time.
 */
export function canonicalRequest(request: SignedRequest): string {
  const query = request.query
    .map(([name, value]) => [encode(decode(name)), encode(decode(value))] as const)
    .sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const headers = request.signedHeaders
    .map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`)
    .join('');
  return [
    request.method,
    request.plainPath ? plainPath(request.path) : canonicalPath(request.path),
    query,
    headers,
    request.signedHeaders.join(';'),
    request.payloadHash,
  ].join('\n');
}

/** Steps 2 to 4: the hex signature of a canonical request at `amzDate` (YYYYMMDDTHHMMSSZ). */
export function signature(
  canonical: string,
  amzDate: string,
  scope: Scope,
  secretAccessKey: string,
): string {
  const toSign = [
    'AWS4-HMAC-SHA256',
    amzDate,
    `${scope.date}/${scope.region}/${scope.service}/aws4_request`,
    sha256Hex(canonical),
  ].join('\n');
  const key = [scope.date, scope.region, scope.service, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${secretAccessKey}`,
  );
  return createHmac('sha256', key).update(toSign).digest('hex');
}

export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function plainPath(path: string): string {
  return path
    .split('/')
    .map((segment) => encode(decode(segment)))
    .join('/');
}

function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  const slash = segments.length > 0 && /\/\.{0,2}$/.test(path) ? '/' : '';
  return `/${segments.map(encode).join('/')}${slash}`;
}

/** RFC 3986: everything but unreserved characters, upper-case hex. */
function encode(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
