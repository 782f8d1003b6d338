import { z } from 'zod';

/** What a value of an encryption context may be that nobody should read in a log. */
export const tellingKinds = [
  'secret',
  'card-number',
  'bank-account',
  'e-mail',
  'phone',
  'ip-address',
  'personal-name',
] as const;
export type TellingKind = (typeof tellingKinds)[number];

export const tellingWords: Readonly<Record<TellingKind, string>> = {
  secret: 'looks like a secret',
  'card-number': 'looks like a card number',
  'bank-account': 'looks like a bank account (IBAN)',
  'e-mail': 'has an e-mail address',
  phone: 'looks like a phone number',
  'ip-address': 'has an IP address',
  'personal-name': 'is personal by its name',
};

/** One name of an encryption context under which values tell more than they should. */
export const tellingContextSchema = z.object({
  kind: z.enum(tellingKinds),
  /** The name in the context, such as `customer`. */
  name: z.string(),
  /** Stored events in which such a value stands. */
  events: z.number().int(),
  /** One of the values, masked: `a•••@•••••••.•••`. */
  example: z.string(),
});
export type TellingContext = z.infer<typeof tellingContextSchema>;

export const tellingReportSchema = z.object({
  /** Stored events, and those of them with an encryption context. */
  events: z.number().int(),
  withContext: z.number().int(),
  /** Gravest kind first, then by number. */
  findings: z.array(tellingContextSchema).max(100),
  /** When the newest stored event came about; absent where none is stored. */
  newest: z.string().optional(),
});
export type TellingReport = z.infer<typeof tellingReportSchema>;

/** What a pair of an encryption context gives away, as far as its form shows; undefined where nothing. */
export function tellingKind(name: string, value: string): TellingKind | undefined {
  const digits = value.replaceAll(/[ -]/g, '');
  if (secretName.test(name) || secretValue.test(value)) return 'secret';
  if (/^[3-6]\d{14,15}$/.test(digits) && hasLuhnSum(digits)) return 'card-number';
  if (iban.test(digits) && isIban(digits)) return 'bank-account';
  if (eMail.test(value)) return 'e-mail';
  if (/^\+\d[\d ()/-]{7,18}$/.test(value)) return 'phone';
  if (ipAddress.test(value)) return 'ip-address';
  if (personalName.test(name) && value !== '') return 'personal-name';
  return undefined;
}

/** The shape of a value without the value: its first character, and what is neither letter nor digit. */
export function maskValue(value: string, kind: TellingKind): string {
  if (kind === 'secret') return '•'.repeat(8);
  const shape = value.slice(0, 1) + value.slice(1).replaceAll(/[\p{L}\p{N}]/gu, '•');
  return shape.length > 40 ? `${shape.slice(0, 39)}…` : shape;
}

const secretName = /pass(word|phrase)|secret|token|api[-_]?key|credential|private[-_]?key/i;
/** Access keys of AWS, tokens of GitHub and Slack, JSON Web Tokens, keys in PEM. */
const secretValue =
  /\b(AKIA|ASIA)[A-Z2-7]{16}\b|\bgh[pousr]_\w{36}|\bxox[abprs]-|\beyJ[\w-]{8,}\.eyJ|-----BEGIN /;
const eMail = /[^\s@/:]+@[^\s@/:]+\.[a-z]{2,}/i;
const ipAddress = /(^|[^\d.])(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}($|[^\d.])/;
const iban = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;
const personalName =
  /^(full|first|last|family|given|sur)[-_ ]?name$|^(birth[-_ ]?(date|day)|date[-_ ]?of[-_ ]?birth|dob|ssn|social[-_ ]?security([-_ ]?number)?|passport([-_ ]?number)?|tax[-_ ]?id|patient([-_ ]?name)?|address|street|gender)$/i;

/** ISO/IEC 7812-1, annex B. */
function hasLuhnSum(digits: string): boolean {
  let sum = 0;
  for (const [at, digit] of Array.from(digits, Number).toReversed().entries()) {
    const value = digit * (at % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

/** ISO 13616: the first four characters moved to the end, letters as numbers, modulo 97 is 1. */
function isIban(text: string): boolean {
  const moved = text.slice(4) + text.slice(0, 4);
  const number = moved.replaceAll(/[A-Z]/g, (letter) => `${letter.charCodeAt(0) - 55}`);
  let rest = 0;
  for (const digit of number) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}
