import {
  KeyringNode,
  KeyringTraceFlag,
  type NodeDecryptionMaterial,
  type NodeEncryptionMaterial,
} from '@aws-crypto/material-management-node';
import { describe, expect, it } from 'vitest';
import { GatewayKeyring } from '../../../electron/envelope/esdk/keyring';
import { decryptMessage } from '../../../electron/envelope/esdk/message';
import vectors from '../../fixtures/encryptionSdk/messageFormatV2.json' with { type: 'json' };
import { all, localKms, pieces } from './localKms';

describe(vectors.title, () => {
  for (const vector of vectors.tests) {
    for (const size of [1, 7, 1 << 20]) {
      it(`${vector.comment}, in pieces of ${size}`, async () => {
        const dataKey = Buffer.from(vector.dataKey, 'base64');
        const keyring =
          vector.provider === 'aws-kms'
            ? new GatewayKeyring(localKms(dataKey), undefined)
            : new StaticKeyring(dataKey);
        const message = Buffer.from(vector.ciphertext, 'base64');
        let context: unknown;
        const opened = all(
          decryptMessage(pieces(message, size), keyring, ({ messageHeader }) => {
            context = { ...messageHeader.encryptionContext };
          }),
        );
        if (vector.opens) {
          expect((await opened).toString()).toBe(vector.plaintext);
          expect(context).toEqual(vector.context);
        } else {
          await expect(opened).rejects.toMatchObject({
            code: 'not-authentic',
            message: expect.stringMatching(/commitment/) as string,
          });
        }
      });
    }
  }
});

/** A keyring for providers that are not KMS. */
class StaticKeyring extends KeyringNode {
  readonly #dataKey: Uint8Array;

  constructor(dataKey: Uint8Array) {
    super();
    this.#dataKey = dataKey;
  }

  override _onEncrypt(): Promise<NodeEncryptionMaterial> {
    return Promise.reject(new Error('It only opens.'));
  }

  override _onDecrypt(material: NodeDecryptionMaterial): Promise<NodeDecryptionMaterial> {
    const trace = {
      keyNamespace: 'test',
      keyName: 'test',
      flags: KeyringTraceFlag.WRAPPING_KEY_DECRYPTED_DATA_KEY,
    };
    return Promise.resolve(material.setUnencryptedDataKey(new Uint8Array(this.#dataKey), trace));
  }
}
