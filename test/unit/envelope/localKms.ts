import { randomBytes } from 'node:crypto';
import type { AskKms } from '../../../electron/envelope/kms/types';
import type { KeyRef } from '../../../shared/model/key';

export const exampleArn =
  'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
export const exampleKey: KeyRef = {
  connection: 'practice',
  region: 'eu-central-1',
  keyId: exampleArn,
};

/** What threads ask of main, answered at once: data keys are in the clear, as tests may see them. */
export function localKms(dataKey: Uint8Array = randomBytes(32)): AskKms {
  return (request) => {
    const use = {
      keyArn: exampleArn,
      connection: 'practice',
      region: 'eu-central-1',
      at: '2026-11-28T12:00:00.000Z',
    };
    const blob = Buffer.from('a sealed data key');
    if (request.op === 'generate') return Promise.resolve({ use, blob, plaintext: copy(dataKey) });
    if (request.op === 'open') return Promise.resolve({ use, plaintext: copy(dataKey) });
    return Promise.resolve({ use, blob });
  };
}

function copy(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

export async function* pieces(bytes: Uint8Array, size = 1 << 20): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
}

export async function all(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const kept: Uint8Array[] = [];
  for await (const part of parts) kept.push(part);
  return Buffer.concat(kept);
}
