import { z } from 'zod';
import { method } from './define';

/** A view of the events that the operator keeps under a name. */
export const savedEventViewSchema = z.object({
  name: z.string().min(1).max(80),
  /** Where it leads: the part of the window's address after `/events?`. */
  place: z.string().max(8000),
});
export type SavedEventView = z.infer<typeof savedEventViewSchema>;

/** What an operator can set, with its defaults; unknown names from a newer version are kept out. */
export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  timeZone: z.enum(['utc', 'local']).default('utc'),
  density: z.enum(['comfortable', 'compact']).default('compact'),
  /** Share of AWS's request quotas that the program may use, in percent. */
  quotaPercent: z.number().int().min(1).max(100).default(10),
  /** Hidden columns of the key table. */
  hiddenKeyColumns: z.array(z.string()).max(50).default([]),
  /** The tags whose values are shown as columns. */
  environmentTag: z.string().min(1).max(128).default('Environment'),
  ownerTag: z.string().min(1).max(128).default('Owner'),
  savedEventViews: z.array(savedEventViewSchema).max(100).default([]),
  /** Events older than so many days are forgotten; null keeps them for ever. */
  eventRetentionDays: z.number().int().min(1).max(36_500).nullable().default(null),
  /** Notifications of the system about drills and findings that are due. */
  drillNotifications: z.boolean().default(true),
});
export type Settings = z.infer<typeof settingsSchema>;

const { shape } = settingsSchema;

/**
 * A change names only what it changes. Not `settingsSchema.partial()`: zod fills the defaults into
 * what is left out, so that changing one setting would reset all others.
 */
export const settingsPatchSchema = z
  .object({
    theme: shape.theme.unwrap(),
    timeZone: shape.timeZone.unwrap(),
    density: shape.density.unwrap(),
    quotaPercent: shape.quotaPercent.unwrap(),
    hiddenKeyColumns: shape.hiddenKeyColumns.unwrap(),
    environmentTag: shape.environmentTag.unwrap(),
    ownerTag: shape.ownerTag.unwrap(),
    savedEventViews: shape.savedEventViews.unwrap(),
    eventRetentionDays: shape.eventRetentionDays.unwrap(),
    drillNotifications: shape.drillNotifications.unwrap(),
  } satisfies Record<keyof Settings, z.ZodType>)
  .partial();

export const settings = {
  get: method({ summary: 'The settings as they stand.', output: settingsSchema }),
  set: method({
    summary: 'Changes some settings; gives all of them back.',
    input: settingsPatchSchema,
    output: settingsSchema,
    action: true,
  }),
};
