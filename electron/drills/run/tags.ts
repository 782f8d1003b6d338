/** The tags by which a drill knows its own keys. */
export function drillTags(drill: string): readonly (readonly [string, string])[] {
  return [
    ['purpose', 'recovery-drill'],
    ['drill', drill],
  ];
}

/** As AWS takes them, with the change that made the key: found again where its answer was lost. */
export function awsTags(drill: string, change: string) {
  return [...drillTags(drill), ['drill-change', change] as const].map(([TagKey, TagValue]) => ({
    TagKey,
    TagValue,
  }));
}
