import type { FactId } from './account/fact';
import type { Numbers } from './numbers';

/** The six scenarios of the guide's decision matrix, in its order. */
export const scenarioIds = [
  'object-storage',
  'relational-database',
  'microservices',
  'mobile-sync',
  'backup-archives',
  'telemetry',
] as const;
export type ScenarioId = (typeof scenarioIds)[number];

/** A row of the decision matrix in the guide's own words. */
export interface MatrixRow {
  readonly scenario: string;
  readonly approach: string;
  readonly why: string;
  /** What the guide names under "when to avoid": what not to do in its place. */
  readonly avoid: string;
}

export interface Alternative {
  readonly approach: string;
  readonly gain: string;
  readonly price: string;
}

/** A step of the way there; with a place of the window where it can be done. */
export interface HowStep {
  readonly text: string;
  readonly link?: { readonly to: string; readonly label: string } | undefined;
}

/** How KMS is asked in a scenario. */
export interface KmsUse {
  /** Requests to KMS for one of what is counted, where no data key is kept. */
  readonly callsPerUse: 0 | 1;
  /** What is counted a second: `Objects written or read a second`. */
  readonly counted: string;
  /** What one stored thing is, in the plural: `objects`. */
  readonly things: string;
  /** Why data keys are not cached here; absent where they may be. */
  readonly noCache?: string | undefined;
}

/** A situation with what to do in it, and everything that helps to decide and to begin. */
export interface Scenario extends MatrixRow {
  readonly id: ScenarioId;
  /** What the approach comes to, in plain words. */
  readonly means: string;
  /** When it is the wrong choice. */
  readonly notFor: readonly string[];
  readonly alternatives: readonly Alternative[];
  readonly how: {
    readonly steps: readonly HowStep[];
    readonly console: string;
    readonly cli: string;
    readonly terraform: string;
  };
  readonly kms: KmsUse;
  /** What is estimated where the operator says nothing else. */
  readonly numbers: Numbers;
  /** What to look for in the account. */
  readonly facts: readonly FactId[];
  /** Ids of the checks that then apply, the most important first. */
  readonly checks: readonly string[];
}
