import type { EvidenceDocument } from '../../../shared/model/readiness/document';
import type { ReadinessEvidence, SourceId } from '../../../shared/model/readiness/sources';

export interface Reading {
  readonly signal: AbortSignal;
  /** `share` from 0 to 1; `waitsFor` says what takes its time, where that is not the reading itself. */
  readonly progress: (share: number, waitsFor?: string) => void;
}

/** What is stored of a source. */
export interface Loaded<S extends SourceId = SourceId> {
  readonly evidence: NonNullable<ReadinessEvidence[S]>;
  /** One document for each thing that verdicts name, for an auditor. */
  readonly documents: (
    principalOf: (connection: string) => string | undefined,
  ) => Iterable<EvidenceDocument>;
}

/** One kind of evidence: where it comes from. */
export interface Source<S extends SourceId = SourceId> {
  readonly id: S;
  /** The source whose reading it goes on from. */
  readonly after?: SourceId;
  /**
   * Reads it anew and stores it. What AWS refuses is in what was read; throws AppError where nothing
   * can be read at all, and `cancelled`. Absent where people are the source, or have chosen nothing.
   */
  readonly read?: ((reading: Reading) => Promise<void>) | undefined;
  /** Undefined where it was never read. */
  readonly load: () => Promise<Loaded<S> | undefined>;
}
