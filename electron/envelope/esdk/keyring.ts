import {
  EncryptedDataKey,
  KeyringNode,
  KeyringTraceFlag,
  unwrapDataKey,
  type NodeDecryptionMaterial,
  type NodeEncryptionMaterial,
} from '@aws-crypto/material-management-node';
import type { KeyUse } from '../../../shared/model/envelope/jobs';
import { AppError } from '../../../shared/model/errors';
import type { KeyRef } from '../../../shared/model/key';
import type { AskKms } from '../kms/types';

/** As every program of the AWS Encryption SDK names KMS in a message. */
export const kmsProvider = 'aws-kms';

/**
 * Makes and opens data keys by asking main, where the gateway is. It seals under every key of `keys`;
 * it opens with `keys` or, where there are none, with whatever key of the message the chosen accounts
 * have (AWS Encryption SDK, "AWS KMS keyrings": strict and discovery).
 */
export class GatewayKeyring extends KeyringNode {
  /** Which keys sealed or opened it. */
  readonly uses: KeyUse[] = [];
  /** Why no data key could be had: the library wraps it in words of its own. */
  failure: unknown;

  readonly #askKms: AskKms;
  readonly #keys: readonly KeyRef[] | undefined;
  readonly #signal: AbortSignal | undefined;

  constructor(askKms: AskKms, keys: readonly KeyRef[] | undefined, signal?: AbortSignal) {
    super();
    this.#askKms = askKms;
    this.#keys = keys;
    this.#signal = signal;
  }

  override async _onEncrypt(material: NodeEncryptionMaterial): Promise<NodeEncryptionMaterial> {
    return this.#keepFailure(async () => {
      const context = { ...material.encryptionContext };
      for (const key of this.#keys ?? []) {
        if (!material.hasUnencryptedDataKey) {
          const { plaintext, blob, use } = await this.#ask({ op: 'generate', key, context });
          if (!plaintext) throw noKey();
          const { keyArn } = use;
          material.setUnencryptedDataKey(plaintext, trace(keyArn, generated));
          // The material keeps a KeyObject of its own.
          plaintext.fill(0);
          material.addEncryptedDataKey(sealed(keyArn, blob), encrypted);
        } else {
          const plaintext = new Uint8Array(unwrapDataKey(material.getUnencryptedDataKey()));
          const { blob, use } = await this.#ask({ op: 'wrap', key, context, plaintext });
          material.addEncryptedDataKey(sealed(use.keyArn, blob), encrypted);
        }
      }
      return material;
    });
  }

  override async _onDecrypt(
    material: NodeDecryptionMaterial,
    dataKeys: readonly EncryptedDataKey[],
  ): Promise<NodeDecryptionMaterial> {
    if (material.hasValidKey()) return material;
    return this.#keepFailure(async () => {
      const ours = dataKeys.filter(({ providerId }) => providerId === kmsProvider);
      const { plaintext, use } = await this.#ask({
        op: 'open',
        dataKeys: ours.map(({ providerInfo, encryptedDataKey }) => ({
          keyArn: providerInfo,
          blob: encryptedDataKey,
        })),
        context: { ...material.encryptionContext },
        keys: this.#keys,
      });
      if (!plaintext) throw noKey();
      try {
        if (plaintext.length !== material.suite.keyLengthBytes) {
          throw new AppError(
            'not-authentic',
            'The data key does not fit the suite of the message.',
          );
        }
        material.setUnencryptedDataKey(plaintext, trace(use.keyArn, decrypted));
      } finally {
        plaintext.fill(0);
      }
      return material;
    });
  }

  async #ask(request: Parameters<AskKms>[0]) {
    const reply = await this.#askKms(request, this.#signal);
    this.uses.push(reply.use);
    return reply;
  }

  async #keepFailure<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }
}

const encrypted = flags(
  KeyringTraceFlag.WRAPPING_KEY_ENCRYPTED_DATA_KEY,
  KeyringTraceFlag.WRAPPING_KEY_SIGNED_ENC_CTX,
);
const generated = flags(encrypted, KeyringTraceFlag.WRAPPING_KEY_GENERATED_DATA_KEY);
const decrypted = flags(
  KeyringTraceFlag.WRAPPING_KEY_DECRYPTED_DATA_KEY,
  KeyringTraceFlag.WRAPPING_KEY_VERIFIED_ENC_CTX,
);

function flags(...all: KeyringTraceFlag[]): KeyringTraceFlag {
  // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- the library's flags are made to be added up
  return all.reduce<number>((sum, flag) => sum | flag, 0);
}

function trace(keyName: string, flag: KeyringTraceFlag) {
  return { keyNamespace: kmsProvider, keyName, flags: flag };
}

function sealed(keyArn: string, blob: Uint8Array | undefined): EncryptedDataKey {
  if (!blob) throw noKey();
  return new EncryptedDataKey({
    providerId: kmsProvider,
    providerInfo: keyArn,
    encryptedDataKey: blob,
  });
}

function noKey(): AppError {
  return new AppError('bad-response', 'KMS answered without the data key.');
}
