import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkFrames } from '../../../electron/envelope/esdk/frames';
import { headerBytesOf, readHeader } from '../../../electron/envelope/esdk/header';
import { GatewayKeyring } from '../../../electron/envelope/esdk/keyring';
import { decryptMessage, encryptMessage } from '../../../electron/envelope/esdk/message';
import { all, exampleKey, localKms, pieces } from './localKms';

const frame = 1024 * 1024;
const overhead = 4 + 12 + 16;
const askKms = localKms();
const plaintext = randomBytes(3 * frame + 5000);
let message: Buffer;
let headerBytes: number;

beforeAll(async () => {
  const keyring = new GatewayKeyring(askKms, [exampleKey]);
  message = await all(encryptMessage(pieces(plaintext), keyring, { purpose: 'test' }));
  const header = readHeader(message);
  if (!header) throw new Error('no header');
  headerBytes = headerBytesOf(header);
});

const open = (altered: Uint8Array, size?: number) =>
  all(decryptMessage(pieces(altered, size), new GatewayKeyring(askKms, undefined)));
/** The bytes of one whole frame; the first is 0. */
const frameAt = (index: number) => {
  const at = headerBytes + index * (frame + overhead);
  return message.subarray(at, at + frame + overhead);
};
const refusal = (sentence: RegExp) => ({
  code: 'not-authentic',
  message: expect.stringMatching(sentence) as string,
});

describe('a message of the AWS Encryption SDK', () => {
  it('opens, however its bytes arrive', async () => {
    for (const size of [4096, 100_000, frame + 1, message.length]) {
      expect((await open(message, size)).equals(plaintext)).toBe(true);
    }
  });

  it('is written in frames of 1 MiB with key commitment and without a signature', () => {
    expect(readHeader(message)?.messageHeader).toMatchObject({
      version: 2,
      suiteId: 0x0478,
      frameLength: frame,
      encryptionContext: { purpose: 'test' },
    });
  });

  it('of which two frames are swapped, is refused', async () => {
    const swapped = Buffer.from(message);
    frameAt(1).copy(swapped, headerBytes);
    frameAt(0).copy(swapped, headerBytes + frame + overhead);
    await expect(open(swapped)).rejects.toMatchObject(
      refusal(/^Frame 2 stands where frame 1 belongs: frames were swapped/),
    );
  });

  it('of which a frame is left out, is refused', async () => {
    const start = message.subarray(0, headerBytes + frame + overhead);
    const rest = message.subarray(headerBytes + 2 * (frame + overhead));
    await expect(open(Buffer.concat([start, rest]))).rejects.toMatchObject(
      refusal(/^Frame 3 stands where frame 2 belongs/),
    );
  });

  it('of which a frame is repeated, is refused', async () => {
    const start = message.subarray(0, headerBytes + frame + overhead);
    const rest = message.subarray(headerBytes);
    await expect(open(Buffer.concat([start, rest]))).rejects.toMatchObject(
      refusal(/^Frame 1 stands where frame 2 belongs/),
    );
  });

  it('with a frame of another message of the same length is refused', async () => {
    const keyring = new GatewayKeyring(askKms, [exampleKey]);
    const other = await all(encryptMessage(pieces(plaintext), keyring, { purpose: 'test' }));
    const mixed = Buffer.from(message);
    other.copy(mixed, headerBytes, headerBytes, headerBytes + frame + overhead);
    await expect(open(mixed)).rejects.toMatchObject(refusal(/already its first frame/));
  });

  it('says how much of an altered message is intact', async () => {
    const altered = Buffer.from(message);
    altered.writeUInt8(
      altered.readUInt8(headerBytes + 2 * (frame + overhead) + 500) ^ 1,
      headerBytes + 2 * (frame + overhead) + 500,
    );
    await expect(open(altered)).rejects.toMatchObject(
      refusal(/altered: (after the first \d+ bytes, which are intact, a|already its first) frame/),
    );
  });

  it('with anything after its end is refused', async () => {
    for (const extra of [1, 16, 32, 36, 5000]) {
      await expect(open(Buffer.concat([message, randomBytes(extra)]))).rejects.toMatchObject(
        refusal(/^Something follows the end of the message\.$/),
      );
    }
  });

  it('that was cut off anywhere is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(message.length - 1), async (length) => {
        await expect(open(message.subarray(0, length))).rejects.toMatchObject(
          length === 0 ? { code: 'not-authentic' } : refusal(/cut off|frame/),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('is refused with any one bit flipped', async () => {
    const small = await all(
      encryptMessage(pieces(randomBytes(300)), new GatewayKeyring(askKms, [exampleKey]), {
        purpose: 'test',
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(small.length - 1), fc.nat(7), async (place, bit) => {
        const altered = Buffer.from(small);
        altered.writeUInt8(altered.readUInt8(place) ^ (1 << bit), place);
        await expect(open(altered)).rejects.toMatchObject({ code: 'not-authentic' });
      }),
      { numRuns: 400 },
    );
  });
});

describe('the check of frames', () => {
  it('passes every byte on, whatever the pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1000, max: message.length }), async (size) => {
        expect((await all(checkFrames(pieces(message, size)))).equals(message)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('refuses whatever is no message', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        await expect(all(checkFrames(pieces(bytes)))).rejects.toMatchObject({
          code: 'not-authentic',
        });
      }),
    );
  });

  it('refuses a message that names too many data keys before any is opened', async () => {
    const keys = Array.from({ length: 17 }, () => exampleKey);
    const many = all(encryptMessage(pieces(randomBytes(10)), new GatewayKeyring(askKms, keys), {}));
    await expect(many).rejects.toThrow(/maxEncryptedDataKeys/);
  });
});
