import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

export interface S3Account {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Sends requests of S3, signed by the AWS SDK's signer, and gives the status of the answer. */
export function s3Of(account: S3Account) {
  const { host } = new URL(account.endpoint);
  const signer = new SignatureV4({
    credentials: account,
    region: 'eu-central-1',
    service: 's3',
    sha256: Sha256 as never,
    uriEscapePath: false,
  });
  return async (path: string, method: string, body?: string): Promise<number> => {
    // Overloads: what is signed here is a request.
    const { headers } = (await signer.sign({
      method,
      protocol: 'http:',
      hostname: '127.0.0.1',
      path,
      query: {},
      headers: { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    } as never)) as unknown as { headers: Record<string, string> };
    const { host: _, ...sent } = headers;
    const answer = await fetch(account.endpoint + path, {
      method,
      headers: sent,
      ...(body !== undefined && { body }),
    });
    await answer.arrayBuffer();
    return answer.status;
  };
}

/** The hash that the signer asks for, from Node's crypto. */
class Sha256 {
  readonly #hash: Hash | Hmac;
  constructor(secret?: string | Uint8Array) {
    this.#hash =
      secret === undefined ? createHash('sha256') : createHmac('sha256', Buffer.from(secret));
  }
  update(part: string | Uint8Array): void {
    this.#hash.update(part);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }
}
