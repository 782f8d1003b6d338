/** What a JSON value is made of. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue | undefined };

/**
 * The one text of a JSON value, by the rules of RFC 8785: no white space, names sorted by UTF-16 code
 * units, strings and numbers as ECMAScript writes them. Members that are undefined are left out.
 * Throws TypeError for what JSON cannot say: NaN, Infinity and lone surrogates.
 */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter((member): member is [string, JsonValue] => member[1] !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => `${text(name)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('no JSON number');
  return JSON.stringify(value);
}

function text(value: string): string {
  // RFC 8785 section 3.2.2.2: a lone surrogate has no UTF-8 form and must end in an error.
  if (/\p{Surrogate}/u.test(value)) throw new TypeError('a string with a lone surrogate');
  return JSON.stringify(value);
}
