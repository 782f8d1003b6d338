import { FunnelX } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from './Button';
import { cx } from './cx';
import { FilterChip, type FilterOption } from './FilterChip';

/**
 * The bar above a long list, which stays: search, facets with their counts, "n of m", what can be
 * done. `crowded` moves the facets below the rest sooner.
 */
export function FilterBar({
  noun,
  search,
  facets,
  shown,
  total,
  onClear,
  crowded = false,
  children,
}: {
  /** What is listed, in the plural. */
  noun: string;
  search: ReactNode;
  facets: ReactNode;
  shown: number;
  total: number;
  /** Undefined where nothing is hidden. */
  onClear: (() => void) | undefined;
  crowded?: boolean;
  children: ReactNode;
}) {
  return (
    <search
      className="@container shrink-0 border-b bg-canvas px-3 py-1"
      aria-label={`Filter ${noun}`}
    >
      <div className="flex flex-wrap items-start gap-x-2 gap-y-1.5">
        {search}
        <div
          className={cx(
            'flex min-h-7 min-w-0 flex-1 flex-wrap items-center gap-1.5',
            crowded
              ? '@max-6xl:order-last @max-6xl:basis-full'
              : '@max-4xl:order-last @max-4xl:basis-full',
          )}
        >
          {facets}
        </div>
        <div className="ml-auto flex h-7 shrink-0 items-center gap-1">
          {onClear && (
            <Button variant="ghost" icon={FunnelX} onClick={onClear}>
              Clear
            </Button>
          )}
          <output aria-live="polite" className="px-1 text-xs whitespace-nowrap text-ink-2">
            <b className="font-semibold text-ink">{shown.toLocaleString('en')}</b> of{' '}
            {total.toLocaleString('en')}
            <span className="sr-only"> {noun}</span>
          </output>
          {children}
        </div>
      </div>
    </search>
  );
}

/** Which values of which facets are let through; a facet without values does not filter. */
type Filters<F extends string> = Readonly<Partial<Record<F, readonly string[]>>>;

/** One chip for each facet; those not among `main` come with "More", and where they filter. */
export function FacetChips<F extends string>({
  facets,
  main = facets,
  titles,
  filters,
  optionsOf,
  onChange,
}: {
  facets: readonly F[];
  main?: readonly F[];
  titles: Readonly<Record<F, string>>;
  filters: Filters<F>;
  /** A facet's values to choose from; those `selected` are among them, so that they can be let go. */
  optionsOf: (facet: F, selected: readonly string[]) => readonly FilterOption[];
  onChange: (facet: F, values: readonly string[]) => void;
}) {
  const [more, setMore] = useState(false);
  const selectedOf = (facet: F) => filters[facet] ?? [];
  const others = facets.filter(
    (facet) => !main.includes(facet) && (more || selectedOf(facet).length > 0),
  );
  const hidden = facets.length - main.length;
  return (
    <>
      {[...main, ...others].map((facet) => (
        <FilterChip
          key={facet}
          label={titles[facet]}
          options={optionsOf(facet, selectedOf(facet))}
          selected={selectedOf(facet)}
          onChange={(values) => onChange(facet, values)}
        />
      ))}
      {hidden > 0 && (
        <button
          type="button"
          aria-expanded={more}
          onClick={() => setMore(!more)}
          className="h-6 rounded-md px-1.5 text-xs text-ink-2 hover:bg-hover hover:text-ink"
        >
          {more ? 'Fewer' : `${hidden} more`}
        </button>
      )}
    </>
  );
}

/** A query with other values of one facet; none means that the facet does not filter. */
export function withFilter<F extends string, Q extends { readonly filters: Filters<F> }>(
  query: Q,
  facet: F,
  values: readonly string[],
): Q {
  const { [facet]: _, ...filters } = query.filters;
  return { ...query, filters: values.length > 0 ? { ...filters, [facet]: [...values] } : filters };
}
