import type { KeyRef } from '../../../shared/model/key';
import type { EncryptionContext } from '../../../shared/model/envelope/context';
import type { KeyUse } from '../../../shared/model/envelope/jobs';

/** A data key as an envelope holds it: sealed, with the key that sealed it where the envelope says so. */
export interface SealedDataKey {
  readonly keyArn?: string | undefined;
  readonly blob: Uint8Array;
}

/** What a thread asks of main, which alone speaks to KMS. */
export type KmsRequest =
  | { readonly op: 'generate'; readonly key: KeyRef; readonly context: EncryptionContext }
  | {
      readonly op: 'wrap';
      readonly key: KeyRef;
      readonly context: EncryptionContext;
      readonly plaintext: Uint8Array;
    }
  | {
      readonly op: 'open';
      readonly dataKeys: readonly SealedDataKey[];
      readonly context: EncryptionContext;
      /** Only these keys may open it; every key of the chosen accounts where absent. */
      readonly keys?: readonly KeyRef[] | undefined;
    }
  | {
      readonly op: 'rewrap';
      readonly dataKey: SealedDataKey;
      readonly context: EncryptionContext;
      readonly keys?: readonly KeyRef[] | undefined;
      readonly to: KeyRef;
      readonly toContext: EncryptionContext;
    };

/** `plaintext` is the receiver's own copy: it zeroes it after use. */
export interface KmsReply {
  readonly plaintext?: Uint8Array;
  readonly blob?: Uint8Array;
  readonly use: KeyUse;
}

/** Rejects with AppError. */
export type AskKms = (request: KmsRequest, signal?: AbortSignal) => Promise<KmsReply>;
