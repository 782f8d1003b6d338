import { AwsError } from '../protocol/awsError';
import { sha256Hex, type Scope } from './canonical';

/** What a request says about its own signature, in the header or (presigned) in the query. */
export interface Authorization {
  readonly accessKeyId: string;
  readonly scope: Scope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** YYYYMMDDTHHMMSSZ */
  readonly amzDate: string;
  readonly sessionToken: string | undefined;
  /** Presigned: how long it is valid, in seconds. */
  readonly expiresSeconds: number | undefined;
}

type Query = readonly (readonly [string, string])[];

/**
 * Reads the authorization of a request.
 * @throws AwsError MissingAuthenticationTokenException without one, IncompleteSignatureException
 *   with AWS's texts for one that lacks a part.
 */
export function readAuthorization(
  headers: Readonly<Record<string, string>>,
  query: Query,
): Authorization {
  const header = headers.authorization;
  if (header !== undefined) return fromHeader(header, headers);
  if (query.some(([name]) => name === 'X-Amz-Algorithm')) return fromQuery(query);
  throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
}

function fromHeader(header: string, headers: Readonly<Record<string, string>>): Authorization {
  const hashed = () =>
    `(Hashed with SHA-256 and encoded with Base64) Authorization=${Buffer.from(sha256Hex(header), 'hex').toString('base64')}`;
  if (!header.startsWith('AWS4-HMAC-SHA256')) {
    if (header.startsWith('AWS4-')) {
      throw incomplete(`Unsupported AWS 'algorithm': '${header.split(' ')[0]}' ${hashed()}.`);
    }
    throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const parts = new Map(
    header
      .slice('AWS4-HMAC-SHA256'.length)
      .split(',')
      .map((part) => part.trim())
      .map(
        (part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)] as const,
      ),
  );
  const missing = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => !parts.get(name))
    .map((name) => `Authorization header requires '${name}' parameter.`);
  const amzDate = headers['x-amz-date'] ?? isoDate(headers.date);
  if (!amzDate) {
    missing.push(
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    );
  }
  if (missing.length > 0 || !amzDate) throw incomplete(`${missing.join(' ')} ${hashed()}`);
  return {
    ...credential(parts.get('Credential') ?? ''),
    signedHeaders: (parts.get('SignedHeaders') ?? '').split(';'),
    signature: parts.get('Signature') ?? '',
    amzDate,
    sessionToken: headers['x-amz-security-token'],
    expiresSeconds: undefined,
  };
}

function fromQuery(query: Query): Authorization {
  const value = (name: string) => {
    const found = query.find(([key]) => key === name)?.[1];
    return found === undefined ? undefined : decodeURIComponent(found);
  };
  const missing = ['Credential', 'Signature', 'SignedHeaders', 'Date']
    .filter((name) => !value(`X-Amz-${name}`))
    .map((name) => `AWS query-string parameters must include 'X-Amz-${name}'.`);
  if (missing.length > 0)
    throw incomplete(`${missing.join(' ')} Re-examine the query-string parameters.`);
  return {
    ...credential(value('X-Amz-Credential') ?? ''),
    signedHeaders: (value('X-Amz-SignedHeaders') ?? '').split(';'),
    signature: value('X-Amz-Signature') ?? '',
    amzDate: value('X-Amz-Date') ?? '',
    sessionToken: value('X-Amz-Security-Token'),
    expiresSeconds: Number(value('X-Amz-Expires') ?? 300),
  };
}

function credential(text: string): { accessKeyId: string; scope: Scope } {
  const elements = text.split('/');
  const [accessKeyId, date, region, service, term] = elements;
  if (elements.length !== 5 || !accessKeyId || !date || !region || !service) {
    throw incomplete(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${text}'`,
    );
  }
  if (term !== 'aws4_request') {
    throw new AwsError(
      'InvalidSignatureException',
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${term}'.`,
    );
  }
  return { accessKeyId, scope: { date, region, service } };
}

/** A `Date` header (RFC 7231) as X-Amz-Date writes it. */
function isoDate(date: string | undefined): string | undefined {
  const parsed = Date.parse(date ?? '');
  return Number.isNaN(parsed) ? undefined : toAmzDate(parsed);
}

/** Milliseconds since 1970 as YYYYMMDDTHHMMSSZ. */
export function toAmzDate(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function incomplete(message: string): AwsError {
  return new AwsError('IncompleteSignatureException', message);
}
