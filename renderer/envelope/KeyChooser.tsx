import { useState } from 'react';
import { keyRefString, type KeyRef } from '../../shared/model/key';
import { Badge, Checkbox, SearchField } from '../ui';
import { useSealingKeys, type SealingKey } from './useSealingKeys';

/**
 * Chooses one key or several out of those that can seal data, by account and Region.
 */
export function KeyChooser({
  label,
  chosen,
  onChange,
  max = 10,
  ranked = true,
}: {
  label: string;
  chosen: readonly KeyRef[];
  onChange: (keys: readonly KeyRef[]) => void;
  /** With 1 another choice takes the place of the one before. */
  max?: number | undefined;
  /** Whether the first has a meaning of its own: it makes the data key. */
  ranked?: boolean | undefined;
}) {
  const { keys, others, reading } = useSealingKeys();
  const [search, setSearch] = useState('');
  const ids = chosen.map(keyRefString);
  const words = search.toLowerCase().trim();
  const shown = keys.filter(
    ({ id, name, arn, place }) =>
      ids.includes(id) || `${name} ${arn} ${place}`.toLowerCase().includes(words),
  );
  const places = [...new Set(shown.map(({ place }) => place))];

  function toggle({ id, ref }: SealingKey): void {
    if (ids.includes(id)) onChange(chosen.filter((each) => keyRefString(each) !== id));
    else onChange(max === 1 ? [ref] : [...chosen, ref].slice(0, max));
  }

  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-xs font-medium text-ink-2">{label}</legend>
      <SearchField label="Find a key" value={search} onChange={setSearch} className="mb-1.5" />
      <div className="max-h-56 overflow-y-auto rounded-md border border-line-strong bg-surface py-1">
        {places.map((place) => (
          <fieldset key={place} className="min-w-0">
            <legend className="px-2.5 pt-1.5 pb-0.5 label-text">{place}</legend>
            {shown
              .filter((key) => key.place === place)
              .map((key) => (
                <Checkbox
                  key={key.id}
                  checked={ids.includes(key.id)}
                  onChange={() => toggle(key)}
                  className="px-2.5 py-1 hover:bg-hover"
                >
                  <span className="min-w-0 flex-1 truncate" title={key.arn}>
                    {key.name.replace(/^alias\//, '')}
                  </span>
                  {key.multiRegion && <Badge>Multi-Region</Badge>}
                  {ranked && ids[0] === key.id && ids.length > 1 && (
                    <Badge tone="info">Makes the data key</Badge>
                  )}
                </Checkbox>
              ))}
          </fieldset>
        ))}
        {shown.length === 0 && (
          <p className="px-2.5 py-2 text-sm text-ink-2">
            {reading
              ? 'The keys are being read.'
              : keys.length === 0
                ? 'No key of the inventory can seal data.'
                : 'No key matches.'}
          </p>
        )}
      </div>
      {others > 0 && (
        <p className="mt-1 text-xs text-ink-3">
          {others.toLocaleString('en')} other keys are disabled, of another kind, or AWS’s own.
        </p>
      )}
    </fieldset>
  );
}
