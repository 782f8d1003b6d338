import type { VerdictOptions } from '../keyVerdictParts';
import type { TopicId } from './frameworks';
import type { GroupId } from './groups';
import type { Item } from './item';
import type { ReadinessEvidence, SourceId } from './sources';

/** How much depends on it, most first. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/** How long it usually takes to put right. */
export type Effort = 'minutes' | 'hours' | 'days';

/** How to put it right, three ways; a way that does not exist says so. */
export interface Remedy {
  readonly console: string;
  readonly cli: string;
  readonly terraform: string;
}

/** Views of the window in which a person can put it right. */
export type RemedyView = 'keys' | 'tls' | 'events' | 'drills' | 'readiness' | 'readiness/pitfalls';

export interface JudgeContext {
  /** The present time of a connection's account; this machine's without one. */
  readonly now: (connection?: string) => Date;
  /** What an organisation has set. */
  readonly settings: ReadinessOptions;
}

/** What an organisation may set of the rules; every part has a default. */
export interface ReadinessOptions extends VerdictOptions {
  /** Accounts outside the scope that may be let in, and organisations. */
  readonly trustedAccounts?: readonly string[];
}

/** What is known of each source that a check reads: none is absent. */
export type EvidenceOf<S extends SourceId> = {
  readonly [K in S]: NonNullable<ReadinessEvidence[K]>;
};

export interface CheckFacts {
  /** `rotation-on`: stable, what `readiness` answers are known by. */
  readonly id: string;
  readonly group: GroupId;
  readonly question: string;
  /** What goes wrong where the answer is no. */
  readonly why: string;
  readonly remedy: Remedy;
  readonly severity: Severity;
  /** Minutes where absent. */
  readonly effort?: Effort;
  /** How long an answer counts, in hours; older ones make a pass stale. */
  readonly shelfLifeHours: number;
  readonly topics: readonly TopicId[];
  /** The recommendations of the CIS benchmark that it shows to be followed. */
  readonly cis?: readonly string[];
  /** The permissions without which it cannot be told; none where no account is asked. */
  readonly permissions: readonly string[];
  /** Where nothing was found that it is about. */
  readonly nothing: string;
  /** A person's word is its evidence. */
  readonly attested?: boolean;
  readonly view?: RemedyView;
  /** What of the settings its verdict depends on, beside its evidence. */
  readonly heeds?: readonly (keyof ReadinessOptions)[];
}

/** A question of the checklist: a pure function over evidence that is already there. */
export interface Check extends CheckFacts {
  /** The sources that it reads: it is judged anew when one of them has changed. */
  readonly reads: readonly SourceId[];
  /** One verdict for each thing it is about. `judgeCheck` asks it only with all its sources read. */
  readonly judge: (evidence: EvidenceOf<SourceId>, context: JudgeContext) => Iterable<Item>;
}

/** Declares a check over the sources that it names. */
export function defineCheck<const S extends SourceId>(
  check: CheckFacts & {
    readonly reads: readonly S[];
    readonly judge: (evidence: EvidenceOf<S>, context: JudgeContext) => Iterable<Item>;
  },
): Check {
  return check;
}

/** A day and a week, the two usual shelf lives. */
export const dayHours = 24;
export const weekHours = 7 * dayHours;
