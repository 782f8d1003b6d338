import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSimple } from '../../../electron/envelope/simple/read';
import { openSimple, sealSimple } from '../../../electron/envelope/simple/seal';
import { parseStrictJson } from '../../../electron/envelope/simple/strictJson';
import { exampleArn } from './localKms';

const key = randomBytes(32);
const facts = {
  dataKey: Buffer.from('a sealed data key'),
  keyArn: exampleArn,
  keyMaterialId: 'ab'.repeat(32),
  context: { purpose: 'test' },
  created: '2026-11-28T12:00:00.000Z',
};
const fileOf = (plaintext: Uint8Array) =>
  Buffer.from(sealSimple(plaintext, key, facts).parts.join(''));
const plain = {
  encrypted_data_key: Buffer.from('a sealed data key').toString('base64'),
  nonce: Buffer.alloc(12).toString('base64'),
  ciphertext: Buffer.alloc(20).toString('base64'),
};

describe('a simple envelope', () => {
  it('opens to what was sealed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (content) => {
        const envelope = readSimple(fileOf(content));
        expect(envelope).toMatchObject({
          keyArn: exampleArn,
          keyMaterialId: facts.keyMaterialId,
          context: facts.context,
          created: facts.created,
        });
        expect(openSimple(envelope, key).equals(content)).toBe(true);
      }),
    );
  });

  it('has a nonce of its own each time', () => {
    const one = readSimple(fileOf(Buffer.from('x')));
    expect(readSimple(fileOf(Buffer.from('x'))).nonce.equals(one.nonce)).toBe(false);
  });

  it('is refused with any one bit flipped, wherever it is', () => {
    const file = fileOf(randomBytes(100));
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.nat(7), (place, bit) => {
        const altered = Buffer.from(file);
        altered.writeUInt8(altered.readUInt8(place) ^ (1 << bit), place);
        expect(() => openSimple(readSimple(altered), key)).toThrow(
          expect.objectContaining({ code: 'not-authentic' }),
        );
      }),
      { numRuns: 3000 },
    );
  });

  it('is refused when it was cut off anywhere', () => {
    const file = fileOf(randomBytes(100));
    fc.assert(
      // The line's end behind the last brace is no part of it.
      fc.property(fc.nat(file.length - 2), (length) => {
        expect(() => readSimple(file.subarray(0, length))).toThrow(
          expect.objectContaining({ code: 'not-authentic' }),
        );
      }),
    );
  });

  it.each([
    ['not JSON', 'hello', /is no JSON at character 1\./],
    ['an array', '[]', /is no JSON object\./],
    ['empty', '', /cut off\./],
    [
      'a member twice',
      JSON.stringify(plain).replace('{', '{"nonce":"AAAA",'),
      /has the member "nonce" twice\./,
    ],
    ['without a nonce', JSON.stringify({ ...plain, nonce: undefined }), /has no member nonce\./],
    [
      'a short nonce',
      JSON.stringify({ ...plain, nonce: 'AAAAAAAAAAA=' }),
      /has a nonce of 8 bytes instead of 12\./,
    ],
    [
      'base64 without padding',
      JSON.stringify({ ...plain, ciphertext: 'AAAAAAAAAAAAAAAAAAAAAAAAAA' }),
      /ciphertext that is no canonical base64\./,
    ],
    [
      'base64 with bits that mean nothing',
      JSON.stringify({ ...plain, ciphertext: 'AAAAAAAAAAAAAAAAAAAAAB==' }),
      /ciphertext that is no canonical base64\./,
    ],
    [
      'base64 with a line break',
      JSON.stringify({ ...plain, nonce: 'AAAAAAAA\nAAAAAAA' }),
      /nonce that is no canonical base64\./,
    ],
    [
      'a ciphertext shorter than a tag',
      JSON.stringify({ ...plain, ciphertext: 'AAAA' }),
      /ciphertext of 3 bytes; its tag alone has 16\./,
    ],
    [
      'another algorithm',
      JSON.stringify({ ...plain, alg: 'AES-128-CBC' }),
      /encrypted with "AES-128-CBC", which this program does not know\./,
    ],
    ['a later version', JSON.stringify({ ...plain, v: 2 }), /is of version 2;/],
    [
      'members of ours without a version',
      JSON.stringify({ ...plain, sha256: 'x' }),
      /has a member sha256, but no version that explains it\./,
    ],
    [
      'an unknown member beside a version',
      JSON.stringify({ ...plain, v: 1, more: 1 }),
      /has a member "more", which version 1 does not know\./,
    ],
    [
      'a number for a text',
      JSON.stringify({ ...plain, nonce: 12 }),
      /has a member nonce that is no text\./,
    ],
    [
      'a context that is no pairs',
      JSON.stringify({ ...plain, encryption_context: { a: 1 } }),
      /encryption_context that is not made of pairs of text\./,
    ],
  ])('that is %s is refused with a sentence of its own', (_what, text, sentence) => {
    expect(() => readSimple(Buffer.from(text))).toThrow(sentence);
  });

  it('of another program may have members of its own', () => {
    const read = readSimple(Buffer.from(JSON.stringify({ ...plain, author: 'somebody' })));
    expect(read.context).toBeUndefined();
    expect(read.nonce).toHaveLength(12);
  });

  it('is refused with another key', () => {
    const envelope = readSimple(fileOf(randomBytes(10)));
    expect(() => openSimple(envelope, randomBytes(32))).toThrow(/does not fit its tag/);
    expect(() => openSimple(envelope, randomBytes(16))).toThrow(/The data key has 16 bytes/);
  });
});

describe('strict JSON', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(JSON.stringify(parseStrictJson(text))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        if (!valid) expect(() => parseStrictJson(text)).toThrow();
      }),
    );
  });

  it('refuses a member twice, also in other spelling and within', () => {
    expect(() => parseStrictJson(String.raw`{"a":1,"\u0061":2}`)).toThrow(/"a" twice/);
    expect(() => parseStrictJson('{"x":[{"b":1,"b":1}]}')).toThrow(/"b" twice/);
    expect(parseStrictJson('{"__proto__":1}')).toHaveProperty('__proto__', 1);
  });
});
