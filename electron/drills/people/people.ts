import { createPublicKey, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { GetPublicKeyCommand } from '@aws-sdk/client-kms';
import { AppError } from '../../../shared/model/errors';
import type { Participant } from '../../../shared/model/drills/entry';
import { personSchema, type Person } from '../../../shared/model/drills/person';
import type { KeyRef } from '../../../shared/model/key';
import type { AwsGateway } from '../../aws/types';
import type { Store } from '../../store/types';
import { algorithmOf, kmsSigner } from './kmsSigner';
import { openSecret, sealSecret, type Keychain } from './sealedKeys';
import {
  fingerprintOf,
  newKeyPairs,
  packKeyPairs,
  publicPem,
  signEd25519,
  unpackKeyPairs,
  type KeyPairs,
} from './keyPairs';

/** Somebody as a drill needs them: who they are, and what only they can do. */
export interface Signer {
  readonly person: Pick<
    Person,
    'id' | 'name' | 'algorithm' | 'fingerprint' | 'publicKey' | 'takesShares'
  >;
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
  /** The public key that shares are sealed to; undefined for who signs with KMS and has no passphrase. */
  sealingKey(id: string): string | undefined;
  add(name: string, passphrase: string): Promise<Person>;
  /** With a passphrase they can keep shares too: a key to which these are sealed is made under it. */
  addKms(
    name: string,
    key: KeyRef,
    passphrase: string | undefined,
    signal: AbortSignal,
  ): Promise<Person>;
  changePassphrase(id: string, passphrase: string, next: string): Promise<void>;
  retire(id: string): void;
  unlock(id: string, passphrase: string | undefined): Promise<Unlocked>;
  /** By passphrase or KMS, whichever the person signs with. */
  signer(id: string, passphrase: string | undefined): Promise<Signer>;
  /** Somebody who says that it is them: by their passphrase where they have one. */
  present(id: string, passphrase: string | undefined): Promise<Signer>;
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
      const person = personSchema.safeParse({ ...rest, takesShares: sealing !== undefined });
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
    async addKms(name, key, passphrase, signal) {
      requireNewName(name);
      const command = new GetPublicKeyCommand({ KeyId: key.keyId });
      const { output } = await gateway.send(key, command, { signal });
      const algorithm = algorithmOf(output.KeySpec, output.KeyUsage);
      const spki = Buffer.from(output.PublicKey ?? []);
      const publicKey = publicPem(createPublicKey({ key: spki, format: 'der', type: 'spki' }));
      const fingerprint = fingerprintOf(publicKey);
      const owner = read().find((one) => one.person.fingerprint === fingerprint)?.person;
      if (owner && !owner.retiredAt) {
        throw new AppError(
          'conflict',
          `${owner.name} signs with this key already: each person has a key of their own.`,
        );
      }
      const person: Person = {
        id: randomUUID(),
        name,
        holds: 'kms',
        algorithm,
        publicKey,
        fingerprint,
        kms: key,
        takesShares: passphrase !== undefined,
        createdAt: now().toISOString(),
      };
      if (passphrase === undefined) write({ person, sealing: undefined, secret: null });
      else {
        const { opening } = newKeyPairs();
        const secret = await sealSecret(packKeyPairs({ opening }), passphrase, keychain?.());
        write({ person, sealing: publicPem(opening), secret });
      }
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
      const { person } = found;
      if (person.kms) return { ...kmsSigner(gateway, person, person.kms), opening: pairs.opening };
      return unlocked(person, pairs);
    },
    async signer(id, passphrase) {
      const { person } = stored(id);
      return person.kms ? kmsSigner(gateway, person, person.kms) : people.unlock(id, passphrase);
    },
    present: (id, passphrase) =>
      stored(id).secret === null ? people.signer(id, passphrase) : people.unlock(id, passphrase),
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
    takesShares: true,
    createdAt: now.toISOString(),
  };
  return { person, pairs };
}

function unlocked(person: Person, { signing, opening }: KeyPairs): Unlocked {
  return {
    person,
    opening,
    sign(bytes) {
      if (!signing) throw new TypeError('somebody without a key that signs');
      return Promise.resolve(signEd25519(bytes, signing));
    },
  };
}

function requireSecret({ person, secret }: Stored): string {
  if (secret !== null) return secret;
  throw new AppError(
    'bad-request',
    `${person.name} signs with a KMS key and has no passphrase here.`,
  );
}
