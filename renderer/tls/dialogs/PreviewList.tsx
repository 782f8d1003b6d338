import type { EndpointEdit } from '../../../shared/model/tls/fleet';
import { Checkbox } from '../../ui';

/** Endpoints that were read or found, each to be left out before they are added. */
export function PreviewList({
  endpoints,
  left,
  onLeft,
}: {
  endpoints: readonly EndpointEdit[];
  /** Indexes of those that are not to be added. */
  left: ReadonlySet<number>;
  onLeft: (left: ReadonlySet<number>) => void;
}) {
  const chosen = endpoints.length - left.size;
  return (
    <div className="overflow-hidden rounded-md border border-line">
      <Checkbox
        className="h-8 border-b bg-sunken px-3 text-xs text-ink-2"
        checked={left.size === 0}
        mixed={left.size > 0 && chosen > 0}
        onChange={(on) => onLeft(new Set(on ? [] : endpoints.keys()))}
      >
        {chosen.toLocaleString('en')} of {endpoints.length.toLocaleString('en')} to add
      </Checkbox>
      <ul aria-label="Endpoints to add" className="max-h-56 overflow-y-auto">
        {endpoints.slice(0, shownAtOnce).map((endpoint, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the same endpoint may stand there twice
          <li key={`${index} ${endpoint.host}`} className="border-b last:border-b-0">
            <Checkbox
              className="min-h-7 px-3"
              checked={!left.has(index)}
              onChange={(on) => {
                const next = new Set(left);
                if (on) next.delete(index);
                else next.add(index);
                onLeft(next);
              }}
            >
              <span className="min-w-0 flex-1 truncate font-mono text-xs">
                {endpoint.host}:{endpoint.port}
              </span>
              <span className="w-40 shrink-0 truncate text-ink-2">{endpoint.name}</span>
              <span className="w-44 shrink-0 truncate text-right text-xs text-ink-3">
                {[endpoint.owner, ...endpoint.tags].filter(Boolean).join(', ') || endpoint.source}
              </span>
            </Checkbox>
          </li>
        ))}
        {endpoints.length > shownAtOnce && (
          <li className="px-3 py-1.5 text-xs text-ink-3">
            And {(endpoints.length - shownAtOnce).toLocaleString('en')} more, which are added too.
          </li>
        )}
      </ul>
    </div>
  );
}

/** A preview is for judging what was read, not for reading thousands of lines. */
const shownAtOnce = 200;
