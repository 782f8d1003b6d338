/** What is known of an event: a value, null where it surely has none; what is not here is not known. */
export type KnownEvent = Readonly<Record<string, string | boolean | null>>;

/**
 * Whether a metric filter's pattern matches an event; undefined where the pattern asks for what is not
 * known of the event, or is of a kind that is not read here (words, columns, regular expressions,
 * order of numbers).
 * Source: CloudWatch Logs user guide, "Filter pattern syntax for metric filters", JSON log events.
 */
export function matchesPattern(pattern: string, event: KnownEvent): boolean | undefined {
  const text = pattern.trim();
  if (text === '') return true; // "an empty pattern matches every log event"
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined;
  const tokens = tokenize(text.slice(1, -1));
  if (!tokens) return undefined;
  const reader = { tokens, at: 0, event };
  try {
    const outcome = either(reader);
    return reader.at === tokens.length ? outcome : undefined;
  } catch (error) {
    if (error instanceof Unread) return undefined;
    throw error;
  }
}

/** A pattern that is not of the grammar that is read here. */
class Unread extends Error {}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
  readonly event: KnownEvent;
}

const tokenForms = /\s*(&&|\|\||!=|<=|>=|[()=<>]|"(?:[^"\\]|\\.)*"|%[^%]*%|[$\w.*:/@#+[\]'-]+)/y;

function tokenize(text: string): string[] | undefined {
  const tokens: string[] = [];
  const form = new RegExp(tokenForms);
  while (form.lastIndex < text.trimEnd().length) {
    const token = form.exec(text)?.[1];
    if (token === undefined) return undefined;
    tokens.push(token);
  }
  return tokens;
}

/** `a || b`; && binds closer. */
function either(reader: Reader): boolean | undefined {
  let outcome = all(reader);
  while (take(reader, '||')) {
    const next = all(reader);
    outcome =
      outcome === true || next === true
        ? true
        : outcome === undefined || next === undefined
          ? undefined
          : false;
  }
  return outcome;
}

function all(reader: Reader): boolean | undefined {
  let outcome = single(reader);
  while (take(reader, '&&')) {
    const next = single(reader);
    outcome =
      outcome === false || next === false
        ? false
        : outcome === undefined || next === undefined
          ? undefined
          : true;
  }
  return outcome;
}

function single(reader: Reader): boolean | undefined {
  if (take(reader, '(')) {
    const outcome = either(reader);
    if (!take(reader, ')')) throw new Unread();
    return outcome;
  }
  const selector = next(reader);
  const operator = next(reader);
  if (!/^\$\.[\w.]+$/.test(selector)) throw new Unread();
  const name = selector.slice(2);
  const known = Object.hasOwn(reader.event, name) ? reader.event[name] : undefined;
  switch (operator.toUpperCase()) {
    case '=':
      return equals(known, next(reader));
    case '!=': {
      const outcome = equals(known, next(reader));
      // What a missing field differs from, AWS does not say.
      return outcome === undefined || known === null ? undefined : !outcome;
    }
    case 'EXISTS':
      return known === undefined ? undefined : known !== null;
    case 'NOT':
      if (next(reader).toUpperCase() !== 'EXISTS') throw new Unread();
      return known === undefined ? undefined : known === null;
    case 'IS':
      return is(known, next(reader).toUpperCase());
    case '<':
    case '>':
    case '<=':
    case '>=':
      next(reader);
      return undefined;
    default:
      throw new Unread();
  }
}

function equals(known: string | boolean | null | undefined, wanted: string): boolean | undefined {
  if (wanted.startsWith('%') || known === undefined) return undefined;
  if (known === null) return false;
  const text = wanted.startsWith('"') ? wanted.slice(1, -1).replace(/\\(.)/g, '$1') : wanted;
  return fits(String(known), text);
}

function is(known: string | boolean | null | undefined, what: string): boolean | undefined {
  if (known === undefined) return undefined;
  if (what === 'TRUE') return known === true;
  if (what === 'FALSE') return known === false;
  // A field that is absent is not null.
  if (what === 'NULL') return known === null ? undefined : false;
  throw new Unread();
}

/** Whether a text is of a form in which `*` stands for any characters. */
function fits(text: string, form: string): boolean {
  const [first = '', ...rest] = form.split('*');
  const last = rest.pop();
  if (last === undefined) return text === form;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at + last.length <= text.length;
}

function take(reader: Reader, token: string): boolean {
  if (reader.tokens[reader.at] !== token) return false;
  reader.at += 1;
  return true;
}

function next(reader: Reader): string {
  const token = reader.tokens[reader.at];
  if (token === undefined || /^(&&|\|\||[()])$/.test(token)) throw new Unread();
  reader.at += 1;
  return token;
}
