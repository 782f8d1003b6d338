import type { ErrorCode } from '../../errors';

/** One question to AWS: what makes its answer evidence. */
export interface Call {
  /** `cloudtrail:GetTrailStatus`. */
  readonly operation: string;
  readonly region: string;
  readonly requestId?: string | undefined;
  readonly asOf: string;
}

/** Why there is no answer: denied, throttled, unreachable and their kin. */
export interface Refused {
  readonly code: ErrorCode;
  readonly message: string;
  readonly permission?: string | undefined;
}

/** A question with its answer, or with the reason why there is none. */
export type Asked<T> =
  { readonly call: Call; readonly answer: T } | { readonly call: Call; readonly refused: Refused };

/** A trail as DescribeTrails has it; an answer without a member is not a "no". */
export interface TrailFacts {
  readonly arn: string;
  readonly name: string;
  readonly homeRegion: string | undefined;
  readonly multiRegion: boolean | undefined;
  readonly validation: boolean | undefined;
  readonly kmsKeyId: string | undefined;
  readonly logGroupArn: string | undefined;
}

/** GetTrailStatus, in the Region that is asked about; times in milliseconds since 1970. */
export interface StatusFacts {
  readonly logging: boolean;
  readonly deliveryError: string | undefined;
  readonly deliveredAt: number | undefined;
  readonly digestError: string | undefined;
  readonly digestAt: number | undefined;
  readonly logGroupError: string | undefined;
  readonly logGroupAt: number | undefined;
}

export interface ClassicSelector {
  readonly readWriteType: string | undefined;
  readonly managementEvents: boolean | undefined;
  readonly excludedSources: readonly string[];
}

export interface FieldSelector {
  readonly field: string;
  readonly equals?: readonly string[] | undefined;
  readonly startsWith?: readonly string[] | undefined;
  readonly endsWith?: readonly string[] | undefined;
  readonly notEquals?: readonly string[] | undefined;
  readonly notStartsWith?: readonly string[] | undefined;
  readonly notEndsWith?: readonly string[] | undefined;
}

/** GetEventSelectors: a trail has the one kind or the other. */
export interface SelectorFacts {
  readonly classic: readonly ClassicSelector[];
  /** Each is a list of conditions that must all hold. */
  readonly advanced: readonly (readonly FieldSelector[])[];
}

export interface MetricFilterFacts {
  readonly name: string;
  readonly pattern: string;
  readonly metrics: readonly MetricFacts[];
}

export interface MetricFacts {
  readonly namespace: string;
  readonly name: string;
  /** Name to value; of a filter, to the field that the value comes from. */
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface AlarmFacts {
  readonly name: string;
  readonly actionsEnabled: boolean | undefined;
  readonly actions: readonly string[];
  /** What it watches; a formula may watch several. */
  readonly metrics: readonly MetricFacts[];
  /** What it makes of them, where it is not the metric itself that it watches. */
  readonly formula?: string | undefined;
  readonly comparison: string | undefined;
  readonly threshold: number | undefined;
  /** In how many periods the threshold must be crossed before it goes off. */
  readonly datapoints: number | undefined;
}

export interface AlarmsFacts {
  readonly metric: readonly AlarmFacts[];
  readonly composite: readonly { readonly name: string; readonly rule: string }[];
}

/** How many subscriptions of a topic reach somebody, and how many wait for a confirmation. */
export interface SubscriptionFacts {
  readonly confirmed: number;
  readonly waiting: number;
}

export interface TrailDetails {
  readonly status: Asked<StatusFacts>;
  readonly selectors: Asked<SelectorFacts>;
}

/** Everything that AWS was asked about one account and Region; what the rules judge. */
export interface RegionEvidence {
  readonly region: string;
  readonly account: string | undefined;
  /** The account's present time, milliseconds since 1970. */
  readonly now: number;
  readonly trails: Asked<readonly TrailFacts[]>;
  /** By the trail's ARN. */
  readonly details: ReadonlyMap<string, TrailDetails>;
  /** By the log group's ARN, as trails name it. */
  readonly filters: ReadonlyMap<string, Asked<readonly MetricFilterFacts[]>>;
  /** By Region: of the log groups, and of the Region itself. */
  readonly alarms: ReadonlyMap<string, Asked<AlarmsFacts>>;
  /** By the topic's ARN. */
  readonly subscriptions: ReadonlyMap<string, Asked<SubscriptionFacts>>;
}
