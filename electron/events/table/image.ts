import type { WordColumn } from './columns';
import type { Numbers } from './vector';

/** A table as it is kept in a file: all of its numbers, by name, and the values that they stand for. */
export interface TableImage {
  /** The columns by their names; `id`, `order`, `contextList`, and `tally NAME`. */
  readonly numbers: Readonly<Record<string, Numbers>>;
  readonly texts: {
    readonly words: Readonly<Record<WordColumn, readonly string[]>>;
    /** Ids that are no UUIDs, by their place. */
    readonly odd: readonly (readonly [place: number, id: string])[];
    /** Lists of names in encryption contexts: `contextList` says which list each context has. */
    readonly contextNames: readonly (readonly string[])[];
  };
}
