import { timingSafeEqual } from 'node:crypto';
import type { Identity } from '../iam/model';
import { AwsError } from '../protocol/awsError';
import { readAuthorization, toAmzDate, type Authorization } from './authorization';
import { canonicalRequest, sha256Hex, signature } from './canonical';

/** The identity behind an access key. */
export interface Caller {
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly arn: string;
  readonly userId: string;
  /** Without one, the caller has no permissions. */
  readonly identity?: Identity | undefined;
}

/** What the account knows of an access key. */
export interface AccessKey {
  readonly caller: Caller;
  readonly secretAccessKey: string;
  /** Temporary credentials only. */
  readonly sessionToken?: string | undefined;
  /** Milliseconds since 1970, real time. */
  readonly expires?: number | undefined;
}

export interface HttpRequest {
  readonly method: string;
  /** Path with query, as sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface Authenticated {
  readonly caller: Caller;
  readonly region: string;
  readonly service: string;
}

export interface VerifyOptions {
  readonly findKey: (accessKeyId: string) => AccessKey | undefined;
  /** Real time in milliseconds: a moved practice clock must not make signatures expire. */
  readonly now: number;
  readonly regions: readonly string[];
  /** The service that the request addresses, which its scope must name. */
  readonly service: string;
}

/** AWS takes a signature for five minutes before and after its date. */
const skewMs = 5 * 60_000;

/**
 * Checks a request's Signature Version 4 as AWS does and says who calls, in which Region.
 * @throws AwsError in AWS's words: MissingAuthenticationTokenException, IncompleteSignatureException,
 *   UnrecognizedClientException, InvalidSignatureException, ExpiredTokenException.
 */
export function verifyRequest(request: HttpRequest, options: VerifyOptions): Authenticated {
  const [path, queryText] = splitOnce(request.url, '?');
  const query = parseQuery(queryText);
  const authorization = readAuthorization(request.headers, query);
  checkScope(authorization, options);
  checkSignedHeaders(authorization, request.headers);
  const key = options.findKey(authorization.accessKeyId);
  if (!key || key.sessionToken !== authorization.sessionToken) {
    throw new AwsError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
  }
  if (key.expires !== undefined && key.expires <= options.now) {
    throw new AwsError(
      'ExpiredTokenException',
      'The security token included in the request is expired',
    );
  }
  checkDate(authorization, options.now);
  const canonical = canonicalRequest({
    method: request.method,
    path,
    query: query.filter(([name]) => name !== 'X-Amz-Signature'),
    headers: request.headers,
    signedHeaders: authorization.signedHeaders,
    payloadHash: payloadHash(request, options.service),
    plainPath: options.service === 's3',
  });
  const expected = signature(
    canonical,
    authorization.amzDate,
    authorization.scope,
    key.secretAccessKey,
  );
  const claimedHash = request.headers['x-amz-content-sha256'];
  const bodyFits =
    claimedHash === undefined ||
    claimedHash === 'UNSIGNED-PAYLOAD' ||
    (options.service === 's3' && claimedHash.startsWith('STREAMING-UNSIGNED-')) ||
    claimedHash === sha256Hex(request.body);
  if (!bodyFits || !sameText(expected, authorization.signature)) {
    throw new AwsError(
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
  const { region, service } = authorization.scope;
  return { caller: key.caller, region, service };
}

/** S3 signs what the client says of the body, which may be that it is not signed. */
function payloadHash({ headers, body }: HttpRequest, service: string): string {
  if (service !== 's3') return sha256Hex(body);
  return headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD';
}

function checkScope({ scope, amzDate }: Authorization, options: VerifyOptions): void {
  if (scope.service !== options.service) {
    throw invalid(`Credential should be scoped to correct service: '${options.service}'.`);
  }
  if (!options.regions.includes(scope.region)) {
    throw invalid(`Credential should be scoped to a valid Region, not '${scope.region}'.`);
  }
  if (!/^\d{8}T\d{6}Z$/.test(amzDate)) {
    throw new AwsError(
      'IncompleteSignatureException',
      `Date must be in ISO-8601 'basic format'. Got '${amzDate}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  if (!amzDate.startsWith(scope.date)) {
    throw invalid(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${amzDate.slice(0, 8)}', from '${amzDate}'.`,
    );
  }
}

function checkSignedHeaders(
  { signedHeaders }: Authorization,
  headers: Readonly<Record<string, string>>,
): void {
  if (!signedHeaders.includes('host')) {
    throw invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  for (const name of Object.keys(headers)) {
    if (name.startsWith('x-amz-') && !signedHeaders.includes(name)) {
      throw invalid(`'${name}' must be a 'SignedHeader' in the AWS Authorization.`);
    }
  }
}

function checkDate({ amzDate, expiresSeconds }: Authorization, now: number): void {
  const signed = Date.parse(
    amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  const validMs = expiresSeconds === undefined ? skewMs : expiresSeconds * 1000;
  if (!(signed + validMs >= now)) {
    const earliest = toAmzDate(now - validMs);
    throw invalid(
      `Signature expired: ${amzDate} is now earlier than ${earliest} (${toAmzDate(now)} - ${Math.round(validMs / 60_000)} min.)`,
    );
  }
  if (signed > now + skewMs) {
    throw invalid(
      `Signature not yet current: ${amzDate} is still later than ${toAmzDate(now + skewMs)} (${toAmzDate(now)} + 5 min.)`,
    );
  }
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidSignatureException', message);
}

function parseQuery(text: string): (readonly [string, string])[] {
  if (text === '') return [];
  return text.split('&').map((pair) => {
    const [name, value] = splitOnce(pair, '=');
    return [name, value] as const;
  });
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
