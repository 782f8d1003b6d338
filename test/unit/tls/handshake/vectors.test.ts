import { createCipheriv, randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAead } from '../../../../electron/tls/handshake/crypto/aead';
import { openCcm, sealCcm } from '../../../../electron/tls/handshake/crypto/ccm';
import { createDhShare, ffdheGroup } from '../../../../electron/tls/handshake/crypto/finiteField';
import {
  deriveSecret,
  earlySecret,
  expandLabel,
  finishedMac,
  nextSecret,
} from '../../../../electron/tls/handshake/crypto/keySchedule';
import { createShare, exchangeGroups } from '../../../../electron/tls/handshake/crypto/exchange';
import { prf } from '../../../../electron/tls/handshake/crypto/prf';
import { rc4 } from '../../../../electron/tls/handshake/records/stream';

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

describe('key schedule of RFC 8448 section 3', () => {
  const shared = hex('8bd4054fb55b9d63fdfbacf9f04b9f0d 35e6d63f537563efd46272900f89492d');
  const afterHello = hex('860c06edc07858ee8e78f0e7428c58ed d6b43f2ca3e6e95f02ed063cf0e1cad8');
  const early = earlySecret('sha256');
  const handshake = nextSecret('sha256', early, shared);

  test('early, handshake and master secrets', () => {
    expect(early).toEqual(hex('33ad0a1c607ec03b09e6cd9893680ce2 10adf300aa1f2660e1b22e10f170f92a'));
    expect(handshake).toEqual(
      hex('1dc826e93606aa6fdc0aadc12f741b01 046aa6b99f691ed221a9f0ca043fbeac'),
    );
    expect(nextSecret('sha256', handshake)).toEqual(
      hex('18df06843d13a08bf2a449844c5f8a47 8001bc4d4c627984d5a41da8d0402919'),
    );
  });

  test('traffic secrets, keys and IVs of the handshake', () => {
    const server = deriveSecret('sha256', handshake, 's hs traffic', afterHello);
    expect(server).toEqual(
      hex('b67b7d690cc16c4e75e54213cb2d37b4 e9c912bcded9105d42befd59d391ad38'),
    );
    expect(deriveSecret('sha256', handshake, 'c hs traffic', afterHello)).toEqual(
      hex('b3eddb126e067f35a780b3abf45e2d8f 3b1a950738f52e9600746a0e27a55a21'),
    );
    const none = Buffer.alloc(0);
    expect(expandLabel('sha256', server, 'key', none, 16)).toEqual(
      hex('3fce516009c21727d0f2e4e86ee403bc'),
    );
    expect(expandLabel('sha256', server, 'iv', none, 12)).toEqual(hex('5d313eb2671276ee13000b30'));
    const client = deriveSecret('sha256', handshake, 'c hs traffic', afterHello);
    const afterFinished = hex('9608102a0f1ccc6db6250b7b7e417b1a 000eaada3daae4777a7686c9ff83df13');
    expect(finishedMac('sha256', client, afterFinished)).toEqual(
      hex('a8ec436d677634ae525ac1fcebe11a03 9ec17694fac6e98527b642f2edd5ce61'),
    );
  });
});

test("TLS 1.2's PRF gives the vector that the IETF's TLS list agreed on (2008)", () => {
  const secret = hex('9bbe436ba940f017b17652849a71db35');
  const seed = hex('a0ba9f936cda311827a6f796ffd5198c');
  expect(prf('sha256', secret, 'test label', seed, 100)).toEqual(
    hex(`e3f229ba727be17b8d122620557cd453 c2aab21d07c3d495329b52d4e61edb5a
         6b301791e90d35c9c9a46b4e14baf9af 0fa022f7077def17abfd3797c0564bab
         4fbc91666e9def9b97fce34f796789ba a48082d122ee42c5a72e5a5110fff701 87347b66`),
  );
});

test('RC4 gives the stream of RFC 6229 for a key of 128 bits', () => {
  const stream = rc4(hex('0102030405060708090a0b0c0d0e0f10'));
  expect(stream(Buffer.alloc(16))).toEqual(hex('9ac7cc9a609d1ef7b2932899cde41b97'));
  expect(stream(Buffer.alloc(16))).toEqual(hex('5248c4959014126a6e8a84f11d1a9e1c'));
});

describe('AEAD ciphers', () => {
  const bytes = (maxLength: number) =>
    fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));

  test.each([
    ['AES_128_GCM', 16, 'aes-128-gcm', 16],
    ['AES_256_GCM', 32, 'aes-256-gcm', 16],
    ['CHACHA20_POLY1305', 32, 'chacha20-poly1305', 16],
    ['AES_128_CCM', 16, 'aes-128-ccm', 16],
    ['AES_256_CCM', 32, 'aes-256-ccm', 16],
    ['AES_128_CCM_8', 16, 'aes-128-ccm', 8],
    ['AES_256_CCM_8', 32, 'aes-256-ccm', 8],
  ] as const)(
    '%s seals as OpenSSL does, and opens only what is whole',
    (name, length, other, tag) => {
      fc.assert(
        fc.property(bytes(500), bytes(30), fc.nat(), (text, aad, at) => {
          const key = randomBytes(length);
          const nonce = randomBytes(12);
          const aead = createAead(name, key);
          const sealed = aead.seal(nonce, aad, text);
          const cipher = createCipheriv(other as 'aes-128-ccm', key, nonce, { authTagLength: tag });
          cipher.setAAD(aad, { plaintextLength: text.length });
          const expected = [cipher.update(text), cipher.final(), cipher.getAuthTag()];
          expect(sealed).toEqual(Buffer.concat(expected));
          expect(aead.open(nonce, aad, sealed)).toEqual(text);
          const i = at % sealed.length;
          sealed[i] = (sealed[i] ?? 0) ^ 1;
          expect(aead.open(nonce, aad, sealed)).toBeNull();
          expect(aead.open(nonce, aad, sealed.subarray(0, tag - 1))).toBeNull();
        }),
        { numRuns: 50 },
      );
    },
  );

  test('CCM authenticates the additional data', () => {
    const [key, nonce] = [Buffer.alloc(16, 1), Buffer.alloc(12, 2)];
    const sealed = sealCcm(key, nonce, Buffer.from('a'), Buffer.from('text'), 16);
    expect(openCcm(key, nonce, Buffer.from('b'), sealed, 16)).toBeNull();
  });
});

describe('key exchange', () => {
  test.each(exchangeGroups.filter((group) => group < 0x11eb))(
    'two halves of group 0x%s agree',
    (group) => {
      const [a, b] = [createShare(group), createShare(group)];
      if (!a || !b) throw new Error('no share');
      expect(a.agree(b.public)).toEqual(b.agree(a.public));
    },
  );

  test.each(exchangeGroups)("a half of group 0x%s refuses what is no peer's half", (group) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (junk) => {
        const share = createShare(group);
        try {
          share?.agree(Buffer.from(junk));
        } catch (error) {
          expect(error).toMatchObject({ failure: { kind: 'garbage' } });
        }
      }),
      { numRuns: 10 },
    );
    expect(() => createShare(group)?.agree(Buffer.alloc(3))).toThrow();
  });

  test('the primes of RFC 7919 come out of their formula', () => {
    const digests = ([2048, 3072, 4096] as const).map((bits) =>
      ffdheGroup(bits).prime.toString(16).slice(0, 48),
    );
    // All three begin alike, with the digits of e.
    expect(new Set(digests).size).toBe(1);
    expect(ffdheGroup(2048).prime.toString(16)).toBe(ffdhe2048);
  });

  test('values out of range and primes too long are refused', () => {
    const group = ffdheGroup(2048);
    const share = createDhShare(group);
    for (const bad of [
      Buffer.alloc(0),
      Buffer.from([0]),
      Buffer.from([1]),
      Buffer.alloc(256, 255),
    ]) {
      expect(() => share.agree(bad)).toThrow();
    }
    expect(() => createDhShare({ prime: 1n << 20000n, base: 2n })).toThrow();
  });
});

/** RFC 7919 appendix A.1. */
const ffdhe2048 =
  'ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695a9e13641146433fbcc939dce249b3ef9' +
  '7d2fe363630c75d8f681b202aec4617ad3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3b557135e7f57c935' +
  '984f0c70e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797abc0ab182b324fb61d108a94bb2c8e3fb' +
  'b96adab760d7f4681d4f42a3de394df4ae56ede76372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f61' +
  '9172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005c58ef1837d1683b2c6f34a26c1b2effa' +
  '886b423861285c97ffffffffffffffff';
