import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  generateKeyPairSync,
  generatePrime,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import type { Account } from '../account/account';
import { makeCertificate } from './certificate';

/** What is kept of the root: its key (PKCS #8, PEM), and when it began. */
interface StoredRoot {
  readonly issuedAt: number;
  readonly key: string;
  readonly serial: string;
}

/** What is kept of the rest. */
interface Stored {
  readonly keys: Readonly<Record<'issuing' | 'rsa' | 'ec', string>>;
  readonly serials: Readonly<Record<'issuing' | 'rsa' | 'ec', string>>;
  /** Of 512 bits, hex. */
  readonly exportPrime: string;
}

export interface Identity {
  /** PEM of the server's own certificate and what is sent with it. */
  readonly cert: string;
  readonly key: string;
}

export interface LeafWish {
  readonly kind: 'rsa' | 'ec';
  readonly names: readonly string[];
  /** Counted from the authority's first day. */
  readonly fromDay: number;
  readonly toDay: number;
  /** `alone`: without the authority between; `self`: signed by itself. */
  readonly chain: 'whole' | 'alone' | 'self';
}

export interface Root {
  readonly pem: string;
  /** What is so many days after the authority's first one. */
  readonly day: (count: number) => Date;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export interface Authority {
  readonly rootPem: string;
  readonly exportPrime: Buffer;
  readonly identity: (wish: LeafWish) => Identity;
}

type AccountParts = Pick<Account, 'clock' | 'state'>;

const dayMs = 86_400_000;
const rootName = 'Claviger Practice Root';
const issuingName = 'Claviger Practice Issuing';

/**
 * The root of the practice account's TLS servers: quickly made, so that it is there from the start. Its key
 * stays with the account. Dates follow the account's clock: where that is `offsetMs` ahead of real time,
 * certificates end so much sooner.
 */
export function openRoot(account: AccountParts, offsetMs: number): Root {
  const { issuedAt, key, serial } = storedRoot(account);
  const day = (count: number) => new Date(issuedAt - offsetMs + count * dayMs);
  const { privateKey, publicKey } = pairOf(key);
  const pem = makeCertificate({
    serial,
    subject: rootName,
    issuer: rootName,
    notBefore: day(-365),
    notAfter: day(7300),
    publicKey,
    issuerPublicKey: publicKey,
    signingKey: privateKey,
    authority: {},
  });
  return { pem, day, privateKey, publicKey };
}

/** What the root vouches for: another authority, and the servers below that. Keys stay with the account. */
export async function openAuthority(account: AccountParts, root: Root): Promise<Authority> {
  const { day } = root;
  const stored = await storedRest(account);
  const { serials } = stored;
  const issuing = pairOf(stored.keys.issuing);
  const issuingPem = makeCertificate({
    serial: serials.issuing,
    subject: issuingName,
    issuer: rootName,
    notBefore: day(-365),
    notAfter: day(3650),
    publicKey: issuing.publicKey,
    issuerPublicKey: root.publicKey,
    signingKey: root.privateKey,
    authority: { pathLength: 0 },
  });
  return {
    rootPem: root.pem,
    exportPrime: Buffer.from(stored.exportPrime, 'hex'),
    identity({ kind, names, fromDay, toDay, chain }) {
      const own = pairOf(stored.keys[kind]);
      const self = chain === 'self';
      const signer = self ? own : issuing;
      const subject = names[0] ?? 'localhost';
      const leaf = makeCertificate({
        serial: serials[kind],
        subject,
        issuer: self ? subject : issuingName,
        notBefore: day(fromDay),
        notAfter: day(toDay),
        publicKey: own.publicKey,
        issuerPublicKey: signer.publicKey,
        signingKey: signer.privateKey,
        names,
      });
      return { cert: chain === 'whole' ? leaf + issuingPem : leaf, key: stored.keys[kind] };
    },
  };
}

function storedRoot({ clock, state }: AccountParts): StoredRoot {
  const kept = state.of<StoredRoot>('tls-root');
  const known = kept.get('root');
  if (known) return known;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const made = { issuedAt: clock.now(), key: pem(privateKey), serial: serial() };
  kept.put('root', made);
  state.commit();
  return made;
}

async function storedRest({ state }: AccountParts): Promise<Stored> {
  const kept = state.of<Stored>('tls-authority');
  const known = kept.get('authority');
  if (known) return known;
  const [issuing, ec, rsa, exportPrime] = await Promise.all([
    ecKey(),
    ecKey(),
    promisify(generateKeyPair)('rsa', { modulusLength: 2048 }),
    prime(512),
  ]);
  const made: Stored = {
    keys: {
      issuing: pem(issuing.privateKey),
      ec: pem(ec.privateKey),
      rsa: pem(rsa.privateKey),
    },
    serials: { issuing: serial(), rsa: serial(), ec: serial() },
    exportPrime: Buffer.from(exportPrime).toString('hex'),
  };
  kept.put('authority', made);
  state.commit();
  return made;
}

function prime(bits: number): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) =>
    generatePrime(bits, (error, found) => (error ? reject(error) : resolve(found))),
  );
}

function ecKey() {
  return promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function pairOf(text: string): { privateKey: KeyObject; publicKey: KeyObject } {
  const privateKey = createPrivateKey(text);
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** Positive and of 16 bytes, hex. */
function serial(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x3f) | 0x40, 0);
  return bytes.toString('hex');
}
