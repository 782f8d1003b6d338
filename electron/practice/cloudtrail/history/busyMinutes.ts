import { dayMs } from '../clockwork';
import type { HistoryPlan } from './plan';
import { numberOf, randomOf } from './random';

const minuteMs = 60_000;

/**
 * Minutes in which the company came near a request quota, as `[start, share of the quota]`: in CloudWatch
 * only, since a log of them would be hundreds of millions of events.
 *
 * - CryptographicOperationsSymmetric at home: the data lake's nightly compaction, which grows from a
 *   quarter of the quota to three quarters within a season; and the two bursts that were throttled.
 * - ListGrants at home: a scanner that goes through all grants at six in the morning, for months.
 */
export function* busyMinutes(
  plan: HistoryPlan,
  region: string,
  resource: string,
  from: number,
  to: number,
): Generator<readonly [number, number]> {
  if (plan.kind !== 'company' || region !== plan.regions[0]) return;
  const story = stories[resource];
  if (!story) return;
  const last = Math.min(to, plan.to);
  const midnight = Math.floor(plan.to / dayMs) * dayMs;
  const first = Math.floor(Math.max(from, plan.from) / dayMs) * dayMs;
  for (let day = first; day < last; day += dayMs) {
    const random = randomOf(numberOf(plan.seed), numberOf(resource), day / dayMs);
    for (const [minute, share] of story((midnight - day) / dayMs, () => random.next())) {
      const at = day + minute * minuteMs;
      if (at >= from && at < last) yield [at, share];
    }
  }
}

/** Of a day so long ago: the minutes of that day, and the share of the quota in each. */
type Story = (daysAgo: number, chance: () => number) => Iterable<readonly [number, number]>;

const stories: Readonly<Record<string, Story>> = {
  *CryptographicOperationsSymmetric(daysAgo, chance) {
    const peak = 0.25 + 0.5 * Math.max(0, 1 - daysAgo / 90) + (chance() - 0.5) * 0.05;
    for (let minute = 0; minute < 12; minute += 1) {
      yield [2 * 60 + 30 + minute, peak * (0.7 + 0.3 * Math.sin(((minute + 0.5) / 12) * Math.PI))];
    }
    if (burstDays.has(daysAgo)) {
      yield [3 * 60 + 12, 0.99];
      yield [3 * 60 + 13, 1];
      yield [3 * 60 + 14, 0.52];
    }
  },
  *ListGrants(daysAgo) {
    // Every other day a little more: chance would look like a trend in one account out of twenty.
    for (let minute = 0; minute < 4; minute += 1) {
      yield [6 * 60 + minute, daysAgo % 2 === 0 ? 0.84 : 0.88 - minute * 0.01];
    }
  },
};

/** As throttlingBursts tells them. */
const burstDays = new Set([200, 41]);
