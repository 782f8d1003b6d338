import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClavigerClient } from '../../shared/contract';
import type { EncryptInput, Source } from '../../shared/model/envelope/jobs';
import type { KeyRef } from '../../shared/model/key';
import { createBench, type Bench } from './bench';

/** One pair of an encryption context while it is being written. */
export interface Pair {
  readonly id: number;
  readonly name: string;
  readonly value: string;
}

/** How the next files shall be encrypted. */
export interface EncryptForm {
  readonly keys: readonly KeyRef[];
  readonly pairs: readonly Pair[];
  readonly format: NonNullable<EncryptInput['format']>;
  readonly folders: NonNullable<EncryptInput['folders']>;
  readonly hideNames: boolean;
  readonly removeSource: boolean;
  /** Writes over what has the result's name; otherwise that file fails. */
  readonly replace: boolean;
  /** The folder that results go to; beside their sources where there is none. */
  readonly place: Source | undefined;
}

/** What the envelope screen keeps while the operator is elsewhere. */
export interface EnvelopeFeature {
  readonly encrypting: Bench;
  readonly opening: Bench;
  readonly form: StoreApi<EncryptForm>;
}

/** Makes it; nothing is asked of main before the screen is shown. */
export function createEnvelopeFeature(client: Pick<ClavigerClient, 'envelope'>): EnvelopeFeature {
  return {
    encrypting: createBench(client),
    opening: createBench(client),
    form: createStore<EncryptForm>(() => ({
      keys: [],
      pairs: [],
      format: 'auto',
      folders: 'archive',
      hideNames: false,
      removeSource: false,
      replace: false,
      place: undefined,
    })),
  };
}
