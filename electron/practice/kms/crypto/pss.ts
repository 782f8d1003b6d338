import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * EMSA-PSS (RFC 8017, 9.1) over a digest that the caller made, with a salt as long as the digest and
 * MGF1 with the same hash, as KMS has it.
 */
export function pssEncode(hash: string, digest: Uint8Array, modulusBits: number): Buffer {
  const emBits = modulusBits - 1;
  const emLength = Math.ceil(emBits / 8);
  const salt = randomBytes(digest.length);
  const h = saltedHash(hash, digest, salt);
  const db = Buffer.alloc(emLength - h.length - 1);
  db[db.length - salt.length - 1] = 1;
  salt.copy(db, db.length - salt.length);
  const masked = xor(db, mgf1(hash, h, db.length));
  clearTopBits(masked, emLength, emBits);
  return Buffer.concat([masked, h, Buffer.from([0xbc])]);
}

export function pssVerify(
  hash: string,
  digest: Uint8Array,
  encoded: Buffer,
  modulusBits: number,
): boolean {
  const emBits = modulusBits - 1;
  const emLength = Math.ceil(emBits / 8);
  const hashLength = digest.length;
  if (encoded.length !== emLength || encoded.at(-1) !== 0xbc) return false;
  const h = encoded.subarray(-hashLength - 1, -1);
  const masked = encoded.subarray(0, emLength - hashLength - 1);
  const db = xor(masked, mgf1(hash, h, masked.length));
  clearTopBits(db, emLength, emBits);
  const separator = db.length - hashLength - 1;
  const padded = db.subarray(0, separator).every((byte) => byte === 0) && db[separator] === 1;
  return padded && timingSafeEqual(saltedHash(hash, digest, db.subarray(separator + 1)), h);
}

function saltedHash(hash: string, digest: Uint8Array, salt: Uint8Array): Buffer {
  return createHash(hash).update(Buffer.alloc(8)).update(digest).update(salt).digest();
}

function mgf1(hash: string, seed: Uint8Array, length: number): Buffer {
  const parts: Buffer[] = [];
  for (let counter = 0, made = 0; made < length; counter++) {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const part = createHash(hash).update(seed).update(count).digest();
    parts.push(part);
    made += part.length;
  }
  return Buffer.concat(parts).subarray(0, length);
}

function clearTopBits(bytes: Buffer, emLength: number, emBits: number): void {
  bytes[0] = (bytes[0] ?? 0) & (0xff >> (8 * emLength - emBits));
}

function xor(one: Buffer, other: Buffer): Buffer {
  return Buffer.from(one.map((byte, index) => byte ^ (other[index] ?? 0)));
}
