import { z } from 'zod';

/** A secret in a file, told without it. */
export const foundSecretSchema = z.object({
  file: z.string(),
  /** From 1. */
  line: z.number().int(),
  /** `AWS secret access key`: what it looks like. */
  kind: z.string(),
  /**
   * The first 12 hex digits of an HMAC of the secret under a key that is forgotten after the scan: the
   * same mark is the same secret, and nothing can be looked up by it.
   */
  mark: z.string(),
});
export type FoundSecret = z.infer<typeof foundSecretSchema>;

export const secretScanSchema = z.object({
  scannedAt: z.string(),
  paths: z.array(z.string()),
  /** Own rules, as in .gitignore. */
  ignore: z.array(z.string()),
  gitignore: z.boolean(),
  /** Files that were read to their end. */
  files: z.number().int(),
  found: z.array(foundSecretSchema),
  /** Of all; `found` is cut after the first 5,000. */
  foundInAll: z.number().int(),
  /** What was not looked at, and why: never to be taken for clean. */
  skipped: z.object({
    ignored: z.number().int(),
    tooLarge: z.number().int(),
    binary: z.number().int(),
    links: z.number().int(),
  }),
  /** Files and folders that could not be read, the first 100. */
  unread: z.array(z.object({ file: z.string(), why: z.string() })),
  unreadInAll: z.number().int(),
});
export type SecretScan = z.infer<typeof secretScanSchema>;

export const secretScanOptionsSchema = z.object({
  ignore: z.array(z.string().min(1).max(500)).max(200).default([]),
  /** Leaves out what .gitignore files say. */
  gitignore: z.boolean().default(true),
});
export type SecretScanOptions = z.infer<typeof secretScanOptionsSchema>;
