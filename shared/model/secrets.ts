import { z } from 'zod';

/** Why a finding is no secret, in whose judgement. */
export const notASecretSchema = z.object({
  id: z.string(),
  reason: z.string(),
  at: z.string(),
  /** The operator. */
  by: z.string(),
});

/** A secret in a file, told without it. */
export const foundSecretSchema = z.object({
  file: z.string(),
  /** From 1. */
  line: z.number().int(),
  /** `aws: AWSSecretAccessKey`: what it looks like. */
  kind: z.string(),
  /**
   * The first 12 hex digits of an HMAC of the secret under a key that is forgotten after the scan: the
   * same mark is the same secret, and nothing can be looked up by it.
   */
  mark: z.string(),
  /** The file's time of change, milliseconds since 1970: whether it is still the file that was read. */
  modifiedMs: z.number(),
  /** Somebody has looked and found that it is no secret. */
  ignored: notASecretSchema.optional(),
});
export type FoundSecret = z.infer<typeof foundSecretSchema>;

/** One of the files and folders that were looked into. */
export const scannedPlaceSchema = z.object({
  path: z.string(),
  /** Files that were read to their end. */
  files: z.number().int(),
  /** Findings that count. */
  found: z.number().int(),
  /** Findings that somebody has declared to be no secrets. */
  ignored: z.number().int(),
  /** Files and folders that could not be read. */
  unread: z.number().int(),
  /** What was not looked at, and why: never to be taken for clean. */
  skipped: z.object({
    ignored: z.number().int(),
    tooLarge: z.number().int(),
    binary: z.number().int(),
    links: z.number().int(),
  }),
});
export type ScannedPlace = z.infer<typeof scannedPlaceSchema>;

export const secretScanSchema = z.object({
  scannedAt: z.string(),
  places: z.array(scannedPlaceSchema),
  /** Own rules, as in .gitignore. */
  ignore: z.array(z.string()),
  gitignore: z.boolean(),
  /** The first 5,000. */
  found: z.array(foundSecretSchema),
  /** Files and folders that could not be read, the first 100. */
  unread: z.array(z.object({ file: z.string(), why: z.string() })),
});
export type SecretScan = z.infer<typeof secretScanSchema>;

/** All places of a scan together. */
export function totalOf({ places }: Pick<SecretScan, 'places'>): Omit<ScannedPlace, 'path'> {
  const sum = (of: (place: ScannedPlace) => number) =>
    places.reduce((total, place) => total + of(place), 0);
  return {
    files: sum(({ files }) => files),
    found: sum(({ found }) => found),
    ignored: sum(({ ignored }) => ignored),
    unread: sum(({ unread }) => unread),
    skipped: {
      ignored: sum(({ skipped }) => skipped.ignored),
      tooLarge: sum(({ skipped }) => skipped.tooLarge),
      binary: sum(({ skipped }) => skipped.binary),
      links: sum(({ skipped }) => skipped.links),
    },
  };
}

/** `12 ignored, 3 over 2 MiB, 40 binary, 1 link`; empty where everything was looked at. */
export function skippedWords({ skipped }: Pick<ScannedPlace, 'skipped'>): string {
  const { ignored, tooLarge, binary, links } = skipped;
  return [
    ignored > 0 && `${ignored} ignored`,
    tooLarge > 0 && `${tooLarge} over 2 MiB`,
    binary > 0 && `${binary} binary`,
    links > 0 && `${links} ${links === 1 ? 'link' : 'links'}`,
  ]
    .filter((part) => part !== false)
    .join(', ');
}

/** Whether a file is a place that was looked into, or lies below it. */
export function liesIn(file: string, place: string): boolean {
  const below = /[/\\]$/.test(place) ? [place] : [`${place}/`, `${place}\\`];
  return file === place || below.some((start) => file.startsWith(start));
}

/** A file or folder that the operator gave: a page names it by its id, never by a path. */
export const secretPlaceSchema = z.object({ id: z.string(), path: z.string() });
export type SecretPlace = z.infer<typeof secretPlaceSchema>;

export const secretScanOptionsSchema = z.object({
  ignore: z.array(z.string().min(1).max(500)).max(200).default([]),
  /** Leaves out what .gitignore files say. */
  gitignore: z.boolean().default(true),
});
export type SecretScanOptions = z.infer<typeof secretScanOptionsSchema>;
