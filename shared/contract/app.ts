import { z } from 'zod';
import { method } from './define';

export const runtimeSchema = z.object({
  /** `official`: Electron as published; `evaluation`: for trying and tests; `none`: no Electron (command line, tests). */
  kind: z.enum(['official', 'evaluation', 'none']),
  electron: z.string().optional(),
  chrome: z.string().optional(),
  node: z.string(),
});

export const appInfoSchema = z.object({
  version: z.string(),
  runtime: runtimeSchema,
  platform: z.string(),
  /** Where the database lies. */
  dataDir: z.string(),
  /** False on the evaluation runtime without the operator's explicit option. */
  realAccountsAllowed: z.boolean(),
  /** The sentence to show where real accounts are refused or were allowed by option. */
  realAccountsNote: z.string().optional(),
  /** Things that went wrong at start and that the operator must know, such as a database set aside. */
  notices: z.array(z.string()),
  operator: z.string(),
  /** The system shows notifications of programs, as far as it tells. */
  notifications: z.boolean(),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

/** What main tells the window unasked: values of the one long call `app.watch`. */
export const appEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('mfa-needed'),
    promptId: z.string(),
    connection: z.string(),
    connectionName: z.string(),
    /** The MFA device's ARN or serial number. */
    serial: z.string(),
  }),
  z.object({ kind: z.literal('mfa-settled'), promptId: z.string() }),
  z.object({ kind: z.literal('connections-changed') }),
  /** The practice account's clock was moved or it was made anew: what was read of it before is old. */
  z.object({
    kind: z.literal('practice-changed'),
    change: z.enum(['clock', 'reset']),
    /** Its time now, ISO 8601 UTC. */
    now: z.string(),
  }),
  z.object({ kind: z.literal('journal-appended'), seq: z.number() }),
  /** Endpoints were scanned on schedule: their rows are new. */
  z.object({ kind: z.literal('tls-scanned') }),
  /** The checklist was judged anew. */
  z.object({ kind: z.literal('readiness-changed') }),
  z.object({ kind: z.literal('drill-changed'), drill: z.string() }),
  /** What waits for a person in drills may be another. */
  z.object({ kind: z.literal('reminders-changed') }),
  /** Canaries were made on schedule. */
  z.object({ kind: z.literal('canaries-made') }),
  z.object({ kind: z.literal('notice'), message: z.string() }),
  /** A deep link or a menu item asks the window to go somewhere: `#/keys?...`. */
  z.object({ kind: z.literal('navigate'), hash: z.string() }),
]);
export type AppEvent = z.infer<typeof appEventSchema>;

export const app = {
  info: method({ summary: 'What runs here, and where its data lies.', output: appInfoSchema }),
  watch: method({
    summary: 'Stays open and reports what main has to tell the window, until cancelled.',
    progress: appEventSchema,
  }),
  copyText: method({
    summary: 'Puts text on the clipboard.',
    input: z.object({ text: z.string().max(1_000_000) }),
  }),
  tryNotification: method({
    summary: 'Shows a notification of the system, so that somebody sees whether it shows any.',
    output: z.object({ sent: z.boolean() }),
  }),
  printPage: method({
    summary:
      'Prints the window as it is shown to a PDF that the operator places; null where none was.',
    input: z.object({
      suggestedName: z.string().min(1).max(200),
      /** Stands in the head of every page. */
      title: z.string().max(200),
    }),
    output: z
      .object({
        file: z.string(),
        /** Of the file. */
        sha256: z.string(),
      })
      .nullable(),
    action: true,
  }),
  openExternal: method({
    summary: 'Opens an https page of the allow-list in the browser.',
    input: z.object({ url: z.string().max(2000) }),
  }),
};
