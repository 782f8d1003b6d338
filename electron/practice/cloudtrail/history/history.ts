import { keyResource, trailEvent, type TrailEvent } from '../event';
import { hourMs } from '../clockwork';
import { companyIncidents, companyWorkloads } from './company';
import { largeWorkloads } from './large';
import { isUse, lastUses } from './lastUse';
import { identityBook, type Person } from './people';
import { materialAt, type HistoryPlan, type PlannedKey } from './plan';
import { numberOf, randomOf, type Random } from './random';

/** Something that goes on for long: who calls what with which keys, how often, and how it ends. */
export interface Workload {
  readonly who: readonly Person[];
  readonly region: string;
  readonly name: string;
  readonly keys: readonly PlannedKey[];
  /** Calls an hour, on average over a week. */
  readonly perHour: number;
  readonly rhythm: Rhythm;
  readonly parameters: (key: PlannedKey | undefined, random: Random) => object | null;
  readonly readOnly?: boolean;
  readonly responseElements?: (key: PlannedKey | undefined, random: Random) => object | null;
  readonly error?: { readonly code: string; readonly message: (key: string) => string };
  readonly from?: number;
  readonly to?: number;
}

export type Rhythm = 'steady' | 'business' | 'day' | 'night' | 'morning';

/** One call of a story, at its time. */
export interface Incident {
  readonly at: number;
  readonly who: Person;
  readonly region: string;
  readonly name: string;
  readonly source?: string;
  readonly key?: PlannedKey | undefined;
  readonly parameters?: object | null;
  readonly responseElements?: object | null;
  readonly readOnly: boolean;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
}

/** The events that were before the account's own: made anew from the plan whenever they are asked for. */
export interface History {
  readonly accountId: string;
  readonly trail: string;
  readonly from: number;
  readonly to: number;
  hasEvents(accountId: string, region: string, hour: number): boolean;
  /** The events of the hour that begins then, oldest first. */
  hour(accountId: string, region: string, hour: number): TrailEvent[];
  /** Whether an event of this name can be among the workloads of a Region, or only among incidents. */
  isRoutine(region: string, name: string): boolean;
  /** The last successful use of a key in it, by the key's ARN. */
  lastUse(region: string, arn: string): TrailEvent | undefined;
  /** Hours that have incidents, newest first. */
  incidentHours(region: string): readonly number[];
}

export function openHistory(plan: HistoryPlan): History {
  const workloads = plan.kind === 'company' ? companyWorkloads(plan) : largeWorkloads(plan);
  const incidents = new Map<string, Incident[]>();
  for (const incident of plan.kind === 'company' ? companyIncidents(plan) : []) {
    const id = `${incident.region} ${Math.floor(incident.at / hourMs) * hourMs}`;
    const list = incidents.get(id);
    if (list) list.push(incident);
    else incidents.set(id, [incident]);
  }
  const ofRegion = new Map(
    plan.regions.map((region) => [region, workloads.filter((one) => one.region === region)]),
  );
  const seed = numberOf(plan.seed);
  const identityAt = identityBook(plan.accountId);
  const workloadsOf = (region: string) => ofRegion.get(region) ?? [];
  const routine = (region: string, index: number, start: number): TrailEvent[] => {
    const workload = workloadsOf(region)[index];
    if (!workload) return [];
    const events: TrailEvent[] = [];
    const random = randomOf(seed ^ index, numberOf(region), start / hourMs);
    for (let left = callsIn(workload, start, random); left > 0; left--) {
      const at = start + random.integer(3600) * 1000;
      const event = routineEvent(plan, identityAt, workload, at, random);
      if (event && at >= plan.from && at < plan.to) events.push(event);
    }
    return events;
  };
  const hour = (accountId: string, region: string, start: number): TrailEvent[] => {
    if (accountId !== plan.accountId || start + hourMs <= plan.from || start >= plan.to) return [];
    const events = workloadsOf(region).flatMap((_, index) => routine(region, index, start));
    const random = randomOf(seed, numberOf(region), -start / hourMs);
    for (const incident of incidents.get(`${region} ${start}`) ?? []) {
      events.push(incidentEvent(plan, identityAt, incident, random));
    }
    return events.sort(
      (a, b) => compare(a.eventTime, b.eventTime) || compare(a.eventID, b.eventID),
    );
  };
  return {
    accountId: plan.accountId,
    trail: plan.trail,
    from: plan.from,
    to: plan.to,
    hour,
    lastUse: lastUses({
      from: plan.from,
      to: plan.to,
      workloads: workloadsOf,
      routine,
      incidentHours: (region, arn) =>
        [...incidents.values()]
          .filter((list) =>
            list.some((one) => one.region === region && one.key?.arn === arn && isUse(one)),
          )
          .map(([first]) => Math.floor((first?.at ?? 0) / hourMs) * hourMs),
      hour: (region, start) => hour(plan.accountId, region, start),
    }),
    hasEvents: (accountId, region, start) =>
      accountId === plan.accountId &&
      start >= plan.from &&
      start < plan.to &&
      (workloadsOf(region).some((workload, index) => {
        const random = randomOf(seed ^ index, numberOf(region), start / hourMs);
        return callsIn(workload, start, random) > 0;
      }) ||
        incidents.has(`${region} ${start}`)),
    isRoutine: (region, name) => workloadsOf(region).some((one) => one.name === name),
    incidentHours: (region) =>
      [...incidents.keys()]
        .filter((id) => id.startsWith(`${region} `))
        .map((id) => Number(id.split(' ')[1]))
        .sort((a, b) => b - a),
  };
}

type IdentityAt = ReturnType<typeof identityBook>;

function callsIn(workload: Workload, start: number, random: Random): number {
  return random.count(workload.perHour * beat(workload.rhythm, start));
}

function routineEvent(
  plan: HistoryPlan,
  identityAt: IdentityAt,
  workload: Workload,
  at: number,
  random: Random,
): TrailEvent | undefined {
  const who = random.pick(workload.who);
  const key = workload.keys.length > 0 ? random.pick(workload.keys) : undefined;
  const eventId = random.uuid();
  const requestId = random.uuid();
  const parameters = workload.parameters(key, random);
  const response = workload.responseElements?.(key, random);
  if (at < (workload.from ?? 0) || at >= (workload.to ?? Infinity)) return undefined;
  if (key && at < key.createdAt) return undefined;
  const error = workload.error && {
    code: workload.error.code,
    message: workload.error.message(key?.arn ?? ''),
  };
  return trailEvent({
    eventId,
    requestId,
    userIdentity: identityAt(who, at),
    at,
    source: 'kms.amazonaws.com',
    name: workload.name,
    region: workload.region,
    sourceIp: who.ip,
    userAgent: who.agent,
    error,
    requestParameters: parameters,
    responseElements: error ? null : response,
    additional: key && !error ? materialOf(workload.name, key, at) : undefined,
    readOnly: workload.readOnly ?? true,
    resources: key ? [keyResource(key.arn)] : [],
    accountId: plan.accountId,
    host: who.invokedBy === undefined ? `kms.${workload.region}.amazonaws.com` : undefined,
  });
}

function incidentEvent(
  plan: HistoryPlan,
  identityAt: IdentityAt,
  incident: Incident,
  random: Random,
): TrailEvent {
  const { who, key, at, source = 'kms.amazonaws.com', error } = incident;
  return trailEvent({
    ...incident,
    source,
    userIdentity: identityAt(who, at),
    sourceIp: who.ip,
    userAgent: who.agent,
    requestParameters: incident.parameters,
    responseElements: error ? null : incident.responseElements,
    additional: key && !error ? materialOf(incident.name, key, at) : undefined,
    requestId: random.uuid(),
    eventId: random.uuid(),
    resources: key ? [keyResource(key.arn)] : [],
    accountId: plan.accountId,
    host: `${source.split('.')[0]}.${incident.region}.amazonaws.com`,
  });
}

function materialOf(name: string, key: PlannedKey, at: number): object | undefined {
  if (key.keySpec !== 'SYMMETRIC_DEFAULT' || !/^(Encrypt|Decrypt|GenerateDataKey)/.test(name)) {
    return undefined;
  }
  return { keyMaterialId: materialAt(key, at) };
}

/** How lively an hour is, 1 on average over a week. */
function beat(rhythm: Rhythm, start: number): number {
  const date = new Date(start);
  const hour = date.getUTCHours();
  const weekend = date.getUTCDay() % 6 === 0;
  switch (rhythm) {
    case 'steady':
      return 1;
    case 'day':
      return (hour >= 6 && hour < 22 ? 1.4 : 0.2) * (weekend ? 0.7 : 1.1);
    case 'business':
      return weekend ? 0.05 : hour >= 7 && hour < 17 ? 3.2 : 0.1;
    case 'night':
      return hour >= 1 && hour < 4 ? 8 : 0;
    case 'morning':
      break;
  }
  return hour === 5 ? 24 : 0;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
