import { hourMs } from '../clockwork';
import type { TrailEvent } from '../event';
import type { Workload } from './history';

/** Where the uses of keys are looked for. */
export interface UseSource {
  readonly from: number;
  readonly to: number;
  readonly workloads: (region: string) => readonly Workload[];
  /** The events of one workload in the hour that begins then. */
  readonly routine: (region: string, index: number, start: number) => readonly TrailEvent[];
  /** Hours in which an incident used the key. */
  readonly incidentHours: (region: string, arn: string) => readonly number[];
  readonly hour: (region: string, start: number) => readonly TrailEvent[];
}

/** What counts as a use of a key (KMS API reference, KeyLastUsageData): it must have succeeded. */
const uses = new Set(
  [
    ['Decapsulate', 'Decrypt', 'DeriveSharedSecret', 'Encapsulate', 'Encrypt', 'GenerateDataKey'],
    ['GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext', 'GenerateMac', 'ReEncrypt'],
    ['GenerateDataKeyWithoutPlaintext', 'Sign', 'Verify', 'VerifyMac'],
  ].flat(),
);

export function isUse({
  name,
  error,
}: {
  readonly name: string;
  readonly error?: unknown;
}): boolean {
  return uses.has(name) && error === undefined;
}

/**
 * Gives the last use of a key in the history, from its end back. What was passed on the way is
 * remembered, so that asking for every key of a large estate costs little more than for one.
 */
export function lastUses(
  source: UseSource,
): (region: string, arn: string) => TrailEvent | undefined {
  const walks = new Map<Workload, Walk>();
  return (region, arn) => {
    const found = source.workloads(region).map((workload, index) => {
      if (!isUse(workload) || !workload.keys.some((key) => key.arn === arn)) return undefined;
      const walk = walks.get(workload) ?? newWalk(source.to);
      walks.set(workload, walk);
      return walkBack(walk, source, region, index, arn);
    });
    const [hour] = [...source.incidentHours(region, arn)].sort((a, b) => b - a);
    if (hour !== undefined) found.push(newestOf(source.hour(region, hour)).get(arn));
    return found.reduce((a, b) => (isLater(b, a) ? b : a), undefined);
  };
}

interface Walk {
  /** The next hour to look at. */
  hour: number;
  readonly found: Map<string, TrailEvent>;
}

function newWalk(to: number): Walk {
  return { hour: Math.floor(to / hourMs) * hourMs, found: new Map() };
}

function walkBack(
  walk: Walk,
  source: UseSource,
  region: string,
  index: number,
  arn: string,
): TrailEvent | undefined {
  while (!walk.found.has(arn) && walk.hour + hourMs > source.from) {
    for (const [key, event] of newestOf(source.routine(region, index, walk.hour))) {
      if (!walk.found.has(key)) walk.found.set(key, event);
    }
    walk.hour -= hourMs;
  }
  return walk.found.get(arn);
}

/** The newest use of each key among events. */
function newestOf(events: readonly TrailEvent[]): Map<string, TrailEvent> {
  const newest = new Map<string, TrailEvent>();
  for (const event of events) {
    const [resource] = event.resources ?? [];
    if (!resource || !isUse({ name: event.eventName, error: event.errorCode })) continue;
    if (isLater(event, newest.get(resource.ARN))) newest.set(resource.ARN, event);
  }
  return newest;
}

function isLater(a: TrailEvent | undefined, b: TrailEvent | undefined): boolean {
  return a !== undefined && (b === undefined || a.eventTime > b.eventTime);
}
