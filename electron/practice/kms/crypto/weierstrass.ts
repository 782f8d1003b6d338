import { randomBytes } from 'node:crypto';

/**
 * Arithmetic on short Weierstrass curves (SEC 1), for what the runtime's crypto library leaves out:
 * ECDSA over a digest that the caller made, and secp256k1, which BoringSSL does not have. It is slow
 * and not in constant time: good for practice keys, and for nothing else.
 */
export interface Curve {
  readonly p: bigint;
  readonly a: bigint;
  readonly n: bigint;
  readonly g: Point;
  readonly bytes: number;
}
export interface Point {
  readonly x: bigint;
  readonly y: bigint;
}

/** Jacobian coordinates: x = X/Z², y = Y/Z³; Z = 0 is the point at infinity. */
type Jacobian = readonly [x: bigint, y: bigint, z: bigint];

const hex = (text: string) => BigInt(`0x${text.replaceAll(' ', '')}`);

/** Domain parameters of SEC 2, sections 2.4.1 to 2.6.1. */
export const curves: Readonly<Record<string, Curve>> = {
  prime256v1: {
    p: hex('ffffffff00000001000000000000000000000000ffffffffffffffffffffffff'),
    a: -3n,
    n: hex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'),
    g: {
      x: hex('6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296'),
      y: hex('4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5'),
    },
    bytes: 32,
  },
  secp384r1: {
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    a: -3n,
    n: hex(
      'ffffffffffffffffffffffffffffffffffffffffffffffff c7634d81f4372ddf581a0db248b0a77aecec196accc52973',
    ),
    g: {
      x: hex(
        'aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b98 59f741e082542a385502f25dbf55296c3a545e3872760ab7',
      ),
      y: hex(
        '3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147c e9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f',
      ),
    },
    bytes: 48,
  },
  secp521r1: {
    p: 2n ** 521n - 1n,
    a: -3n,
    n: hex(
      '01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409',
    ),
    g: {
      x: hex(
        '00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66',
      ),
      y: hex(
        '011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650',
      ),
    },
    bytes: 66,
  },
  secp256k1: {
    p: 2n ** 256n - 2n ** 32n - 977n,
    a: 0n,
    n: hex('fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'),
    g: {
      x: hex('79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798'),
      y: hex('483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8'),
    },
    bytes: 32,
  },
};

export interface EcdsaSignature {
  readonly r: bigint;
  readonly s: bigint;
}

/** SEC 1, 4.1.3, over a digest. */
export function ecdsaSign(curve: Curve, privateKey: bigint, digest: Uint8Array): EcdsaSignature {
  const z = digestNumber(curve, digest);
  for (;;) {
    const k = randomScalar(curve);
    const r = mod(multiply(curve, curve.g, k)?.x ?? 0n, curve.n);
    const s = mod(invert(k, curve.n) * (z + r * privateKey), curve.n);
    if (r !== 0n && s !== 0n) return { r, s };
  }
}

/** SEC 1, 4.1.4, over a digest. */
export function ecdsaVerify(
  curve: Curve,
  publicKey: Point,
  digest: Uint8Array,
  { r, s }: EcdsaSignature,
): boolean {
  const { n, g } = curve;
  if (r <= 0n || r >= n || s <= 0n || s >= n) return false;
  const w = invert(s, n);
  const u1 = mod(digestNumber(curve, digest) * w, n);
  const u2 = mod(r * w, n);
  const sum = add(curve, multiplyJacobian(curve, g, u1), multiplyJacobian(curve, publicKey, u2));
  const point = affine(curve, sum);
  return point !== undefined && mod(point.x, n) === r;
}

export function randomScalar(curve: Curve): bigint {
  for (;;) {
    const scalar =
      hex(randomBytes(curve.bytes).toString('hex')) % 2n ** BigInt(curve.n.toString(2).length);
    if (scalar > 0n && scalar < curve.n) return scalar;
  }
}

/** scalar · point; undefined for the point at infinity. */
export function multiply(curve: Curve, point: Point, scalar: bigint): Point | undefined {
  return affine(curve, multiplyJacobian(curve, point, scalar));
}

function multiplyJacobian(curve: Curve, { x, y }: Point, scalar: bigint): Jacobian {
  let sum: Jacobian = [0n, 1n, 0n];
  for (const bit of scalar.toString(2)) {
    sum = double(curve, sum);
    if (bit === '1') sum = add(curve, sum, [x, y, 1n]);
  }
  return sum;
}

function double({ p, a }: Curve, [x, y, z]: Jacobian): Jacobian {
  if (z === 0n || y === 0n) return [0n, 1n, 0n];
  const yy = mod(y * y, p);
  const s = mod(4n * x * yy, p);
  const m = mod(3n * x * x + a * z ** 4n, p);
  const x3 = mod(m * m - 2n * s, p);
  return [x3, mod(m * (s - x3) - 8n * yy * yy, p), mod(2n * y * z, p)];
}

function add(curve: Curve, one: Jacobian, other: Jacobian): Jacobian {
  const { p } = curve;
  const [x1, y1, z1] = one;
  const [x2, y2, z2] = other;
  if (z1 === 0n) return other;
  if (z2 === 0n) return one;
  const zz1 = mod(z1 * z1, p);
  const zz2 = mod(z2 * z2, p);
  const u1 = mod(x1 * zz2, p);
  const s1 = mod(y1 * zz2 * z2, p);
  const h = mod(x2 * zz1 - u1, p);
  const r = mod(y2 * zz1 * z1 - s1, p);
  if (h === 0n) return r === 0n ? double(curve, one) : [0n, 1n, 0n];
  const hh = mod(h * h, p);
  const hhh = mod(h * hh, p);
  const v = mod(u1 * hh, p);
  const x3 = mod(r * r - hhh - 2n * v, p);
  return [x3, mod(r * (v - x3) - s1 * hhh, p), mod(h * z1 * z2, p)];
}

function affine({ p }: Curve, [x, y, z]: Jacobian): Point | undefined {
  if (z === 0n) return undefined;
  const inverse = invert(z, p);
  return { x: mod(x * inverse ** 2n, p), y: mod(y * inverse ** 3n, p) };
}

/** The leftmost bits of a digest, as many as the order has. */
function digestNumber({ n }: Curve, digest: Uint8Array): bigint {
  const number = hex(Buffer.from(digest).toString('hex') || '0');
  const excess = digest.length * 8 - n.toString(2).length;
  return excess > 0 ? number >> BigInt(excess) : number;
}

function mod(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

/** Extended Euclid; the modulus is prime. */
function invert(value: bigint, modulus: bigint): bigint {
  let [a, b] = [mod(value, modulus), modulus];
  let [x, y] = [1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a % b];
    [x, y] = [y, x - quotient * y];
  }
  return mod(x, modulus);
}
