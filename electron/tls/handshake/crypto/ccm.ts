import { createCipheriv, timingSafeEqual } from 'node:crypto';
import { Writer } from '../../wire/bytes';

const block = 16;
/** With nonces of 12 bytes three are left for the message's length. */
const lengthBytes = 3;

/** AES-CCM (RFC 3610) from the runtime's AES, for BoringSSL has none: ciphertext and tag. */
export function sealCcm(
  key: Buffer,
  nonce: Uint8Array,
  aad: Uint8Array,
  plaintext: Uint8Array,
  tagLength: 8 | 16,
): Buffer {
  const tag = authenticate(key, nonce, aad, plaintext, tagLength);
  const [sealedTag, ciphertext] = counter(key, nonce, tag, plaintext);
  return Buffer.concat([ciphertext, sealedTag.subarray(0, tagLength)]);
}

/** The plaintext; null where the tag does not fit. */
export function openCcm(
  key: Buffer,
  nonce: Uint8Array,
  aad: Uint8Array,
  sealed: Uint8Array,
  tagLength: 8 | 16,
): Buffer | null {
  const at = sealed.length - tagLength;
  if (at < 0) return null;
  const [tag, plaintext] = counter(key, nonce, sealed.subarray(at), sealed.subarray(0, at));
  const expected = authenticate(key, nonce, aad, plaintext, tagLength);
  return timingSafeEqual(tag.subarray(0, tagLength), expected.subarray(0, tagLength))
    ? plaintext
    : null;
}

/** The CBC-MAC over nonce, lengths, additional data and message (RFC 3610 section 2.2). */
function authenticate(
  key: Buffer,
  nonce: Uint8Array,
  aad: Uint8Array,
  message: Uint8Array,
  tagLength: number,
): Buffer {
  const flags = (aad.length > 0 ? 64 : 0) + ((tagLength - 2) / 2) * 8 + (lengthBytes - 1);
  const header = aad.length > 0 ? pad(new Writer().vector16(aad).build()) : Buffer.alloc(0);
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, Buffer.alloc(block));
  cipher.setAutoPadding(false);
  const chained = Buffer.concat([
    cipher.update(new Writer().u8(flags).bytes(nonce).u24(message.length).build()),
    cipher.update(header),
    cipher.update(pad(message)),
  ]);
  return chained.subarray(-block);
}

/** Both through the counter mode: the tag with counter 0, the text from 1 on (section 2.3). */
function counter(
  key: Buffer,
  nonce: Uint8Array,
  tag: Uint8Array,
  text: Uint8Array,
): [Buffer, Buffer] {
  const start = Buffer.concat([Buffer.from([lengthBytes - 1]), nonce, Buffer.alloc(lengthBytes)]);
  const cipher = createCipheriv(`aes-${key.length * 8}-ctr`, key, start);
  return [cipher.update(pad(tag)), cipher.update(text)];
}

function pad(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((block - (bytes.length % block)) % block)]);
}
