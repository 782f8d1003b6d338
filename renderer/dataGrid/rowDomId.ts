/** The id of a row's element, for `aria-activedescendant`: `table` keeps two tables' rows apart. */
export function rowDomId(table: string, id: string): string {
  return `${table}-row-${id.replace(/[^\w-]/g, (char) => `.${char.charCodeAt(0).toString(16)}`)}`;
}
