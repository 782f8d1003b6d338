import type { IncomingMessage } from 'node:http';

/** More than any request that KMS takes, less than what could fill the memory. */
export const bodyLimitBytes = 1024 * 1024;

/**
 * Reads a request's body; undefined as soon as it is over the limit, and then what still comes is
 * thrown away. Rejects where the client goes away.
 */
export function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const refuse = () => {
      chunks.length = 0;
      request.removeAllListeners('data').resume();
      resolve(undefined);
    };
    if (Number(request.headers['content-length'] ?? 0) > bodyLimitBytes) {
      refuse();
      return;
    }
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > bodyLimitBytes) refuse();
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => reject(new Error('The client closed the connection')));
  });
}
