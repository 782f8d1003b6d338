import { constants, publicEncrypt, randomBytes } from 'node:crypto';
import { Writer } from '../wire/bytes';
import type { KeyExchange } from '../wire/keyExchange';
import { createShare } from './crypto/exchange';
import { createDhShare, toBigInt } from './crypto/finiteField';
import { readPublicKey } from './crypto/signature';
import { cannot, garbage } from './failure';
import type { Suite } from './suites';

export interface PremasterSecret {
  readonly secret: Buffer;
  /** Body of the ClientKeyExchange. */
  readonly message: Buffer;
  /** The named group, where there is one. */
  readonly group: number | null;
}

/**
 * The client's side of a key exchange up to TLS 1.2 (RFC 5246 section 7.4.7, RFC 8422 section 5.7).
 * @throws Ended where the server's half is none, or this client or the runtime cannot do it
 */
export function agreeOn(
  suite: Suite,
  server: {
    readonly keyExchange: KeyExchange | null;
    readonly chain: readonly Buffer[];
    /** The version in our hello: an RSA secret begins with it. */
    readonly offeredVersion: number;
  },
): PremasterSecret {
  const { keyExchange } = server;
  if (suite.exchange === 'RSA') {
    if (keyExchange) throw garbage('The server sent a key exchange that its suite does not have.');
    return encrypted(server.chain[0], server.offeredVersion);
  }
  if (keyExchange?.kind === 'dhe' && suite.exchange === 'DHE') {
    const prime = toBigInt(keyExchange.prime);
    const share = createDhShare({ prime, base: toBigInt(keyExchange.generator) });
    const padded = share.agree(keyExchange.publicValue);
    // Leading zeros are left away (RFC 5246 section 8.1.2).
    const secret = padded.subarray(padded.findIndex((byte) => byte !== 0));
    return { secret, message: new Writer().vector16(share.public).build(), group: null };
  }
  if (keyExchange?.kind === 'ecdhe' && suite.exchange === 'ECDHE') {
    const { group = 0 } = keyExchange;
    const share = createShare(group);
    if (!share) throw cannot(`This scanner does not know the group 0x${group.toString(16)}.`);
    const secret = share.agree(keyExchange.publicValue);
    return { secret, message: new Writer().vector8(share.public).build(), group };
  }
  if (keyExchange?.kind === 'other') throw cannot("The server's key exchange is not known here.");
  throw garbage('The server sent no key exchange that fits its suite.');
}

function encrypted(certificate: Buffer | undefined, version: number): PremasterSecret {
  if (!certificate) throw garbage('The server sent no certificate.');
  const key = readPublicKey(certificate);
  if (!key) throw cannot("The runtime cannot read the key of the server's certificate.");
  const secret = Buffer.concat([new Writer().u16(version).build(), randomBytes(46)]);
  try {
    const sealed = publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, secret);
    return { secret, message: new Writer().vector16(sealed).build(), group: null };
  } catch {
    throw cannot("The runtime cannot encrypt with the key of the server's certificate.");
  }
}
