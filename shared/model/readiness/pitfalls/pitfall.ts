/** The seven pitfalls of the guide, in its order. */
export const pitfallIds = [
  'static-keys',
  'metadata',
  'tls',
  'client-side',
  'escrow',
  'over-encryption',
  'certificates',
] as const;
export type PitfallId = (typeof pitfallIds)[number];

/** What to do against it; with a place of the window where it can be done. */
export interface Measure {
  readonly text: string;
  readonly link?: { readonly to: string; readonly label: string } | undefined;
}

/** A way in which encryption is in place and yet does not protect. */
export interface Pitfall {
  readonly id: PitfallId;
  readonly title: string;
  /** What it is and why it happens, in two sentences. */
  readonly what: string;
  /** Ids of the checks that tell whether it is there: its verdict is never better than theirs. */
  readonly checks: readonly string[];
  readonly measures: readonly Measure[];
}
