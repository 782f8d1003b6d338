import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  generatePrime,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import type { Account } from '../account/account';
import { makeCertificate } from './certificate';

/** What is kept of the practice account's authority: keys (PKCS #8, PEM), and when it began. */
interface Stored {
  readonly issuedAt: number;
  readonly keys: Readonly<Record<'root' | 'issuing' | 'rsa' | 'ec', string>>;
  readonly serials: Readonly<Record<'root' | 'issuing' | 'rsa' | 'ec', string>>;
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

export interface Authority {
  readonly rootPem: string;
  readonly exportPrime: Buffer;
  readonly identity: (wish: LeafWish) => Identity;
}

const dayMs = 86_400_000;
const rootName = 'Claviger Practice Root';
const issuingName = 'Claviger Practice Issuing';

/**
 * The authority of the practice account's TLS servers; its keys stay with the account. Dates follow the
 * account's clock: where that is `offsetMs` ahead of real time, certificates end so much sooner.
 */
export async function openAuthority(
  account: Pick<Account, 'clock' | 'state'>,
  offsetMs: number,
): Promise<Authority> {
  const stored = await storedIn(account);
  const { serials } = stored;
  const day = (count: number) => new Date(stored.issuedAt - offsetMs + count * dayMs);
  const [root, issuing] = [pairOf(stored.keys.root), pairOf(stored.keys.issuing)];
  const byRoot = {
    issuer: rootName,
    notBefore: day(-365),
    issuerPublicKey: root.publicKey,
    signingKey: root.privateKey,
  };
  const rootPem = makeCertificate({
    ...byRoot,
    serial: serials.root,
    subject: rootName,
    notAfter: day(7300),
    publicKey: root.publicKey,
    authority: {},
  });
  const issuingPem = makeCertificate({
    ...byRoot,
    serial: serials.issuing,
    subject: issuingName,
    notAfter: day(3650),
    publicKey: issuing.publicKey,
    authority: { pathLength: 0 },
  });
  return {
    rootPem,
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

async function storedIn({ clock, state }: Pick<Account, 'clock' | 'state'>): Promise<Stored> {
  const kept = state.of<Stored>('tls-authority');
  const known = kept.get('authority');
  if (known) return known;
  const [root, issuing, ec, rsa, exportPrime] = await Promise.all([
    ecKey(),
    ecKey(),
    ecKey(),
    promisify(generateKeyPair)('rsa', { modulusLength: 2048 }),
    prime(512),
  ]);
  const made: Stored = {
    issuedAt: clock.now(),
    keys: {
      root: pem(root.privateKey),
      issuing: pem(issuing.privateKey),
      ec: pem(ec.privateKey),
      rsa: pem(rsa.privateKey),
    },
    serials: { root: serial(), issuing: serial(), rsa: serial(), ec: serial() },
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
