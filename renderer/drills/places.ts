/** Which of the drill screens an address names. */
export type DrillsPlace =
  | { readonly kind: 'list' | 'plans' | 'people' | 'findings' }
  | { readonly kind: 'plan'; readonly id: string }
  | { readonly kind: 'run'; readonly id: string }
  | { readonly kind: 'compare'; readonly before: string; readonly after: string };

/** Reads a path: `/drills`, `/drills/plans`, `/drills/plan/ID`, `/drills/run/ID`, `/drills/compare/A/B`. */
export function parseDrillsPath(path: string): DrillsPlace {
  const [, , screen, id, other] = path.split('/').map(decode);
  if (screen === 'plans' || screen === 'people' || screen === 'findings') return { kind: screen };
  if (screen === 'plan' && id) return { kind: 'plan', id };
  if (screen === 'run' && id) return { kind: 'run', id };
  if (screen === 'compare' && id && other) return { kind: 'compare', before: id, after: other };
  return { kind: 'list' };
}

/** The address of a drill screen. */
export function drillsPath(place: DrillsPlace): string {
  switch (place.kind) {
    case 'list':
      return '/drills';
    case 'plan':
    case 'run':
      return `/drills/${place.kind}/${encodeURIComponent(place.id)}`;
    case 'compare':
      return `/drills/compare/${encodeURIComponent(place.before)}/${encodeURIComponent(place.after)}`;
    case 'plans':
    case 'people':
    case 'findings':
      return `/drills/${place.kind}`;
    default:
      return place satisfies never;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
