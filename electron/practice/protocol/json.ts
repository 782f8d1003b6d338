/**
 * Writes an answer as AWS JSON 1.1 has it: blobs in base64, dates as seconds since 1970 with
 * milliseconds, members without a value left out.
 */
export function writeJson(value: object): string {
  return JSON.stringify(toJson(value));
}

function toJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, toJson(member)]),
  );
}
