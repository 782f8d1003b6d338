import type { Facet } from '../../../shared/model/facet';
import { KeyValue } from '../../ui';
import { FacetPart } from './Part';

/** The key's tags, by name. */
export function TagsPart({ tags }: { tags: Facet<Record<string, string>> }) {
  return (
    <FacetPart title="Tags" facet={tags}>
      {(value) => {
        const names = Object.keys(value).sort();
        if (names.length === 0) return <p className="text-sm text-ink-2">No tags.</p>;
        return (
          <KeyValue
            rows={names.map((name) => ({ label: name, value: value[name] || '(empty)' }))}
          />
        );
      }}
    </FacetPart>
  );
}
