import { z } from 'zod';
import { keyRefSchema } from '../key';

/** Signature algorithms of bundles: each can be checked by openssl. */
export const signAlgorithms = [
  'Ed25519',
  'ECDSA-P256-SHA256',
  'ECDSA-P384-SHA384',
  'RSA-PSS-SHA256',
] as const;
export type SignAlgorithm = (typeof signAlgorithms)[number];

/** Somebody who can sign: with a key under a passphrase, or with a KMS key. */
export const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  holds: z.enum(['passphrase', 'kms']),
  algorithm: z.enum(signAlgorithms),
  /** SHA-256 of the public key (SPKI, DER), hex. */
  fingerprint: z.string(),
  publicKey: z.string(),
  /** Where the KMS key lies. */
  kms: keyRefSchema.optional(),
  /** Shares of key material can be sealed to them: only a passphrase of theirs opens what is. */
  takesShares: z.boolean(),
  createdAt: z.string(),
  /** Signs nothing new any more; what was signed stays good. */
  retiredAt: z.string().optional(),
});
export type Person = z.infer<typeof personSchema>;

/** Why somebody cannot keep a share of imported material, as a sentence; undefined where they can. */
export function whyNoShare({
  name,
  takesShares,
}: Pick<Person, 'name' | 'takesShares'>): string | undefined {
  if (takesShares) return undefined;
  return `${name} signs with a KMS key alone, to which no share of key material can be sealed. Name another custodian, or retire ${name} under People and add them again with a passphrase for shares.`;
}

/** Fewest characters of a passphrase: scrypt makes each guess dear, not few guesses safe. */
export const minPassphraseLength = 12;
