import { derChildren, DerError, derCursor, tags, type Der } from './der';
import { readOid, readText } from './derValues';

/** A distinguished name of a certificate. */
export interface Name {
  readonly raw: Buffer;
  /** `CN=R3, O=Let's Encrypt, C=US`: RFC 4514's order and escapes; control characters are escaped too. */
  readonly text: string;
  /** Equal for names that RFC 5280, 7.1 calls equal: whatever the string type, case and blanks. */
  readonly key: string;
  /** The common names, as they are. */
  readonly commonNames: readonly string[];
  readonly empty: boolean;
}

/** Reads a Name (RFC 5280, 4.1.2.4); throws DerError. */
export function readName(element: Der): Name {
  const sets = derChildren(element).map((set) => {
    if (set.tag !== tags.set) throw new DerError('no relative distinguished name');
    return derChildren(set).map(readAttribute);
  });
  const flat = sets.flat();
  return {
    raw: element.raw,
    text: sets
      .toReversed()
      .map((set) => set.map((part) => `${part.label}=${escapeValue(part.value)}`).join('+'))
      .join(', '),
    key: nameKey(sets),
    commonNames: flat.filter((part) => part.oid === '2.5.4.3').map((part) => part.value),
    empty: flat.length === 0,
  };
}

/** Leaves text as it is but for characters that would act on a terminal or turn the reading direction. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu, (character) =>
    [...Buffer.from(character, 'utf8')]
      .map((byte) => `\\${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  );
}

interface Attribute {
  readonly oid: string;
  readonly label: string;
  readonly value: string;
}

function readAttribute(element: Der): Attribute {
  const cursor = derCursor(element.content);
  const oid = readOid(cursor.next(tags.oid));
  return { oid, label: labels[oid] ?? oid, value: readText(cursor.next()) };
}

function nameKey(sets: readonly (readonly Attribute[])[]): string {
  return JSON.stringify(
    sets.map((set) =>
      set
        .map(({ oid, value }) => `${oid}=${value.trim().replace(/\s+/g, ' ').toLowerCase()}`)
        .sort(),
    ),
  );
}

/** RFC 4514, 2.4. */
function escapeValue(value: string): string {
  return visible(value.replace(/[",+;<>\\]|^[ #]| $/g, (character) => `\\${character}`));
}

/** RFC 4514, section 3, and the short names that certificates' readers know beside. */
const labels: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.15': 'businessCategory',
  '2.5.4.17': 'postalCode',
  '2.5.4.42': 'GN',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
  '1.3.6.1.4.1.311.60.2.1.1': 'jurisdictionL',
  '1.3.6.1.4.1.311.60.2.1.2': 'jurisdictionST',
  '1.3.6.1.4.1.311.60.2.1.3': 'jurisdictionC',
};
