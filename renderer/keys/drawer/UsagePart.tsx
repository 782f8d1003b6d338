import type { Facet } from '../../../shared/model/facet';
import type { KeyUsage } from '../../../shared/model/key';
import { lastUseOf } from '../../../shared/model/keyUsage';
import { Time } from '../../ui';
import { FacetPart } from './Part';

/** When the key was last used, as AWS keeps track of it. */
export function UsagePart({ usage }: { usage: Facet<KeyUsage> }) {
  return (
    <FacetPart title="Last use" facet={usage}>
      {(value) => <p className="text-sm">{wordsOf(value)}</p>}
    </FacetPart>
  );
}

function wordsOf(usage: KeyUsage) {
  const use = lastUseOf(usage);
  const { operation, trackedSince } = usage;
  switch (use.kind) {
    case 'used':
      return (
        <>
          {operation ?? 'Used'} at <Time iso={use.at} precision="second" />
          <span className="text-ink-3"> (AWS may be an hour behind)</span>
        </>
      );
    case 'never':
      return 'Not used once since it was created.';
    case 'unknown':
      return trackedSince === undefined ? (
        'Not known: AWS does not say since when it keeps track.'
      ) : (
        <>
          Not known: no use is on record since AWS keeps track, <Time iso={trackedSince} />; what
          was before, AWS does not say.
        </>
      );
    default:
      return use satisfies never;
  }
}
