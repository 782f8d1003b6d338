import { createHash, createPrivateKey, generateKeyPair, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { Collections } from '../account/collections';

/** A key pair with which CloudTrail signs a Region's digest files for one year. */
interface StoredKey {
  readonly region: string;
  readonly from: number;
  readonly to: number;
  /** PKCS #8, base64. */
  readonly privateKey: string;
  /** PKCS #1, base64, as ListPublicKeys gives it. */
  readonly publicKey: string;
  readonly fingerprint: string;
}

export interface SigningKeys {
  /** The Region's key of a time, made when it is first needed. */
  at(region: string, time: number): Promise<SigningKey>;
  /** The keys that were valid at some time between the two. */
  between(region: string, from: number, to: number): readonly StoredKey[];
}

export interface SigningKey {
  readonly fingerprint: string;
  /** Hex of RSASSA-PKCS1-v1_5 with SHA-256. */
  sign(text: string): string;
}

const makePair = promisify(generateKeyPair);

export function openSigningKeys(state: Collections): SigningKeys {
  const stored = state.of<StoredKey>('cloudtrail-signing-key');
  const ready = new Map<string, SigningKey>();
  return {
    async at(region, time) {
      const year = new Date(time).getUTCFullYear();
      const id = `${region}/${year}`;
      const known = ready.get(id);
      if (known) return known;
      let key = stored.get(id);
      if (!key) {
        const made = await makeKey(region, year);
        // Another request may have been quicker.
        key = stored.get(id) ?? made;
        stored.put(id, key);
        state.commit();
      }
      const privateKey = createPrivateKey({
        key: Buffer.from(key.privateKey, 'base64'),
        format: 'der',
        type: 'pkcs8',
      });
      const signer: SigningKey = {
        fingerprint: key.fingerprint,
        sign: (text) => sign('sha256', Buffer.from(text), privateKey).toString('hex'),
      };
      ready.set(id, signer);
      return signer;
    },
    between: (region, from, to) =>
      [...stored.values()]
        .filter((key) => key.region === region && key.from <= to && key.to >= from)
        .sort((a, b) => a.from - b.from),
  };
}

async function makeKey(region: string, year: number): Promise<StoredKey> {
  const { publicKey, privateKey } = await makePair('rsa', { modulusLength: 2048 });
  const pkcs1 = publicKey.export({ format: 'der', type: 'pkcs1' });
  return {
    region,
    from: Date.UTC(year, 0, 1),
    // The last digest of a year ends in the next.
    to: Date.UTC(year + 1, 0, 2),
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    publicKey: pkcs1.toString('base64'),
    fingerprint: createHash('md5').update(pkcs1).digest('hex'),
  };
}
