import { secp256k1 } from '@noble/curves/secp256k1.js';

// The formats of secp256k1 keys, which Electron's crypto library does not know.

/** `SEQUENCE { ecPublicKey, secp256k1 }`, the algorithm of a key (RFC 5480). */
const algorithm = Buffer.from('301006072a8648ce3d020106052b8104000a', 'hex');

/** A new private key as PKCS #8 (RFC 5208, RFC 5915). */
export function makeSecp256k1(): Buffer {
  const secret = secp256k1.utils.randomSecretKey();
  const publicPart = der(0xa1, der(0x03, Buffer.from([0]), publicKey(secret)));
  const inner = der(0x30, der(0x02, Buffer.from([1])), der(0x04, Buffer.from(secret)), publicPart);
  return der(0x30, der(0x02, Buffer.from([0])), algorithm, der(0x04, inner));
}

/** The 32 bytes of a private key in PKCS #8; undefined where it is none. */
export function readSecp256k1(pkcs8: Buffer): Buffer | undefined {
  const body = readDer(pkcs8, 0x30);
  const version = body && readDer(body.content, 0x02);
  if (!version?.rest.subarray(0, algorithm.length).equals(algorithm)) return undefined;
  const octets = readDer(version.rest.subarray(algorithm.length), 0x04);
  const inner = octets && readDer(octets.content, 0x30);
  const innerVersion = inner && readDer(inner.content, 0x02);
  const secret = innerVersion && readDer(innerVersion.rest, 0x04);
  return secret?.content;
}

/** The public half of a secret as SubjectPublicKeyInfo. */
export function secp256k1Spki(secret: Buffer): Buffer {
  return der(0x30, algorithm, der(0x03, Buffer.from([0]), publicKey(secret)));
}

/** Uncompressed. */
function publicKey(secret: Uint8Array): Buffer {
  return Buffer.from(secp256k1.getPublicKey(secret, false));
}

/** For contents of up to 255 bytes, as those of these keys are. */
function der(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const length = body.length < 128 ? [body.length] : [0x81, body.length];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function readDer(bytes: Buffer, tag: number): { content: Buffer; rest: Buffer } | undefined {
  const first = bytes[1];
  if (bytes[0] !== tag || first === undefined) return undefined;
  const long = first === 0x81;
  if (first > 0x81 || first === 0x80) return undefined;
  const start = long ? 3 : 2;
  const length = long ? (bytes[2] ?? Infinity) : first;
  if (bytes.length < start + length) return undefined;
  return { content: bytes.subarray(start, start + length), rest: bytes.subarray(start + length) };
}
