import { z } from 'zod';

/** What an estimate is made from. */
export const numbersSchema = z.object({
  /** Uses a second, on average over the month. */
  perSecond: z.number().min(0).max(10_000_000),
  keys: z.number().int().min(1).max(100_000),
  /** Regions that each key is in: 1, or more for a multi-Region key with replicas. */
  regions: z.number().int().min(1).max(40),
  /** Whose quota bears the requests. */
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d{1,2}$/),
  /** Data at rest, of 10^9 bytes each. */
  gigabytes: z.number().min(0).max(1_000_000_000),
  /** The size of one stored thing, of 1,000 bytes each. */
  kilobytesEach: z.number().min(0.001).max(1_000_000_000),
  /** A cached data key is replaced after so many uses or seconds. */
  cacheUses: z.number().int().min(1).max(1_000_000),
  cacheSeconds: z.number().int().min(1).max(86_400),
});
export type Numbers = z.infer<typeof numbersSchema>;

/** A number that is typed: everything but the Region. */
export type NumberName = Exclude<keyof Numbers, 'region'>;

/** How a number is asked for. */
export interface NumberField {
  readonly name: NumberName;
  readonly label: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

const field = (name: NumberName, label: string, unit: string): NumberField => {
  const shape = numbersSchema.shape[name];
  return {
    name,
    label,
    unit,
    min: shape.minValue ?? 0,
    max: shape.maxValue ?? Infinity,
    whole: shape.format === 'safeint',
  };
};

/** In the order in which they are asked for; the label of the first is the scenario's own. */
export const numberFields: readonly NumberField[] = [
  field('perSecond', 'Uses a second', 'a second'),
  field('keys', 'KMS keys', 'keys'),
  field('regions', 'Regions of each key', 'Regions'),
  field('gigabytes', 'Data at rest', 'GB'),
  field('kilobytesEach', 'Size of one', 'kB'),
  field('cacheUses', 'Uses of a cached data key', 'uses'),
  field('cacheSeconds', 'Life of a cached data key', 'seconds'),
];

/** What is wrong with a typed number, as a sentence; undefined where nothing is. */
export function numberProblem(
  { min, max, whole, unit }: NumberField,
  text: string,
): string | undefined {
  const value = Number(text);
  const fits = text.trim() !== '' && Number.isFinite(value) && value >= min && value <= max;
  if (fits && (!whole || Number.isInteger(value))) return undefined;
  const kind = whole ? 'A whole number' : 'A number';
  return `${kind} from ${min} to ${max.toLocaleString('en')} (${unit}), with a point for decimals and no separators.`;
}
