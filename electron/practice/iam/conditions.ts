import { operators, type Operator } from './operators';
import { compileTemplate, type Lookup, type Template } from './template';

/** Whether a statement's conditions all hold for a request. */
export type Conditions = (lookup: Lookup) => boolean;

/**
 * Compiles a statement's `Condition`: every operator and every key in it must hold; of a key's values
 * one must fit (or none, for a negated operator).
 * @throws Error for an operator that IAM does not have, or values that are no texts
 * Source: IAM user guide, "IAM JSON policy elements: Condition operators".
 */
export function compileConditions(condition: unknown, variables: boolean): Conditions {
  if (condition === undefined) return () => true;
  const tests = entriesOf(condition).flatMap(([name, keys]) => {
    const form = readOperator(name);
    return entriesOf(keys).map(([key, values]) =>
      compileTest(
        form,
        key.toLowerCase(),
        textsOf(values).map((text) => compileTemplate(text, variables)),
      ),
    );
  });
  return (lookup) => tests.every((test) => test(lookup));
}

type Form =
  | { readonly kind: 'null' }
  | {
      readonly kind: 'compare';
      readonly operator: Operator;
      readonly ifExists: boolean;
      readonly set: 'any' | 'all' | undefined;
    };

function readOperator(name: string): Form {
  const [, set, base = '', ifExists] =
    /^(?:(foranyvalue|forallvalues):)?(.*?)(ifexists)?$/.exec(name.toLowerCase()) ?? [];
  if (base === 'null') return { kind: 'null' };
  const operator = operators.get(base);
  if (!operator) throw new Error(`There is no condition operator ${name}`);
  return {
    kind: 'compare',
    operator,
    ifExists: ifExists !== undefined,
    set: set === undefined ? undefined : set === 'foranyvalue' ? 'any' : 'all',
  };
}

function compileTest(form: Form, key: string, wanted: readonly Template[]): Conditions {
  if (form.kind === 'null') {
    return (lookup) => {
      const missing = String((lookup(key) ?? []).length === 0);
      return wanted.some((template) => template(lookup)?.toLowerCase() === missing);
    };
  }
  const { operator, ifExists, set } = form;
  return (lookup) => {
    const values = lookup(key);
    if (values === undefined || values.length === 0) {
      return ifExists || set === 'all' || (operator.negated && set !== 'any');
    }
    const patterns = wanted.map((template) => template(lookup));
    const fitsOne = (value: string) =>
      patterns.some((pattern) => pattern !== undefined && operator.compare(pattern, value));
    // A negated operator wants the value to fit none.
    const passes = (value: string) => fitsOne(value) !== operator.negated;
    // Without a set operator, several values are held to the operator's plain sense: one fits, or none.
    return set === 'all' || (set === undefined && operator.negated)
      ? values.every(passes)
      : values.some(passes);
  };
}

function entriesOf(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError('A condition is an object of operators, each an object of keys');
  }
  return Object.entries(value);
}

function textsOf(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.map((one) => {
    if (typeof one === 'string') return one;
    if (typeof one === 'number' || typeof one === 'boolean') return String(one);
    throw new TypeError('A condition compares texts, numbers and truth values');
  });
}
