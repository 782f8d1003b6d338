import { z } from 'zod';
import { method } from './define';

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
