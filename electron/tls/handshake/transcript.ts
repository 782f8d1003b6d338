import { createHash } from 'node:crypto';
import { Writer } from '../wire/bytes';

/** The handshake's messages in order, as hashes and signatures need them. */
export class Transcript {
  #messages: Buffer[] = [];

  add(message: Buffer): void {
    this.#messages.push(message);
  }

  /** Their hash, and of `more` behind them; `md5-sha1` is both, one after the other (RFC 4346 section 7.4.9). */
  hash(name: 'sha256' | 'sha384' | 'md5-sha1', ...more: readonly Buffer[]): Buffer {
    const names = name === 'md5-sha1' ? ['md5', 'sha1'] : [name];
    return Buffer.concat(
      names.map((one) => {
        const hash = createHash(one);
        for (const message of [...this.#messages, ...more]) hash.update(message);
        return hash.digest();
      }),
    );
  }

  /** A HelloRetryRequest came: its hash takes the place of the first hello (RFC 8446 section 4.4.1). */
  retry(hash: 'sha256' | 'sha384'): void {
    const messageHash = 254;
    const [first = Buffer.alloc(0), ...rest] = this.#messages;
    const digest = createHash(hash).update(first).digest();
    this.#messages = [new Writer().u8(messageHash).vector24(digest).build(), ...rest];
  }
}
