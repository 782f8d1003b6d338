import { AwsError } from './awsError';
import type { Members, Rule, StringRule } from './rules';

type JsonObject = Record<string, unknown>;

/**
 * Checks a request's JSON against an operation's members and gives it with blobs as Buffers and
 * timestamps as Dates; members that the model does not know are dropped, as AWS does.
 * @throws AwsError SerializationException for a wrong JSON type, ValidationException in AWS's words
 *   (`1 validation error detected: Value '...' at '...' failed to satisfy constraint: ...`).
 */
export function validateInput(input: unknown, members: Members): JsonObject {
  if (!isObject(input)) throw new AwsError('SerializationException');
  const problems: string[] = [];
  const value = readMembers(input, members, '', problems);
  if (problems.length > 0) {
    const count = `${problems.length} validation error${problems.length === 1 ? '' : 's'} detected`;
    throw new AwsError('ValidationException', `${count}: ${problems.join('; ')}`);
  }
  return value;
}

function readMembers(
  input: JsonObject,
  members: Members,
  path: string,
  problems: string[],
): JsonObject {
  const output: JsonObject = {};
  for (const [name, { rule, required }] of Object.entries(members)) {
    const at = path + name.charAt(0).toLowerCase() + name.slice(1);
    const given = Object.hasOwn(input, name) ? input[name] : null;
    if (given === null || given === undefined) {
      if (required) problems.push(problem('null', at, rule, 'Member must not be null'));
      continue;
    }
    output[name] = readValue(given, rule, at, problems);
  }
  return output;
}

function readValue(given: unknown, rule: Rule, at: string, problems: string[]): unknown {
  switch (rule.kind) {
    case 'string': {
      if (typeof given !== 'string') throw wrongType(given, 'a String');
      for (const constraint of stringConstraints(given, rule)) {
        problems.push(problem(`'${given}'`, at, rule, constraint));
      }
      return given;
    }
    case 'integer': {
      if (typeof given !== 'number' || !Number.isFinite(given))
        throw wrongType(given, 'an Integer');
      const number = Math.trunc(given);
      if (number < rule.min) {
        problems.push(
          problem(
            `'${number}'`,
            at,
            rule,
            `Member must have value greater than or equal to ${rule.min}`,
          ),
        );
      } else if (number > rule.max) {
        problems.push(
          problem(
            `'${number}'`,
            at,
            rule,
            `Member must have value less than or equal to ${rule.max}`,
          ),
        );
      }
      return number;
    }
    case 'blob': {
      if (typeof given !== 'string' || !isBase64(given)) throw wrongType(given, 'a Blob');
      const bytes = Buffer.from(given, 'base64');
      const constraint = lengthConstraint(bytes.length, rule.min, rule.max);
      if (constraint) problems.push(`Value at '${at}' failed to satisfy constraint: ${constraint}`);
      return bytes;
    }
    case 'boolean':
      if (typeof given !== 'boolean') throw wrongType(given, 'a Boolean');
      return given;
    case 'timestamp': {
      if (typeof given !== 'number' || !Number.isFinite(given))
        throw wrongType(given, 'a Timestamp');
      const date = new Date(given * 1000);
      if (Number.isNaN(date.getTime())) throw wrongType(given, 'a Timestamp');
      return date;
    }
    case 'list':
      return readList(given, rule, at, problems);
    case 'map': {
      if (!isObject(given)) throw wrongType(given, 'a Map');
      for (const value of Object.values(given)) {
        if (typeof value !== 'string') throw wrongType(value, 'a String');
      }
      return { ...given };
    }
    case 'structure':
      break;
  }
  if (!isObject(given)) throw wrongType(given, 'a Structure');
  return readMembers(given, rule.members, `${at}.`, problems);
}

function readList(
  given: unknown,
  rule: Extract<Rule, { kind: 'list' }>,
  at: string,
  problems: string[],
): unknown[] {
  if (!Array.isArray(given)) throw wrongType(given, 'a List');
  const shown = `'[${given.map(String).join(', ')}]'`;
  if (rule.max !== undefined && given.length > rule.max) {
    problems.push(
      problem(shown, at, rule, `Member must have length less than or equal to ${rule.max}`),
    );
  }
  const { of } = rule;
  // AWS reports a list of plain values as one value, and a list of structures member by member.
  if (of.kind === 'string') {
    const broken = new Set<string>();
    for (const item of given) {
      if (typeof item !== 'string') throw wrongType(item, 'a String');
      for (const constraint of stringConstraints(item, of)) broken.add(constraint);
    }
    if (broken.size > 0) {
      problems.push(
        problem(shown, at, rule, `Member must satisfy constraint: [${[...broken].join(', ')}]`),
      );
    }
    return given;
  }
  return given.map((item: unknown, index) =>
    readValue(item, of, `${at}.${index + 1}.member`, problems),
  );
}

function stringConstraints(given: string, rule: StringRule): string[] {
  if (rule.values) {
    return rule.values.includes(given) || rule.unlisted?.includes(given)
      ? []
      : [`Member must satisfy enum value set: [${rule.values.join(', ')}]`];
  }
  const broken: string[] = [];
  const constraint = lengthConstraint(given.length, rule.min ?? 0, rule.max ?? Infinity);
  if (constraint) broken.push(constraint);
  if (rule.pattern && !rule.pattern.test.test(given)) {
    broken.push(`Member must satisfy regular expression pattern: ${rule.pattern.text}`);
  }
  return broken;
}

function lengthConstraint(length: number, min: number, max: number): string | undefined {
  if (length < min) return `Member must have length greater than or equal to ${min}`;
  if (length > max) return `Member must have length less than or equal to ${max}`;
  return undefined;
}

function problem(shown: string, at: string, rule: Rule, constraint: string): string {
  const hidden = (rule.kind === 'blob' || rule.kind === 'string') && rule.sensitive;
  const value = hidden ? 'Value' : `Value ${shown}`;
  return `${value} at '${at}' failed to satisfy constraint: ${constraint}`;
}

function wrongType(given: unknown, wanted: string): AwsError {
  return new AwsError(
    'SerializationException',
    `${jsonType(given)} can not be converted to ${wanted}`,
  );
}

/** The names that AWS's JSON reader has for what it met. */
function jsonType(given: unknown): string {
  if (Array.isArray(given)) return 'Start of list found where not expected; it';
  if (typeof given === 'string') return 'STRING_VALUE';
  if (typeof given === 'number') {
    return Number.isInteger(given) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
  }
  if (typeof given === 'boolean') return given ? 'TRUE_VALUE' : 'FALSE_VALUE';
  return 'Start of structure or map found where not expected; it';
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBase64(value: string): boolean {
  return value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
}
