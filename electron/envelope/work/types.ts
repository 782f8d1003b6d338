import type { EncryptionContext } from '../../../shared/model/envelope/context';
import type { EnvelopeFormat } from '../../../shared/model/envelope/formats';
import type { KeyUse } from '../../../shared/model/envelope/jobs';
import type { KeyRef } from '../../../shared/model/key';
import type { AskKms } from '../kms/types';

/** What the work on one source may use, whichever thread it is on. */
export interface Hands {
  readonly askKms: AskKms;
  readonly signal: AbortSignal;
  /** Told after each piece: bytes of the source that were read since the last time. */
  readonly progress: (bytes: number) => void;
  /** Resolves at once, or when a pause is over. */
  readonly gate: () => Promise<void>;
}

/** Where a result is written. */
export interface Out {
  /** The file or folder that it becomes. */
  readonly path: string;
  /** What lies there is replaced; otherwise it is an error. */
  readonly replace: boolean;
  /** Marks unfinished files of this process, so that those of one that was killed are found again. */
  readonly tag: string;
}

export interface SealJob {
  readonly kind: 'seal';
  readonly path: string;
  readonly source: 'file' | 'folder';
  readonly out: Out;
  readonly format: EnvelopeFormat;
  readonly keys: readonly KeyRef[];
  readonly context: EncryptionContext;
  /** The content becomes an archive that has names, sizes and modes in it: always so for a folder. */
  readonly archive: boolean;
  readonly removeSource: boolean;
  readonly created: string;
}

export interface Opening {
  readonly keys?: readonly KeyRef[] | undefined;
  readonly context?: EncryptionContext | undefined;
}

export interface OpenJob extends Opening {
  readonly kind: 'open';
  readonly path: string;
  /** Verifies only where absent. */
  readonly out?: Out | undefined;
  readonly unpack: boolean;
}

export interface RekeyJob extends Opening {
  readonly kind: 'rekey';
  readonly path: string;
  readonly out: Out;
  readonly to: readonly KeyRef[];
  readonly toContext?: EncryptionContext | undefined;
  /** Now, ISO 8601 UTC, for an envelope that is sealed anew. */
  readonly created: string;
}

export type Job = SealJob | OpenJob | RekeyJob;

/** What came of a job. */
export interface Outcome {
  /** Where the result lies; absent where nothing was written. */
  readonly path?: string;
  readonly format: EnvelopeFormat;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Absent where the data was not touched (re-key of a simple envelope). */
  readonly plaintextSha256?: string;
  readonly plaintextBytes?: number;
  readonly envelopeSha256: string;
  readonly keys: readonly KeyUse[];
  readonly files?: number;
  readonly sourceRemoved?: boolean;
  readonly remarks?: readonly string[];
}
