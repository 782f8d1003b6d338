import { userIdentity } from '../identity';
import type { UserIdentity } from '../event';
import { numberOf, randomOf } from './random';

/** Someone or something that calls: a user with an access key, or a role's sessions. */
export interface Person {
  readonly kind: 'user' | 'role';
  readonly name: string;
  /** Of a role, where it is not `/`. */
  readonly path?: string;
  readonly session?: string;
  readonly ip: string;
  readonly agent: string;
  readonly mfa?: boolean;
  /** The AWS service that calls on its behalf. */
  readonly invokedBy?: string;
}

const java = 'aws-sdk-java/2.31.47 md/io#sync md/http#Apache ua/2.1 os/Linux#6.1 lang/java#21.0.5';
const node = 'aws-sdk-js/3.864.0 ua/2.1 os/linux#6.1 lang/js md/nodejs#22.14.0 api/kms#3.864.0';
const python = 'Boto3/1.38.23 md/Botocore#1.38.23 ua/2.1 os/linux#6.1 lang/python#3.12.8';
const cli = 'aws-cli/2.27.22 md/awscrt#0.26.1 ua/2.1 os/macos#24.5.0 lang/python#3.13.3';
export const agents = { java, node, python, cli, console: 'AWS Internal' };

export function role(name: string, ip: string, agent: string, session?: string): Person {
  return {
    kind: 'role',
    name,
    ip,
    agent,
    session: session ?? `i-0${idOf(name, 16).toLowerCase()}`,
  };
}

export function user(name: string, ip: string, agent: string, mfa = false): Person {
  return { kind: 'user', name, ip, agent, mfa };
}

/** A role whose calls an AWS service makes for it. */
export function through(person: Person, service: string): Person {
  return { ...person, ip: service, agent: service, invokedBy: service };
}

const sessionMs = 6 * 3_600_000;

/** Gives a person's `userIdentity` at a time: a role's credentials change every six hours. */
export function identityBook(accountId: string): (person: Person, at: number) => UserIdentity {
  const latest = new Map<Person, { session: number; identity: UserIdentity }>();
  return (person, at) => {
    const session = person.kind === 'role' ? Math.floor(at / sessionMs) : 0;
    const known = latest.get(person);
    if (known?.session === session) return known.identity;
    const identity = identityOf(person, accountId, session);
    latest.set(person, { session, identity });
    return identity;
  };
}

function identityOf(person: Person, accountId: string, session: number): UserIdentity {
  const { kind, name, path = '/', session: sessionName = name, mfa, invokedBy } = person;
  const issuedAt = session * sessionMs;
  const { uniqueId, accessKeyId } = idsOf(accountId, kind, name);
  const identity =
    kind === 'user'
      ? userIdentity({
          accountId,
          accessKeyId,
          arn: `arn:aws:iam::${accountId}:user/${name}`,
          userId: uniqueId,
        })
      : userIdentity({
          accountId,
          accessKeyId: `ASIA${idOf(`${name}${session}`, 16)}`,
          arn: `arn:aws:sts::${accountId}:assumed-role/${name}/${sessionName}`,
          userId: `${uniqueId}:${sessionName}`,
          identity: {
            entityArn: `arn:aws:iam::${accountId}:role${path}${name}`,
            uniqueId,
            session: { issuedAt, mfaAt: mfa ? issuedAt : undefined },
          },
        });
  return invokedBy === undefined ? identity : { ...identity, invokedBy };
}

/** The ids by which events know a user or a role of a seeded account; the access key is a user's. */
export function idsOf(
  accountId: string,
  kind: Person['kind'],
  name: string,
): { readonly uniqueId: string; readonly accessKeyId: string } {
  return {
    uniqueId: `${kind === 'user' ? 'AIDA' : 'AROA'}${idOf(name, 17)}`,
    accessKeyId: `AKIA${idOf(`${accountId}${name}`, 16)}`,
  };
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Letters and digits of an AWS id, decided by a text. */
function idOf(text: string, length: number): string {
  const random = randomOf(numberOf(text), numberOf(`${text}#`), length);
  return Array.from({ length }, () => alphabet[random.integer(alphabet.length)]).join('');
}
