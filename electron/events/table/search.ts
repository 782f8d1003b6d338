import { AppError } from '../../../shared/model/errors';
import { eventFacets } from '../../../shared/model/events/event';
import { wordColumns } from './columns';

/** One word of a search: `decrypt`, `caller:ann`, `-outcome:ok`, `context.bucket:invoices`. */
export interface SearchTerm {
  readonly field: string | undefined;
  /** In lower case. */
  readonly text: string;
  /** Events that have it are left out. */
  readonly not: boolean;
}

const fields: readonly string[] = [...new Set([...eventFacets, ...wordColumns])].filter(
  (field) => field !== 'otherKey',
);

/** A minus; `context.NAME=` or `field:`; a word or words in quotes. */
const searchWord = /(-?)(?:(context\.[^\s="]+)=|([A-Za-z]+(?:\.[^\s:"]+)?):)?("[^"]*"?|\S+)/g;

/**
 * Reads a search: words, all of which must occur; `"of several"`; `field:value`; `context.NAME=value` (where the
 * name has no colon, `context.NAME:value` too); a minus before any of
 * them. Throws AppError `bad-request` where a field is not known. A colon in a word that names no
 * field belongs to the word, as in an ARN.
 */
export function readSearch(search: string): SearchTerm[] {
  return [...search.matchAll(searchWord)].flatMap(
    ([whole, minus, context, named, value = '']): SearchTerm[] => {
      const field = context ?? named;
      const text = value.replaceAll('"', '').toLowerCase();
      if (text === '') return [];
      const not = minus === '-';
      if (field === undefined) return [{ field: undefined, text, not }];
      if (field.startsWith('context.') || fields.includes(field)) return [{ field, text, not }];
      if (/^(arn|https?|aws)$/i.test(field)) {
        return [{ field: undefined, text: whole.replace(/^-/, '').toLowerCase(), not }];
      }
      throw new AppError(
        'bad-request',
        `There is no field ${field}. Fields are ${fields.join(', ')} and context.NAME.`,
      );
    },
  );
}
