import type { HttpRequest } from '../sigv4/verify';

/** A request to S3 in path style: which bucket, which object, and its query. */
export interface S3Request {
  readonly method: string;
  readonly bucket: string;
  /** Decoded; '' where the request is about the bucket. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Whether a request's signature names S3: the account has one address for all its services. */
export function isS3(request: HttpRequest): boolean {
  const scope = /\/s3\/aws4_request/;
  if (scope.test(request.headers.authorization ?? '')) return true;
  return /[?&]X-Amz-Credential=[^&]*(%2F|\/)s3(%2F|\/)aws4_request/i.test(request.url);
}

/** Reads it; a path or a body that cannot be decoded gives undefined. */
export function readS3Request({ method, url, headers, body }: HttpRequest): S3Request | undefined {
  const [path = '/', query = ''] = url.split(/\?(.*)/s);
  const [, bucket = '', ...rest] = path.split('/');
  try {
    const decoded = decodeBody(headers, body);
    if (!decoded) return undefined;
    return {
      method,
      bucket: decodeURIComponent(bucket),
      key: decodeURIComponent(rest.join('/')),
      query: new URLSearchParams(query),
      headers,
      body: decoded,
    };
  } catch {
    return undefined;
  }
}

/** Newer SDKs send a body in chunks with a checksum after it (`aws-chunked`). */
function decodeBody(
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
): Uint8Array | undefined {
  if (!headers['x-amz-content-sha256']?.startsWith('STREAMING-')) return body;
  const bytes = Buffer.from(body);
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.toString('latin1', at, end < 0 ? at : end), 16);
    if (end < 0 || Number.isNaN(size) || end + 2 + size > bytes.length) return undefined;
    if (size === 0) return Buffer.concat(parts);
    parts.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}
