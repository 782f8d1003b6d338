import { z } from 'zod';
import { known } from '../facet';
import { keyRefString, type KeyRow } from '../key';

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

export interface RiskyKey {
  readonly row: KeyRow;
  readonly reasons: readonly RiskReason[];
  /** Absent where nothing is known of its uses: that is not a key without any. */
  readonly uses: KeyUses | undefined;
}

/** So many of the keys that were used most count as most used. */
const busiestKeys = 10;

/**
 * The keys that a drill can be about, the most pressing first: never drilled, imported (nobody but
 * their owner has the material), in one Region only, most used.
 * @param drilled keys of drills that passed, as `keyRefString`
 * @param uses how often each was used lately, by ARN, as far as that is known
 */
export function keysByRisk(
  rows: readonly KeyRow[],
  drilled: ReadonlySet<string>,
  uses: ReadonlyMap<string, KeyUses>,
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
    .map((row) => ({ row, reasons: reasonsOf(row, drilled, busiest), uses: uses.get(row.arn) }))
    .toSorted((a, b) => weight(b.reasons) - weight(a.reasons) || count(b.row) - count(a.row));
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
