/**
 * One record of RFC 4180, with its line end. A cell that a spreadsheet would take for a formula gets
 * an apostrophe in front (OWASP, "CSV injection"): key descriptions, aliases and tags are written by
 * whoever may make a key.
 */
export function csvRecord(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
