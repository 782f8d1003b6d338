/** The id of a row's element, for `aria-activedescendant` and for giving the focus back. */
export function rowDomId(id: string): string {
  return `key-row-${id.replace(/[^\w-]/g, (char) => `.${char.charCodeAt(0).toString(16)}`)}`;
}
