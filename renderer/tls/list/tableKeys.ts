/** The keys of the list for the cheat sheet: id, what they do, keys. */
export const tableKeys: readonly (readonly [string, string, readonly string[]])[] = [
  ['next', 'Next row', ['j', 'ArrowDown']],
  ['previous', 'Previous row', ['k', 'ArrowUp']],
  ['open', 'Open the report', ['Enter']],
  ['choose', 'Choose the row', ['x']],
  ['extend', 'Choose up to here', ['shift+x']],
  ['all', 'Choose all rows shown', ['mod+a']],
];
