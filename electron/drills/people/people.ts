import { createPublicKey, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { GetPublicKeyCommand, SignCommand } from '@aws-sdk/client-kms';
import { AppError } from '../../../shared/model/errors';
import type { Participant } from '../../../shared/model/drills/entry';
import { personSchema, type Person, type SignAlgorithm } from '../../../shared/model/drills/person';
import type { KeyRef } from '../../../shared/model/key';
import type { AwsGateway } from '../../aws/types';
import type { Store } from '../../store/types';
import { digestOf } from '../digests';
import { openSecret, sealSecret, type Keychain } from './sealedKeys';
import {
  fingerprintOf,
  newKeyPairs,
  packKeyPairs,
  publicPem,
  signEd25519,
  unpackKeyPairs,
} from './keyPairs';

/** Somebody as a drill needs them: who they are, and what only they can do. */
export interface Signer {
  readonly person: Pick<Person, 'id' | 'name' | 'algorithm' | 'fingerprint' | 'publicKey'>;
  sign(bytes: Uint8Array, signal: AbortSignal): Promise<Buffer>;
}

/** What a person's passphrase gives for one moment. */
export interface Unlocked extends Signer {
  /** Opens what is sealed to them. */
  readonly opening: KeyObject;
}

export interface People {
  all(): Person[];
  find(id: string): Person;
  /** The public key that shares are sealed to; undefined for who signs with KMS. */
  sealingKey(id: string): string | undefined;
  add(name: string, passphrase: string): Promise<Person>;
  addKms(name: string, key: KeyRef, signal: AbortSignal): Promise<Person>;
  changePassphrase(id: string, passphrase: string, next: string): Promise<void>;
  retire(id: string): void;
  unlock(id: string, passphrase: string | undefined): Promise<Unlocked>;
  /** By passphrase or KMS, whichever the person holds. */
  signer(id: string, passphrase: string | undefined): Promise<Signer>;
}

interface Stored {
  readonly person: Person;
  readonly sealing: string | undefined;
  readonly secret: string | null;
}

/** Who can sign, with their keys in the store: private ones only under their passphrases. */
export function openPeople(options: {
  readonly store: Store;
  readonly gateway: AwsGateway;
  readonly now: () => Date;
  readonly keychain: (() => Keychain | undefined) | undefined;
}): People {
  const { store, gateway, now, keychain } = options;
  const select = store.db.prepare('SELECT body, secret FROM drill_person ORDER BY rowid');
  const upsert = store.db.prepare(
    'INSERT INTO drill_person (id, body, secret) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body, secret = excluded.secret',
  );

  function read(): Stored[] {
    return select.all().flatMap(({ body, secret }) => {
      const { sealing, ...rest } = JSON.parse(String(body)) as { sealing?: string };
      const person = personSchema.safeParse(rest);
      const text = typeof secret === 'string' ? secret : null;
      return person.success ? [{ person: person.data, sealing, secret: text }] : [];
    });
  }

  function write({ person, sealing, secret }: Stored): void {
    upsert.run(person.id, JSON.stringify({ ...person, sealing }), secret);
  }

  function stored(id: string): Stored {
    const found = read().find(({ person }) => person.id === id);
    if (!found) throw new AppError('not-found', 'This person is not in the list.');
    return found;
  }

  function requireNewName(name: string): void {
    if (read().some(({ person }) => person.name === name && !person.retiredAt)) {
      throw new AppError('conflict', `${name} has a key already. Retire it first.`);
    }
  }

  const people: People = {
    all: () => read().map(({ person }) => person),
    find: (id) => stored(id).person,
    sealingKey: (id) => stored(id).sealing,
    async add(name, passphrase) {
      requireNewName(name);
      const { person, pairs } = newPerson(name, now());
      const secret = await sealSecret(packKeyPairs(pairs), passphrase, keychain?.());
      write({ person, sealing: publicPem(pairs.opening), secret });
      return person;
    },
    async addKms(name, key, signal) {
      requireNewName(name);
      const command = new GetPublicKeyCommand({ KeyId: key.keyId });
      const { output } = await gateway.send(key, command, { signal });
      const algorithm = algorithmOf(output.KeySpec, output.KeyUsage);
      const spki = Buffer.from(output.PublicKey ?? []);
      const publicKey = publicPem(createPublicKey({ key: spki, format: 'der', type: 'spki' }));
      const person: Person = {
        id: randomUUID(),
        name,
        holds: 'kms',
        algorithm,
        publicKey,
        fingerprint: fingerprintOf(publicKey),
        kms: key,
        createdAt: now().toISOString(),
      };
      write({ person, sealing: undefined, secret: null });
      return person;
    },
    async changePassphrase(id, passphrase, next) {
      const found = stored(id);
      const secret = await openSecret(requireSecret(found), passphrase, keychain?.());
      write({ ...found, secret: await sealSecret(secret, next, keychain?.()) });
      secret.fill(0);
    },
    retire(id) {
      const found = stored(id);
      write({ ...found, person: { ...found.person, retiredAt: now().toISOString() } });
    },
    async unlock(id, passphrase) {
      const found = stored(id);
      if (passphrase === undefined) {
        throw new AppError('bad-request', `${found.person.name}’s passphrase is needed.`);
      }
      const bytes = await openSecret(requireSecret(found), passphrase, keychain?.());
      const pairs = unpackKeyPairs(bytes);
      bytes.fill(0);
      return unlocked(found.person, pairs);
    },
    async signer(id, passphrase) {
      const { person } = stored(id);
      return person.kms ? kmsSigner(gateway, person, person.kms) : people.unlock(id, passphrase);
    },
  };
  return people;
}

/** A person whose keys are nowhere but in memory: who takes part in an unattended rehearsal. */
export function passingPerson(name: string, now: Date): { unlocked: Unlocked; sealingKey: string } {
  const { person, pairs } = newPerson(name, now);
  return { unlocked: unlocked(person, pairs), sealingKey: publicPem(pairs.opening) };
}

/** How someone stands in a drill's record. */
export function participantOf(
  { id, name, algorithm, fingerprint, publicKey }: Signer['person'],
  role: Participant['role'],
): Participant {
  return { person: id, name, role, algorithm, fingerprint, publicKey };
}

function newPerson(name: string, now: Date) {
  const pairs = newKeyPairs();
  const publicKey = publicPem(pairs.signing);
  const person: Person = {
    id: randomUUID(),
    name,
    holds: 'passphrase',
    algorithm: 'Ed25519',
    publicKey,
    fingerprint: fingerprintOf(publicKey),
    createdAt: now.toISOString(),
  };
  return { person, pairs };
}

function unlocked(person: Person, pairs: ReturnType<typeof newKeyPairs>): Unlocked {
  return {
    person,
    opening: pairs.opening,
    sign: (bytes) => Promise.resolve(signEd25519(bytes, pairs.signing)),
  };
}

function requireSecret({ person, secret }: Stored): string {
  if (secret !== null) return secret;
  throw new AppError('bad-request', `${person.name} signs with a KMS key and has no passphrase.`);
}

function algorithmOf(spec: string | undefined, usage: string | undefined): SignAlgorithm {
  if (usage === 'SIGN_VERIFY') {
    if (spec === 'ECC_NIST_P256') return 'ECDSA-P256-SHA256';
    if (spec === 'ECC_NIST_P384') return 'ECDSA-P384-SHA384';
    if (spec?.startsWith('RSA_')) return 'RSA-PSS-SHA256';
  }
  throw new AppError(
    'unsupported',
    'This key cannot sign a record. Take one that signs with RSA, or with the curve P-256 or P-384.',
  );
}

const kmsAlgorithms = {
  'ECDSA-P256-SHA256': 'ECDSA_SHA_256',
  'ECDSA-P384-SHA384': 'ECDSA_SHA_384',
  'RSA-PSS-SHA256': 'RSASSA_PSS_SHA_256',
} as const;

function kmsSigner(gateway: AwsGateway, person: Person, key: KeyRef): Signer {
  return {
    person,
    async sign(bytes, signal) {
      const algorithm = person.algorithm as keyof typeof kmsAlgorithms;
      const command = new SignCommand({
        KeyId: key.keyId,
        Message: digestOf(algorithm, bytes),
        MessageType: 'DIGEST',
        SigningAlgorithm: kmsAlgorithms[algorithm],
      });
      const { output } = await gateway.send(key, command, { signal });
      if (!output.Signature) throw new AppError('bad-response', 'KMS gave no signature.');
      return Buffer.from(output.Signature);
    },
  };
}
