/** One test of a statement's Condition block; all tests of a block must hold, any value of a test suffices. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}
export type Conditions = readonly Condition[];

/**
 * Whether conditions narrow `Principal: "*"` to somebody: at least one test must fix who calls (account,
 * organisation, principal), from which network or on behalf of which resource. A wildcard in the part
 * that identifies, a policy variable (`${aws:PrincipalAccount}` equals itself for everybody), `...IfExists`
 * and `ForAllValues:` (true where the key is absent) narrow nothing. kms:ViaService alone does not
 * either: whoever has an account can call through the service.
 */
export function narrowsPrincipals(conditions: Conditions): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      positive.test(operator) &&
      values.length > 0 &&
      values.every((value) => identifies(key.toLowerCase(), value, operator)),
  );
}

/**
 * Whom a Deny of everybody leaves in, as the test that would let in just these: of a single negated
 * test that narrows. Undefined of any other: with a second test the Deny reaches fewer, and who is
 * left is not told by the text.
 */
export function leftBy(conditions: Conditions): Condition | undefined {
  const [only, ...others] = conditions;
  if (!only || others.length > 0 || !negated.test(only.operator)) return undefined;
  const operator = only.operator.replace(/Not/i, '').replace(/IfExists$/i, '');
  const left = { ...only, operator };
  return narrowsPrincipals([left]) ? left : undefined;
}

/** Account ids that positive tests on accounts and principals name. */
export function accountsIn(conditions: Conditions): string[] {
  return conditions.filter(({ operator }) => positive.test(operator)).flatMap(accountsOf);
}

/**
 * What narrows `Principal: "*"` without naming an account: an organisation, a network, a bucket. Empty
 * where nothing does, and where accounts are named beside it, as all tests of a block must hold.
 */
export function narrowedWithoutAccount(conditions: Conditions): string[] {
  const narrowing = conditions.filter((condition) => narrowsPrincipals([condition]));
  if (narrowing.some((condition) => accountsOf(condition).length === condition.values.length)) {
    return [];
  }
  return narrowing.flatMap(({ key, values }) => values.map((value) => `${key} ${value}`));
}

function accountsOf({ key, values }: Condition): string[] {
  const name = key.toLowerCase();
  if (accountKeys.has(name)) return values.filter((value) => /^\d{12}$/.test(value));
  if (!arnKeys.has(name)) return [];
  return values.flatMap((value) => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(value)?.[1] ?? []);
}

const positive =
  /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/i;

/** `StringNotEqualsIfExists` and the like: an absent key is refused with or without IfExists. */
const negated = /^((String|Arn)Not(Equals|EqualsIgnoreCase|Like)|NotIpAddress)(IfExists)?$/i;

const accountKeys = new Set(['kms:calleraccount', 'aws:principalaccount', 'aws:sourceaccount']);

/** Keys whose value, taken whole, names an account, organisation or network. */
const exactKeys = new Set([
  ...accountKeys,
  'aws:principalorgid',
  'aws:sourceorgid',
  'aws:sourcevpc',
  'aws:sourcevpce',
]);
const arnKeys = new Set(['aws:principalarn', 'aws:sourcearn']);
const orgPathKeys = new Set(['aws:principalorgpaths', 'aws:sourceorgpaths']);

function identifies(key: string, value: string, operator: string): boolean {
  if (value.includes('${')) return false;
  if (key === 'aws:sourceip' || key === 'aws:vpcsourceip') return isNarrowRange(value);
  const plain = /StringEquals/i.test(operator) || !/[*?]/.test(value);
  if (exactKeys.has(key)) return plain;
  if (key === 'aws:userid') return plain || /^[^*?]{16,}/.test(value);
  if (orgPathKeys.has(key)) return plain || /^o-[^*?/]+\//.test(value);
  return arnKeys.has(key) && (plain || /^arn:[^:]*:[^:]*:[^:]*:\d{12}:/.test(value));
}

/**
 * An address, or a range no wider than /8 (IPv6: /32): what is wider AWS itself takes for public
 * (S3 user guide, "The meaning of public").
 */
function isNarrowRange(value: string): boolean {
  const [address = '', bits] = value.split('/');
  if (bits === undefined) return address !== '';
  return Number(bits) >= (address.includes(':') ? 32 : 8);
}
