import type { ReEncryptRequest, ReEncryptResponse } from '@aws-sdk/client-kms';
import { blob, optional } from '../../protocol/rules';
import { anyKey, operation, stopIfDryRun } from '../context';
import {
  dryRun,
  dryRunModifiers,
  encryptionAlgorithm,
  encryptionContext,
  grantTokens,
  keyId,
  optionalKeyId,
} from '../members';
import { keyArn } from '../model';
import { checkGrantTokens, noteUse, requireAlgorithm, requireUsable } from '../use';
import { ignoresCiphertext, openUnder } from './decrypt';
import { encryptUnder } from './encrypt';

export const reEncrypt = operation<ReEncryptRequest, ReEncryptResponse>({
  name: 'ReEncrypt',
  members: {
    CiphertextBlob: optional(blob(1, 6144)),
    SourceEncryptionContext: encryptionContext,
    SourceKeyId: optionalKeyId,
    DestinationKeyId: keyId,
    DestinationEncryptionContext: encryptionContext,
    SourceEncryptionAlgorithm: encryptionAlgorithm,
    DestinationEncryptionAlgorithm: encryptionAlgorithm,
    GrantTokens: grantTokens,
    DryRun: dryRun,
    DryRunModifiers: dryRunModifiers,
  },
  run(input, context) {
    const sourceAlgorithm = input.SourceEncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT';
    const algorithm = input.DestinationEncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT';
    checkGrantTokens(context, input);
    const from = { ...context, action: 'ReEncryptFrom' };
    const source = openUnder(from, {
      blob: input.CiphertextBlob,
      keyId: input.SourceKeyId,
      algorithm: sourceAlgorithm,
      bound: input.SourceEncryptionContext,
      withoutCiphertext: ignoresCiphertext(input),
    });
    const to = { ...context, action: 'ReEncryptTo', otherKey: source.key };
    const destination = anyKey(to, input.DestinationKeyId);
    requireUsable(context, destination, 'ENCRYPT_DECRYPT');
    requireAlgorithm(destination, algorithm);
    stopIfDryRun(input);
    const sealed = encryptUnder(
      context,
      destination,
      algorithm,
      input.DestinationEncryptionContext,
      source.plaintext,
    );
    noteUse(context, source.key);
    noteUse(context, destination);
    return {
      CiphertextBlob: sealed.blob,
      SourceKeyId: keyArn(source.key),
      KeyId: keyArn(destination),
      SourceEncryptionAlgorithm: sourceAlgorithm,
      DestinationEncryptionAlgorithm: algorithm,
      SourceKeyMaterialId: source.materialId,
      DestinationKeyMaterialId: sealed.materialId,
    };
  },
});
