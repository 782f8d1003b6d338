/**
 * The constraints of a service's input, as its API model states them. Each operation declares its
 * members with these; `validate.ts` reads them.
 */
export type Rule =
  | StringRule
  | IntegerRule
  | BlobRule
  | ListRule
  | MapRule
  | StructureRule
  | { readonly kind: 'boolean' }
  | { readonly kind: 'timestamp' };

export interface StringRule {
  readonly kind: 'string';
  readonly min?: number;
  readonly max?: number;
  /** The pattern as AWS prints it, and the expression that tests it. */
  readonly pattern?: { readonly text: string; readonly test: RegExp };
  readonly values?: readonly string[];
  /** AWS keeps the value out of the error text. */
  readonly sensitive?: boolean;
  /** Values that pass though the error text does not list them. */
  readonly unlisted?: readonly string[];
}
export interface IntegerRule {
  readonly kind: 'integer';
  readonly min: number;
  readonly max: number;
}
export interface BlobRule {
  readonly kind: 'blob';
  readonly min: number;
  readonly max: number;
  /** AWS keeps the value, even its absence, out of the error text. */
  readonly sensitive?: boolean;
}
export interface ListRule {
  readonly kind: 'list';
  readonly of: Rule;
  readonly max?: number;
}
export interface MapRule {
  readonly kind: 'map';
}
export interface StructureRule {
  readonly kind: 'structure';
  readonly members: Members;
}

export interface Member {
  readonly rule: Rule;
  readonly required: boolean;
}
export type Members = Readonly<Record<string, Member>>;

export const required = (rule: Rule): Member => ({ rule, required: true });
export const optional = (rule: Rule): Member => ({ rule, required: false });

export const text = (min: number, max: number): StringRule => ({ kind: 'string', min, max });
export const matching = (min: number, max: number, pattern: string, test?: RegExp): StringRule => ({
  kind: 'string',
  min,
  max,
  pattern: { text: pattern, test: test ?? new RegExp(`^(?:${pattern})$`) },
});
/** A string that no error text repeats. */
export const secret = (rule: StringRule): StringRule => ({ ...rule, sensitive: true });
export const oneOf = (values: readonly string[], unlisted: readonly string[] = []): StringRule => ({
  kind: 'string',
  values,
  unlisted,
});
export const integer = (min: number, max: number): IntegerRule => ({ kind: 'integer', min, max });
export const blob = (min: number, max: number): BlobRule => ({ kind: 'blob', min, max });
export const secretBlob = (min: number, max: number): BlobRule => ({
  kind: 'blob',
  min,
  max,
  sensitive: true,
});
export const listOf = (of: Rule, max?: number): ListRule =>
  max === undefined ? { kind: 'list', of } : { kind: 'list', of, max };
export const structure = (members: Members): StructureRule => ({ kind: 'structure', members });
/** A map from string to string. */
export const stringMap: MapRule = { kind: 'map' };
export const flag: Rule = { kind: 'boolean' };
export const timestamp: Rule = { kind: 'timestamp' };
