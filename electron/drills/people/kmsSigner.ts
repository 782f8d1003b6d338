import { SignCommand } from '@aws-sdk/client-kms';
import { AppError } from '../../../shared/model/errors';
import type { Person, SignAlgorithm } from '../../../shared/model/drills/person';
import type { KeyRef } from '../../../shared/model/key';
import type { AwsGateway } from '../../aws/types';
import { digestOf } from '../digests';
import type { Signer } from './people';

/** How a KMS key signs records. Throws AppError `unsupported` for one whose signatures openssl cannot check. */
export function algorithmOf(spec: string | undefined, usage: string | undefined): SignAlgorithm {
  if (usage === 'SIGN_VERIFY') {
    if (spec === 'ECC_NIST_P256') return 'ECDSA-P256-SHA256';
    if (spec === 'ECC_NIST_P384') return 'ECDSA-P384-SHA384';
    if (spec?.startsWith('RSA_')) return 'RSA-PSS-SHA256';
  }
  throw new AppError(
    'unsupported',
    'This key cannot sign a record. Take one that signs with RSA, or with the curve P-256 or P-384.',
  );
}

const kmsAlgorithms = {
  'ECDSA-P256-SHA256': 'ECDSA_SHA_256',
  'ECDSA-P384-SHA384': 'ECDSA_SHA_384',
  'RSA-PSS-SHA256': 'RSASSA_PSS_SHA_256',
} as const;

/** Somebody whose key stays in KMS. */
export function kmsSigner(gateway: AwsGateway, person: Person, key: KeyRef): Signer {
  return {
    person,
    async sign(bytes, signal) {
      const algorithm = person.algorithm as keyof typeof kmsAlgorithms;
      const command = new SignCommand({
        KeyId: key.keyId,
        Message: digestOf(algorithm, bytes),
        MessageType: 'DIGEST',
        SigningAlgorithm: kmsAlgorithms[algorithm],
      });
      const { output } = await gateway.send(key, command, { signal });
      if (!output.Signature) throw new AppError('bad-response', 'KMS gave no signature.');
      return Buffer.from(output.Signature);
    },
  };
}
