import type { Collections } from '../account/collections';

/** A trail, with every setting it ever had: what is delivered later follows what was set then. */
export interface TrailRecord {
  readonly arn: string;
  readonly name: string;
  readonly accountId: string;
  readonly homeRegion: string;
  readonly createdAt: number;
  /** Events recorded before it was created are not its own. */
  readonly afterSeq: number;
  /** Oldest first; never empty. */
  readonly settings: readonly TrailSettings[];
  readonly startedLoggingAt?: number | undefined;
  readonly stoppedLoggingAt?: number | undefined;
  readonly tags: readonly { readonly Key: string; readonly Value?: string | undefined }[];
}

export interface TrailSettings {
  /** From when on, milliseconds since 1970. */
  readonly from: number;
  /**
   * Events up to this number are not its own: events are dated to the second, which is too coarse.
   * Absent: the time alone decides, as in accounts of before.
   */
  readonly afterSeq?: number | undefined;
  readonly bucket: string;
  readonly prefix?: string | undefined;
  readonly multiRegion: boolean;
  readonly globalEvents: boolean;
  readonly validation: boolean;
  readonly logging: boolean;
  readonly kmsKeyId?: string | undefined;
  /** Kept and told, as though delivered: the account's CloudWatch Logs holds no events. */
  readonly logGroupArn?: string | undefined;
  readonly selectors: Selectors;
}

export type Selectors =
  | { readonly kind: 'classic'; readonly list: readonly EventSelector[] }
  | { readonly kind: 'advanced'; readonly list: readonly AdvancedSelector[] };

export interface EventSelector {
  readonly ReadWriteType: 'All' | 'ReadOnly' | 'WriteOnly';
  readonly IncludeManagementEvents: boolean;
  readonly DataResources: readonly { Type?: string; Values?: string[] }[];
  readonly ExcludeManagementEventSources: readonly string[];
}

export interface AdvancedSelector {
  readonly Name?: string | undefined;
  readonly FieldSelectors: readonly FieldSelector[];
}

export interface FieldSelector {
  readonly Field: string;
  readonly Equals?: readonly string[];
  readonly StartsWith?: readonly string[];
  readonly EndsWith?: readonly string[];
  readonly NotEquals?: readonly string[];
  readonly NotStartsWith?: readonly string[];
  readonly NotEndsWith?: readonly string[];
}

/** What a trail has that never was told otherwise. */
export const defaultSelectors: Selectors = {
  kind: 'classic',
  list: [
    {
      ReadWriteType: 'All',
      IncludeManagementEvents: true,
      DataResources: [],
      ExcludeManagementEventSources: [],
    },
  ],
};

export function trailsOf(state: Collections) {
  return state.of<TrailRecord>('cloudtrail-trail');
}

export function trailArn(region: string, accountId: string, name: string): string {
  return `arn:aws:cloudtrail:${region}:${accountId}:trail/${name}`;
}

/** The settings in force now. */
export function currentSettings(trail: TrailRecord): TrailSettings {
  return trail.settings.at(-1) as TrailSettings;
}

/** The settings that an event falls under; undefined before the trail was there. */
export function settingsFor(
  trail: TrailRecord,
  event: { readonly at: number; readonly seq: number },
): TrailSettings | undefined {
  return trail.settings.findLast(
    ({ from, afterSeq = 0 }) => from - (from % 1000) <= event.at && afterSeq < event.seq,
  );
}

/** The trail with a change that holds from a time, and from an event's number on. */
export function withSettings(
  trail: TrailRecord,
  from: number,
  change: Partial<TrailSettings> & { readonly afterSeq: number },
): TrailRecord {
  const next = { ...currentSettings(trail), ...change, from };
  return { ...trail, settings: [...trail.settings, next] };
}
