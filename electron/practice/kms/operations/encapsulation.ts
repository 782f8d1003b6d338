import type {
  DecapsulateRequest,
  DecapsulateResponse,
  EncapsulateRequest,
  EncapsulateResponse,
} from '@aws-sdk/client-kms';
import { blob, oneOf, required } from '../../protocol/rules';
import { anyKey, operation, stopIfDryRun, type KmsContext } from '../context';
import { invalidCiphertext } from '../crypto/ciphertext';
import { decapsulate as openSecret, encapsulate as makeSecret } from '../crypto/lattice';
import { dryRun, grantTokens, keyId } from '../members';
import { keyArn, type KeyRecord } from '../model';
import { checkGrantTokens, materialInUse, noteUse, requireAlgorithm, requireUsable } from '../use';

const algorithm = required(oneOf(['ML_KEM']));

export const encapsulate = operation<EncapsulateRequest, EncapsulateResponse>({
  name: 'Encapsulate',
  members: {
    KeyId: keyId,
    EncapsulationAlgorithm: algorithm,
    GrantTokens: grantTokens,
    DryRun: dryRun,
  },
  run(input, context) {
    const { key, pkcs8 } = usableKey(input, context);
    stopIfDryRun(input);
    const { sharedSecret, ciphertext } = makeSecret(key.keySpec, pkcs8);
    noteUse(context, key);
    return {
      KeyId: keyArn(key),
      SharedSecret: sharedSecret,
      SharedSecretCiphertextBlob: ciphertext,
      EncapsulationAlgorithm: input.EncapsulationAlgorithm,
    };
  },
});

/** Only a ciphertext of the wrong length is refused (API reference, Decapsulate: implicit rejection). */
export const decapsulate = operation<DecapsulateRequest, DecapsulateResponse>({
  name: 'Decapsulate',
  members: {
    KeyId: keyId,
    SharedSecretCiphertextBlob: required(blob(1, 6144)),
    EncapsulationAlgorithm: algorithm,
    GrantTokens: grantTokens,
    DryRun: dryRun,
  },
  run(input, context) {
    const { key, pkcs8 } = usableKey(input, context);
    const sharedSecret = openSecret(key.keySpec, pkcs8, input.SharedSecretCiphertextBlob);
    if (!sharedSecret) throw invalidCiphertext();
    stopIfDryRun(input);
    noteUse(context, key);
    return {
      KeyId: keyArn(key),
      SharedSecret: sharedSecret,
      EncapsulationAlgorithm: input.EncapsulationAlgorithm,
    };
  },
});

function usableKey(
  input: { KeyId: string; EncapsulationAlgorithm: string; GrantTokens?: string[] | undefined },
  context: KmsContext,
): { key: KeyRecord; pkcs8: Buffer } {
  checkGrantTokens(context, input);
  const key = anyKey(context, input.KeyId);
  requireUsable(context, key, 'ENCAPSULATE_DECAPSULATE');
  requireAlgorithm(key, input.EncapsulationAlgorithm);
  return { key, pkcs8: Buffer.from(materialInUse(key).secret, 'base64') };
}
