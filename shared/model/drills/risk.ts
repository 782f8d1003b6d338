import { z } from 'zod';
import { known } from '../facet';
import { keyRefString, type KeyRow } from '../key';
import { lastUseOf, type KeyUsageReading } from '../keyUsage';

/** Why a key should be drilled, most pressing first. */
export const riskReasons = ['never-drilled', 'imported', 'single-region', 'most-used'] as const;
export type RiskReason = (typeof riskReasons)[number];

/** How often a key was used, as far as stored events tell. */
export const keyUsesSchema = z.object({
  count: z.number().int(),
  /** The events are from then to then. */
  from: z.string(),
  to: z.string(),
  /** Times between for which there are no events. */
  gaps: z.number().int(),
});
export type KeyUses = z.infer<typeof keyUsesSchema>;

/** What KMS says of a key’s last use (GetKeyLastUsage): when, not how often. Unknown is not among them. */
export const lastUseSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('used'), at: z.string(), asOf: z.string() }),
  z.object({ kind: z.literal('never'), asOf: z.string() }),
]);
export type LastUse = z.infer<typeof lastUseSchema>;

/** The last uses that are known, by `keyRefString`. */
export function lastUses(readings: readonly KeyUsageReading[]): ReadonlyMap<string, LastUse> {
  return new Map(
    readings.flatMap((reading): [string, LastUse][] => {
      const { usage } = reading;
      if (usage.status !== 'known') return [];
      const use = lastUseOf(usage.value);
      return use.kind === 'unknown' ? [] : [[keyRefString(reading), { ...use, asOf: usage.asOf }]];
    }),
  );
}

/** KMS names a use in the time of the events, of which none is stored: their number is too low. */
export function missesUses(uses: KeyUses, lastUse: LastUse | undefined): boolean {
  return (
    uses.count === 0 && lastUse?.kind === 'used' && uses.from <= lastUse.at && lastUse.at <= uses.to
  );
}

export interface RiskyKey {
  readonly row: KeyRow;
  readonly reasons: readonly RiskReason[];
  readonly lastUse: LastUse | undefined;
  /** Absent where nothing is known of its uses: that is not a key without any. */
  readonly uses: KeyUses | undefined;
}

/** So many of the keys that were used most count as most used. */
const busiestKeys = 10;

/**
 * The keys that a drill can be about, the most pressing first: never drilled, imported (nobody but
 * their owner has the material), in one Region only, most used. Keys that are alike in all of this are ordered by their last use: that
 * tells nothing of how often a key is used, so none is called most used for it.
 * @param drilled keys of drills that passed, as `keyRefString`
 * @param uses how often each was used lately, by ARN, as far as that is known
 * @param last when each was used last, as `lastUses` gives it
 */
export function keysByRisk(
  rows: readonly KeyRow[],
  drilled: ReadonlySet<string>,
  uses: ReadonlyMap<string, KeyUses>,
  last: ReadonlyMap<string, LastUse>,
): RiskyKey[] {
  const can = rows.filter(canBeDrilled);
  const count = ({ arn }: KeyRow) => uses.get(arn)?.count ?? 0;
  const busiest = new Set(
    can
      .filter((row) => count(row) > 0)
      .toSorted((a, b) => count(b) - count(a))
      .slice(0, busiestKeys)
      .map(({ arn }) => arn),
  );
  return can
    .map((row) => ({
      row,
      reasons: reasonsOf(row, drilled, busiest),
      uses: uses.get(row.arn),
      lastUse: last.get(keyRefString(row)),
    }))
    .toSorted(
      (a, b) =>
        weight(b.reasons) - weight(a.reasons) ||
        count(b.row) - count(a.row) ||
        Date.parse(usedAt(b)) - Date.parse(usedAt(a)),
    );
}

/** A key of whose last use nothing is known comes after those that are in use. */
function usedAt({ lastUse }: RiskyKey): string {
  return lastUse?.kind === 'used' ? lastUse.at : '1970-01-01';
}

function canBeDrilled(row: KeyRow): boolean {
  const metadata = known(row.metadata);
  return (
    row.change?.kind !== 'gone' &&
    metadata?.keyManager === 'CUSTOMER' &&
    metadata.keySpec === 'SYMMETRIC_DEFAULT' &&
    metadata.keyState === 'Enabled'
  );
}

function reasonsOf(
  row: KeyRow,
  drilled: ReadonlySet<string>,
  busiest: ReadonlySet<string>,
): RiskReason[] {
  const metadata = known(row.metadata);
  return [
    ...(drilled.has(keyRefString(row)) ? [] : (['never-drilled'] as const)),
    ...(metadata?.origin === 'EXTERNAL' ? (['imported'] as const) : []),
    ...(metadata?.multiRegion ? [] : (['single-region'] as const)),
    ...(busiest.has(row.arn) ? (['most-used'] as const) : []),
  ];
}

/** Never drilled counts most; then the order of `riskReasons`. */
function weight(reasons: readonly RiskReason[]): number {
  return reasons.reduce(
    (sum, reason) => sum + 2 ** (riskReasons.length - riskReasons.indexOf(reason)),
    0,
  );
}
