import { z } from 'zod';

/**
 * An encryption context: pairs that KMS binds to a data key and writes into CloudTrail, in the clear.
 * Source: AWS KMS developer guide, "Encryption context".
 */
export const encryptionContextSchema = z.record(
  z.string().min(1).max(2048),
  z.string().min(1).max(2048),
);
export type EncryptionContext = z.infer<typeof encryptionContextSchema>;

/** A context that is kept by name, to be filled in again. */
export const contextTemplateSchema = z.object({
  name: z.string().trim().min(1).max(100),
  /** A value may be empty: then it is asked for each time. */
  pairs: z.array(z.object({ name: z.string().min(1).max(2048), value: z.string().max(2048) })),
});

/** KMS takes 8,192 bytes of pairs. */
const maxContextBytes = 8192;

/** Why a context cannot be used: one sentence each; none where it can. */
export function contextProblems(context: EncryptionContext): string[] {
  const pairs = Object.entries(context);
  const problems: string[] = [];
  for (const [name, value] of pairs) {
    if (name.startsWith('aws-crypto-')) {
      problems.push(`${name}: names that begin with aws-crypto- belong to the AWS Encryption SDK.`);
    }
    if (/[\p{Cc}]/u.test(name + value)) {
      problems.push(`${visible(name)}: control characters are not allowed.`);
    }
  }
  const bytes = utf8Bytes(pairs.flat().join(''));
  if (bytes > maxContextBytes) {
    problems.push(`The pairs have ${bytes} bytes; KMS takes ${maxContextBytes}.`);
  }
  return problems;
}

/**
 * Why a pair looks as if it held a secret, or undefined. A context is no secret: it stands in the
 * envelope and in CloudTrail, readable by whoever reads those. A warning, never a refusal.
 */
export function looksSecret(name: string, value: string): string | undefined {
  const told = (what: string) =>
    `${visible(name)} looks like ${what}. The encryption context is not encrypted: it stands in the envelope and in CloudTrail.`;
  if (/pass(word|wd|phrase)|secret|token|api.?key|credential|private.?key/i.test(name)) {
    return told('a secret by its name');
  }
  for (const [pattern, what] of secretForms) if (pattern.test(value)) return told(what);
  if (isCardNumber(value)) return told('a card number');
  if (isRandom(value)) return told('a random secret');
  return undefined;
}

const secretForms: readonly (readonly [RegExp, string])[] = [
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/, 'an AWS access key'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/^eyJ[\w-]+\.[\w-]+\.[\w-]*$/, 'a JSON web token'],
  [/\b(ghp|gho|github_pat|glpat|xox[abp]|sk_live|rk_live)[-_]\w{10,}/, 'an access token'],
  [/^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i, 'an e-mail address'],
  [/^\d{3}-\d{2}-\d{4}$/, 'a social security number'],
  [/:\/\/[^/\s:]+:[^/\s@]+@/, 'an address with a password'],
];

/** Luhn's check, so that not every long number is one. */
function isCardNumber(value: string): boolean {
  const digits = value.replaceAll(/[ -]/g, '');
  if (!/^\d{13,19}$/.test(digits)) return false;
  let sum = 0;
  for (const [index, digit] of Array.from(digits).reverse().entries()) {
    const times = Number(digit) * (index % 2 === 0 ? 1 : 2);
    sum += times > 9 ? times - 9 : times;
  }
  return sum % 10 === 0;
}

/** 24 or more letters and digits in disorder; an id in groups (a UUID), an ARN and a path are none. */
function isRandom(value: string): boolean {
  if (!/^[A-Za-z0-9+/_=]{24,}$/.test(value)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(value)).length;
  return kinds === 3 && bitsPerCharacter(value) > 3.5;
}

function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values())
    bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Neither TextEncoder nor Buffer is there on both sides. */
function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function visible(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '\ufffd').slice(0, 80);
}
