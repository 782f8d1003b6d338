import { known } from '../facet';
import { keyRefString, type KeyRow } from '../key';

/** Why a key should be drilled, most pressing first. */
export const riskReasons = ['never-drilled', 'imported', 'single-region', 'most-used'] as const;
export type RiskReason = (typeof riskReasons)[number];

export interface RiskyKey {
  readonly row: KeyRow;
  readonly reasons: readonly RiskReason[];
}

/**
 * The keys that a drill can be about, the most pressing first: never drilled, imported (nobody but
 * their owner has the material), in one Region only, most used.
 * @param drilled keys of drills that passed, as `keyRefString`
 * @param uses how often each was used lately, by ARN
 */
export function keysByRisk(
  rows: readonly KeyRow[],
  drilled: ReadonlySet<string>,
  uses: ReadonlyMap<string, number>,
): RiskyKey[] {
  const busiest = new Set(
    [...uses]
      .filter(([, count]) => count > 0)
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, 10)
      .map(([arn]) => arn),
  );
  return rows
    .filter(canBeDrilled)
    .map((row) => ({ row, reasons: reasonsOf(row, drilled, busiest) }))
    .toSorted(
      (a, b) =>
        weight(b.reasons) - weight(a.reasons) ||
        (uses.get(b.row.arn) ?? 0) - (uses.get(a.row.arn) ?? 0),
    );
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
