import { createPrivateKey } from 'node:crypto';
import {
  curves,
  multiply,
  randomScalar,
  type Curve,
  type EcdsaSignature,
  type Point,
} from './weierstrass';

/** A key pair on a curve, as numbers. */
export interface EcKey {
  readonly curve: Curve;
  readonly d: bigint;
  readonly point: Point;
}

/** `SEQUENCE { ecPublicKey, secp256k1 }`, the algorithm of a secp256k1 key (RFC 5480). */
const k1Algorithm = Buffer.from('301006072a8648ce3d020106052b8104000a', 'hex');

/** A new secp256k1 private key as PKCS #8 (RFC 5208, RFC 5915), made without the crypto library. */
export function makeSecp256k1(): Buffer {
  const curve = curveOf('secp256k1');
  return writeSecp256k1(curve, randomScalar(curve));
}

/** Reads a private key of the curve from PKCS #8; undefined where it is none. */
export function readEcKey(curveName: string, pkcs8: Buffer): EcKey | undefined {
  const curve = curveOf(curveName);
  const d = curveName === 'secp256k1' ? readSecp256k1(pkcs8) : readWithLibrary(pkcs8);
  if (d === undefined || d <= 0n || d >= curve.n) return undefined;
  const point = multiply(curve, curve.g, d);
  return point && { curve, d, point };
}

/** The public half as SubjectPublicKeyInfo. */
export function secp256k1Spki({ point }: EcKey): Buffer {
  return der(0x30, k1Algorithm, der(0x03, Buffer.from([0]), uncompressed(point)));
}

/** Ecdsa-Sig-Value (RFC 3279, 2.2.3). */
export function writeSignature({ r, s }: EcdsaSignature): Buffer {
  return der(0x30, derInteger(r), derInteger(s));
}

/** Undefined for anything that is not exactly one Ecdsa-Sig-Value. */
export function readSignature(bytes: Buffer): EcdsaSignature | undefined {
  const sequence = readDer(bytes, 0x30);
  const r = sequence && readDer(sequence.content, 0x02);
  const s = r && readDer(r.rest, 0x02);
  if (!s || sequence.rest.length > 0 || s.rest.length > 0) return undefined;
  return { r: toNumber(r.content), s: toNumber(s.content) };
}

function curveOf(name: string): Curve {
  const curve = curves[name];
  if (!curve) throw new Error(`No curve ${name}`);
  return curve;
}

function writeSecp256k1(curve: Curve, d: bigint): Buffer {
  const point = multiply(curve, curve.g, d);
  if (!point) throw new Error('A private key is never a multiple of the order');
  const publicPart = der(0xa1, der(0x03, Buffer.from([0]), uncompressed(point)));
  const inner = der(0x30, der(0x02, Buffer.from([1])), der(0x04, toBytes(d, 32)), publicPart);
  return der(0x30, der(0x02, Buffer.from([0])), k1Algorithm, der(0x04, inner));
}

function readSecp256k1(pkcs8: Buffer): bigint | undefined {
  const body = readDer(pkcs8, 0x30);
  const version = body && readDer(body.content, 0x02);
  if (!version?.rest.subarray(0, k1Algorithm.length).equals(k1Algorithm)) return undefined;
  const octets = readDer(version.rest.subarray(k1Algorithm.length), 0x04);
  const inner = octets && readDer(octets.content, 0x30);
  const innerVersion = inner && readDer(inner.content, 0x02);
  const secret = innerVersion && readDer(innerVersion.rest, 0x04);
  return secret && toNumber(secret.content);
}

function readWithLibrary(pkcs8: Buffer): bigint | undefined {
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const { d } = key.export({ format: 'jwk' });
  return d === undefined ? undefined : toNumber(Buffer.from(d, 'base64url'));
}

function uncompressed({ x, y }: Point): Buffer {
  return Buffer.concat([Buffer.from([4]), toBytes(x, 32), toBytes(y, 32)]);
}

function der(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const length =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function derInteger(value: bigint): Buffer {
  const text = value.toString(16);
  const bytes = Buffer.from(text.length % 2 ? `0${text}` : text, 'hex');
  const sign = (bytes[0] ?? 0) >= 0x80 ? Buffer.from([0]) : Buffer.alloc(0);
  return der(0x02, sign, bytes);
}

function readDer(bytes: Buffer, tag: number): { content: Buffer; rest: Buffer } | undefined {
  const first = bytes[1];
  if (bytes[0] !== tag || first === undefined) return undefined;
  const extra = first < 128 ? 0 : first - 128;
  if (extra > 2) return undefined;
  const length = extra === 0 ? first : Number(toNumber(bytes.subarray(2, 2 + extra)));
  const start = 2 + extra;
  if (bytes.length < start + length) return undefined;
  return { content: bytes.subarray(start, start + length), rest: bytes.subarray(start + length) };
}

function toNumber(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex') || '0'}`);
}

function toBytes(value: bigint, length: number): Buffer {
  return Buffer.from(value.toString(16).padStart(length * 2, '0'), 'hex');
}
