import { parseHash, type Place } from './location';

/** Where the operator was last in every feature, so that filters survive going elsewhere and back. */
export interface Places {
  visit(place: Place): void;
  /** The last place in a feature (`/keys`), or the feature itself: to give to `navigate`. */
  last(feature: string): string;
  /** The last place in the first view of a feature (`/readiness`), with its filters. */
  lastFirstView(feature: string): string;
}

/** Makes the memory of places; it lasts as long as the window. */
export function createPlaces(): Places {
  const byFeature = new Map<string, string>();
  const firstViews = new Map<string, string>();
  return {
    visit({ path, search }) {
      const [, feature = ''] = path.split('/');
      const place = search ? `${path}?${search}` : path;
      byFeature.set(`/${feature}`, place);
      if (path === `/${feature}`) firstViews.set(path, place);
    },
    last(feature) {
      return byFeature.get(parseHash(feature).path) ?? feature;
    },
    lastFirstView(feature) {
      return firstViews.get(parseHash(feature).path) ?? feature;
    },
  };
}
