import { aeadKeyLength } from '../crypto/aead';
import { prf, type PrfHash } from '../crypto/prf';
import type { HashName, Suite } from '../suites';
import { Reader } from '../../wire/bytes';
import { openAead12, sealAead12 } from './aead12';
import { blockCiphers, openBlock, sealBlock } from './block';
import { openStream, sealStream } from './stream';
import type { Opener, Sealer } from './types';

export interface ConnectionSecrets {
  readonly suite: Suite;
  /** 0x0301 to 0x0303. */
  readonly version: number;
  readonly masterSecret: Buffer;
  readonly clientRandom: Buffer;
  readonly serverRandom: Buffer;
  readonly encryptThenMac: boolean;
}

/** The PRF's hash in a version up to TLS 1.2. */
export function prfHash(version: number, suite: Suite): PrfHash {
  return version === 0x0303 ? suite.hash : 'md5-sha1';
}

/** Both directions' protection from the master secret (RFC 5246 section 6.3), as a client has them. */
export function connectionKeys(secrets: ConnectionSecrets): { sealer: Sealer; opener: Opener } {
  const { suite, version, encryptThenMac } = secrets;
  const { cipher } = suite;
  const macLength = cipher.kind === 'aead' ? 0 : macLengths[cipher.mac];
  const [keyLength, ivLength] = lengths(cipher);
  const block = prf(
    prfHash(version, suite),
    secrets.masterSecret,
    'key expansion',
    Buffer.concat([secrets.serverRandom, secrets.clientRandom]),
    2 * (macLength + keyLength + ivLength),
  );
  const reader = new Reader(block);
  const macKeys = [reader.bytes(macLength), reader.bytes(macLength)] as const;
  const keys = [reader.bytes(keyLength), reader.bytes(keyLength)] as const;
  const ivs = [reader.bytes(ivLength), reader.bytes(ivLength)] as const;

  if (cipher.kind === 'aead') {
    const side = (i: 0 | 1) => ({ name: cipher.name, key: keys[i], iv: ivs[i] });
    return { sealer: sealAead12(side(0)), opener: openAead12(side(1)) };
  }
  const common = (i: 0 | 1) => ({ version, mac: cipher.mac, macKey: macKeys[i], key: keys[i] });
  if (cipher.kind === 'stream') {
    const side = (i: 0 | 1) => ({ ...common(i), name: cipher.name });
    return { sealer: sealStream(side(0)), opener: openStream(side(1)) };
  }
  const side = (i: 0 | 1) => ({ ...common(i), name: cipher.name, iv: ivs[i], encryptThenMac });
  return { sealer: sealBlock(side(0)), opener: openBlock(side(1)) };
}

const macLengths: Readonly<Record<HashName, number>> = {
  md5: 16,
  sha1: 20,
  sha256: 32,
  sha384: 48,
};

function lengths(cipher: Suite['cipher']): [key: number, iv: number] {
  if (cipher.kind === 'aead') {
    return [aeadKeyLength(cipher.name), cipher.name === 'CHACHA20_POLY1305' ? 12 : 4];
  }
  if (cipher.kind === 'stream') return [cipher.name === 'NULL' ? 0 : 16, 0];
  const { keyLength, blockLength } = blockCiphers[cipher.name];
  return [keyLength, blockLength];
}
