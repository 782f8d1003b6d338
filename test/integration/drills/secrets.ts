import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { AwsGateway } from '../../../electron/aws/types';

/** Secrets by what they are. */
export type Secrets = Map<string, Uint8Array>;

/** Notes every secret that AWS gives on its way through the gateway: data keys, credentials. */
export function secretsOf(gateway: AwsGateway): Secrets {
  const secrets: Secrets = new Map();
  const send = gateway.send.bind(gateway);
  vi.spyOn(gateway, 'send').mockImplementation(async (target, command, options) => {
    const answer = await send(target, command, options);
    const { Plaintext, Credentials } = answer.output as {
      Plaintext?: Uint8Array;
      Credentials?: { SecretAccessKey?: string; SessionToken?: string };
    };
    const keep = (what: string, bytes: Uint8Array) =>
      secrets.set(`${what} ${secrets.size}`, Buffer.from(bytes));
    if (Plaintext) keep('data key', Plaintext);
    if (Credentials?.SecretAccessKey) keep('secret key', Buffer.from(Credentials.SecretAccessKey));
    if (Credentials?.SessionToken) keep('token', Buffer.from(Credentials.SessionToken));
    return answer;
  });
  return secrets;
}

/** Where a secret stands: `data key 3 as hex in record.json`. */
export function found(secrets: Secrets, places: ReadonlyMap<string, Uint8Array>): string[] {
  const texts = [...places].map(([place, bytes]) => {
    const text = Buffer.from(bytes).toString('latin1');
    return { place, text, lower: text.toLowerCase() };
  });
  return [...secrets].flatMap(([what, bytes]) =>
    formsOf(bytes).flatMap(({ as, form }) =>
      texts
        .filter(({ text, lower }) => (as === 'hex' ? lower : text).includes(form))
        .map(({ place }) => `${what} as ${as} in ${place}`),
    ),
  );
}

/** What the bytes look like as they are, in hex, and in base64 wherever in a longer text they begin. */
export function formsOf(bytes: Uint8Array): { as: string; form: string }[] {
  const raw = Buffer.from(bytes);
  const base64 = [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), raw]).toString('base64');
    // The first and last characters also hold bits of what stands beside.
    const own = text.replace(/=+$/, '').slice(Math.ceil((shift * 8) / 6), -1);
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return [
    { as: 'bytes', form: raw.toString('latin1') },
    { as: 'hex', form: raw.toString('hex') },
    ...[...new Set(base64)].map((form) => ({ as: 'base64', form })),
  ];
}

/** The files of the database, as they lie on disk. */
export function databaseFiles(dataDir: string): Map<string, Uint8Array> {
  return new Map(
    readdirSync(dataDir)
      .filter((name) => name.startsWith('claviger.db'))
      .map((name) => [name, readFileSync(join(dataDir, name))]),
  );
}
