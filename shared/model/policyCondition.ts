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
 * Whether a Deny's conditions refuse everybody but those whom one narrowing test names: a single
 * negated test. With a second test the Deny reaches fewer, and who is left is not told by the text.
 */
export function reversesNarrowing(conditions: Conditions): boolean {
  const [only, ...others] = conditions;
  if (!only || others.length > 0) return false;
  if (!negated.test(only.operator)) return false;
  const operator = only.operator.replace(/Not/i, '').replace(/IfExists$/i, '');
  return narrowsPrincipals([{ ...only, operator }]);
}

/** Account ids that positive tests on accounts and principals name. */
export function accountsIn(conditions: Conditions): string[] {
  return conditions
    .filter(({ operator }) => positive.test(operator))
    .flatMap(({ key, values }) => {
      const name = key.toLowerCase();
      if (accountKeys.has(name)) return values.filter((value) => /^\d{12}$/.test(value));
      if (name !== 'aws:principalarn') return [];
      return values.flatMap((value) => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(value)?.[1] ?? []);
    });
}

const positive =
  /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/i;

/** `StringNotEqualsIfExists` and the like: an absent key is refused with or without IfExists. */
const negated = /^((String|Arn)Not(Equals|EqualsIgnoreCase|Like)|NotIpAddress)(IfExists)?$/i;

const accountKeys = new Set(['kms:calleraccount', 'aws:principalaccount']);

/** Keys whose value, taken whole, names an account, organisation or network. */
const exactKeys = new Set([
  ...accountKeys,
  'aws:sourceaccount',
  'aws:principalorgid',
  'aws:sourceorgid',
  'aws:sourcevpc',
  'aws:sourcevpce',
]);
const arnKeys = new Set(['aws:principalarn', 'aws:sourcearn']);
const orgPathKeys = new Set(['aws:principalorgpaths', 'aws:sourceorgpaths']);

function identifies(key: string, value: string, operator: string): boolean {
  if (value.includes('${')) return false;
  if (key === 'aws:sourceip' || key === 'aws:vpcsourceip') return !/\/0*$/.test(value);
  const plain = /StringEquals/i.test(operator) || !/[*?]/.test(value);
  if (exactKeys.has(key)) return plain;
  if (key === 'aws:userid') return plain || /^[^*?]{16,}/.test(value);
  if (orgPathKeys.has(key)) return plain || /^o-[^*?/]+\//.test(value);
  return arnKeys.has(key) && (plain || /^arn:[^:]*:[^:]*:[^:]*:\d{12}:/.test(value));
}
