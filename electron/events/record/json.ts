/** What JSON.parse gives. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** The value if it is an object (no list). */
export function record(value: unknown): Readonly<Record<string, Json>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return value as Readonly<Record<string, Json>>;
}

/** The value's members if it is a list, else none. */
export function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** The value if it is a string with something in it. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
