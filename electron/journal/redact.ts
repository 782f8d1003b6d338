import type { JournalEntry } from '../../shared/contract/journal';
import { redact } from '../log/redact';

export type Facts = JournalEntry['facts'];

const longestName = 200;
const longestText = 500;
const mostFacts = 100;

/** Names under which secrets travel, in AWS's APIs and in ours; a fact of such a name is never kept. */
const secretName =
  /secret|password|passphrase|plaintext|private|credential|sessiontoken|securitytoken|signature|authorization|ciphertext|keymaterial$|importtoken|granttoken|mfa|tokencode|^code$|^token$/i;
/** Names that the pattern above would catch and that name no secret. */
const harmless = /^(.*keymaterialid|.*signaturealgorithm)$/i;

export const redacted = '[redacted]';

/**
 * Makes flat facts of any value: `{a: {b: [1]}}` becomes `{"a.b.0": 1}`. What is named or looks like
 * a secret is `[redacted]`, bytes are counted, long texts are cut. Takes anything, gives at most 100 facts.
 */
export function toFacts(value: unknown): Facts {
  const facts: Facts = {};
  collect('', '', value, facts, 0);
  return facts;
}

function collect(path: string, name: string, value: unknown, facts: Facts, depth: number): void {
  if (value === undefined || Object.keys(facts).length >= mostFacts) return;
  const key = cleanText(path, longestName);
  if (name !== '' && secretName.test(name) && !harmless.test(name)) {
    facts[key] = redacted;
  } else if (value instanceof Uint8Array) {
    facts[key] = `${value.length} bytes`;
  } else if (value instanceof Date) {
    facts[key] = Number.isNaN(value.getTime()) ? 'no date' : value.toISOString();
  } else if (typeof value === 'object' && value !== null) {
    if (depth > 8) return;
    for (const [member, inner] of Object.entries(value)) {
      collect(path === '' ? member : `${path}.${member}`, member, inner, facts, depth + 1);
    }
  } else {
    facts[key === '' ? 'value' : key] = scalar(value);
  }
}

function scalar(value: unknown): string | number | boolean | null {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : `${value}`;
  if (typeof value === 'bigint') return value.toString();
  return typeof value === 'string' ? cleanText(value) : typeof value;
}

/** The text without what looks like a secret, not longer than `longest`, and with a UTF-8 form. */
export function cleanText(text: string, longest = longestText): string {
  const clean = redact(text);
  const cut = clean.length > longest ? `${clean.slice(0, longest)}…` : clean;
  return cut.replace(/\p{Surrogate}/gu, '\uFFFD');
}
