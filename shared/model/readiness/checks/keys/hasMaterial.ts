import { isPendingDeletion } from '../../../keyRotationRules';
import { told } from '../../../keyVerdictParts';
import { stateVerdict } from '../../../keyVerdictState';
import { dayHours } from '../../check';
import { keyCheck } from './keyCheck';

export const hasMaterial = keyCheck({
  id: 'keys-have-material',
  question: 'Does every key have its material at hand?',
  why: 'A key whose imported material is gone, or whose key store is disconnected, opens nothing until the same material is back.',
  remedy: {
    console:
      'KMS > the key > Key material > Import; for a key store: KMS > Custom key stores > Connect.',
    cli: 'aws kms get-parameters-for-import --key-id KEY --wrapping-algorithm RSAES_OAEP_SHA_256 --wrapping-key-spec RSA_4096\naws kms import-key-material --key-id KEY --import-token fileb://token.bin --encrypted-key-material fileb://material.bin --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE\n# the same material as before; for a key store that is disconnected:\naws kms connect-custom-key-store --custom-key-store-id STORE',
    terraform: 'resource "aws_kms_external_key": key_material_base64 from the escrow copy',
  },
  severity: 'high',
  shelfLifeHours: dayHours,
  topics: ['recovery'],
  parts: ['metadata'],
  rule: (row, now) => {
    const metadata = told(row.metadata, 'kms:DescribeKey', 'whether its material is there');
    if (!metadata.known) return metadata.verdict;
    const { keyState, origin } = metadata.value;
    // Deleting material, or losing the key store, does not change this state (DeleteImportedKeyMaterial).
    if (isPendingDeletion(metadata.value) && origin !== 'AWS_KMS') {
      return {
        value: 'cannot-tell',
        reason: `${keyState}: while that lasts AWS does not say whether its material is still there.`,
        remedy: 'Cancel the deletion to see it.',
      };
    }
    switch (keyState) {
      case 'Enabled':
      case 'Disabled':
      case 'PendingDeletion':
      case 'PendingReplicaDeletion':
        return { value: 'pass', reason: `Its material is there: ${keyState}.` };
      default:
        return stateVerdict(row, now);
    }
  },
});
