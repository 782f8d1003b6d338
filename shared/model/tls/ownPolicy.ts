/** The operator's own policy, read; plain data. */
export interface OwnPolicy {
  readonly rows: readonly string[];
}

/** Reads a policy's YAML. */
export function parseOwnPolicy(_text: string): {
  policy?: OwnPolicy;
  problems: { line?: number; message: string }[];
} {
  return { problems: [{ message: 'This version does not read policies yet.' }] };
}
