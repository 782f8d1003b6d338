import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awsRegions } from '../../../electron/practice/protocol/regions';
import { canonicalRequest, sha256Hex, signature } from '../../../electron/practice/sigv4/canonical';
import {
  verifyRequest,
  type HttpRequest,
  type VerifyOptions,
} from '../../../electron/practice/sigv4/verify';

const now = Date.parse('2026-11-23T12:00:00Z');
const accessKeyId = 'AKIAPRACTICE12345678';
const secretAccessKey = 'secret-of-the-practice-account';
const caller = { accountId: '111122223333', accessKeyId, arn: 'arn:me', userId: 'AIDA' };

const options: VerifyOptions = {
  findKey: (id) => (id === accessKeyId ? { caller, secretAccessKey } : undefined),
  now,
  regions: awsRegions,
  service: 'kms',
};

interface Signing {
  readonly at?: number;
  readonly region?: string;
  readonly service?: string;
  readonly secret?: string;
  readonly keyId?: string;
  readonly body?: string;
  readonly query?: Record<string, string>;
  readonly path?: string;
}

/** The hash that the SDK's signer is given. */
class Sha256 {
  readonly #secret: Uint8Array | string | undefined;
  readonly #parts: Buffer[] = [];
  constructor(secret?: Uint8Array | string) {
    this.#secret = secret;
  }
  update(data: Uint8Array | string) {
    this.#parts.push(Buffer.from(data));
  }
  digest(): Promise<Uint8Array> {
    const hash =
      this.#secret === undefined
        ? createHash('sha256')
        : createHmac('sha256', Buffer.from(this.#secret));
    for (const part of this.#parts) hash.update(part);
    return Promise.resolve(new Uint8Array(hash.digest()));
  }
  reset() {}
}

/** A request signed by the AWS SDK's own signer: nothing of ours is in it. */
async function signed(signing: Signing = {}): Promise<HttpRequest> {
  const signer = new SignatureV4({
    credentials: {
      accessKeyId: signing.keyId ?? accessKeyId,
      secretAccessKey: signing.secret ?? secretAccessKey,
    },
    region: signing.region ?? 'eu-central-1',
    service: signing.service ?? 'kms',
    sha256: Sha256 as never,
  });
  const body = signing.body ?? '{}';
  const request = (await signer.sign(
    {
      method: 'POST',
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: signing.path ?? '/',
      query: signing.query ?? {},
      headers: {
        host: '127.0.0.1:8080',
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'TrentService.ListKeys',
      },
      body,
    } as never,
    { signingDate: new Date(signing.at ?? now) },
  )) as unknown as { headers: Record<string, string> };
  const query = Object.entries(signing.query ?? {})
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  return {
    method: 'POST',
    url: `${signing.path ?? '/'}${query === '' ? '' : `?${query}`}`,
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    body: Buffer.from(body),
  };
}

function codeAndText(run: () => unknown): [string, string] {
  try {
    run();
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return [code, message];
  }
  return ['', ''];
}

describe('Signature Version 4', () => {
  it("computes AWS's published example (IAM ListUsers, 2015-08-30)", () => {
    const canonical = canonicalRequest({
      method: 'GET',
      path: '/',
      query: [
        ['Action', 'ListUsers'],
        ['Version', '2010-05-08'],
      ],
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        host: 'iam.amazonaws.com',
        'x-amz-date': '20150830T123600Z',
      },
      signedHeaders: ['content-type', 'host', 'x-amz-date'],
      payloadHash: sha256Hex(''),
    });
    expect(sha256Hex(canonical)).toBe(
      'f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59',
    );
    const scope = { date: '20150830', region: 'us-east-1', service: 'iam' };
    expect(
      signature(canonical, '20150830T123600Z', scope, 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'),
    ).toBe('5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7');
  });

  it("computes AWS's published vector get-vanilla", () => {
    const canonical = canonicalRequest({
      method: 'GET',
      path: '/',
      query: [],
      headers: { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' },
      signedHeaders: ['host', 'x-amz-date'],
      payloadHash: sha256Hex(''),
    });
    const scope = { date: '20150830', region: 'us-east-1', service: 'service' };
    expect(
      signature(canonical, '20150830T123600Z', scope, 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'),
    ).toBe('5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31');
  });

  it(
    "accepts whatever the AWS SDK's signer signs, and names Region and caller",
    { timeout: 60_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.string({ unit: 'binary', maxLength: 200 }),
          fc.constantFrom(...awsRegions),
          fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ~*'()!+/_.-]{0,12}$/), fc.string()),
          async (body, region, query) => {
            const request = await signed({ body, region, query });
            expect(verifyRequest(request, options)).toEqual({ caller, region, service: 'kms' });
          },
        ),
        { numRuns: 30 },
      );
    },
  );

  it('refuses a changed body, target, path, method or query', async () => {
    const request = await signed({ query: { a: '1' } });
    const changed: HttpRequest[] = [
      { ...request, body: Buffer.from('{"Limit":1}') },
      { ...request, headers: { ...request.headers, 'x-amz-target': 'TrentService.CreateKey' } },
      { ...request, url: '/other?a=1' },
      { ...request, method: 'PUT' },
      { ...request, url: '/?a=2' },
    ];
    for (const one of changed) {
      expect(codeAndText(() => verifyRequest(one, options))).toEqual([
        'InvalidSignatureException',
        'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      ]);
    }
  });

  it('refuses an unknown access key, a foreign token, a wrong secret', async () => {
    const unknown = await signed({ keyId: 'AKIAUNKNOWNUNKNOWN00' });
    expect(codeAndText(() => verifyRequest(unknown, options))).toEqual([
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ]);
    const wrong = await signed({ secret: 'other' });
    expect(codeAndText(() => verifyRequest(wrong, options))[0]).toBe('InvalidSignatureException');
  });

  it.each([
    [
      -5 * 60_000 - 1000,
      'Signature expired: 20261123T115459Z is now earlier than 20261123T115500Z (20261123T120000Z - 5 min.)',
    ],
    [
      5 * 60_000 + 1000,
      'Signature not yet current: 20261123T120501Z is still later than 20261123T120500Z (20261123T120000Z + 5 min.)',
    ],
  ])('refuses a signature %i ms away, and says how far', async (offset, message) => {
    const request = await signed({ at: now + offset });
    expect(codeAndText(() => verifyRequest(request, options))).toEqual([
      'InvalidSignatureException',
      message,
    ]);
    expect(
      verifyRequest(await signed({ at: now + Math.sign(offset) * 299_000 }), options).caller,
    ).toEqual(caller);
  });

  it('refuses a scope of another service, an unknown Region, another day', async () => {
    const other = await signed({ service: 's3' });
    expect(codeAndText(() => verifyRequest(other, options))).toEqual([
      'InvalidSignatureException',
      "Credential should be scoped to correct service: 'kms'.",
    ]);
    const nowhere = await signed({ region: 'xx-nowhere-9' });
    expect(codeAndText(() => verifyRequest(nowhere, options))[1]).toContain('valid Region');
    const request = await signed();
    const headers = { ...request.headers, 'x-amz-date': '20261122T120000Z' };
    expect(codeAndText(() => verifyRequest({ ...request, headers }, options))[1]).toContain(
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261123' != '20261122'",
    );
  });

  it('says which part of an authorization is missing', async () => {
    const request = await signed();
    const without = (authorization: string | undefined) => {
      const { authorization: _, ...headers } = request.headers;
      const all = authorization === undefined ? headers : { ...headers, authorization };
      return codeAndText(() => verifyRequest({ ...request, headers: all }, options));
    };
    expect(without(undefined)).toEqual([
      'MissingAuthenticationTokenException',
      'Missing Authentication Token',
    ]);
    const [code, text] = without('AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request');
    expect(code).toBe('IncompleteSignatureException');
    expect(text).toContain(
      "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter.",
    );
    expect(without('AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=x')[1]).toBe(
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b'",
    );
    expect(without('Bearer something')[0]).toBe('MissingAuthenticationTokenException');
  });

  it('insists that Host and every x-amz- header are signed', async () => {
    const request = await signed();
    const added = { ...request, headers: { ...request.headers, 'x-amz-extra': '1' } };
    expect(codeAndText(() => verifyRequest(added, options))[1]).toBe(
      "'x-amz-extra' must be a 'SignedHeader' in the AWS Authorization.",
    );
  });

  it('takes a presigned request until it expires', async () => {
    const signer = new SignatureV4({
      credentials: { accessKeyId, secretAccessKey },
      region: 'us-east-1',
      service: 'sts',
      sha256: Sha256 as never,
    });
    const { query } = await signer.presign(
      {
        method: 'GET',
        protocol: 'http:',
        hostname: '127.0.0.1',
        path: '/',
        query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
        headers: { host: '127.0.0.1' },
      },
      { signingDate: new Date(now), expiresIn: 60 },
    );
    const text = Object.entries(query ?? {})
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
      .join('&');
    const request = {
      method: 'GET',
      url: `/?${text}`,
      headers: { host: '127.0.0.1' },
      body: Buffer.alloc(0),
    };
    expect(verifyRequest(request, { ...options, service: 'sts' }).region).toBe('us-east-1');
    const later = { ...options, service: 'sts', now: now + 61_000 };
    expect(codeAndText(() => verifyRequest(request, later))[1]).toContain('Signature expired');
  });
});
