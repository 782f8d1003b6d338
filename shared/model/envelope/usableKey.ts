import type { KeyRow } from '../key';
import { known } from '../facet';

/** Why a key of the inventory cannot seal data, as a sentence; undefined where it can. */
export function whyNotForEnvelopes(row: KeyRow): string | undefined {
  const metadata = known(row.metadata);
  if (!metadata) return 'What kind of key it is could not be read.';
  if (metadata.keySpec !== 'SYMMETRIC_DEFAULT' || metadata.keyUsage !== 'ENCRYPT_DECRYPT') {
    return 'Only a symmetric key for encryption makes data keys.';
  }
  if (metadata.keyManager === 'AWS') {
    return 'A key that AWS manages can be used through its AWS service only.';
  }
  if (metadata.keyState !== 'Enabled' && metadata.keyState !== 'Updating') {
    return `The key is ${stateWords[metadata.keyState] ?? metadata.keyState}.`;
  }
  return undefined;
}

const stateWords: Readonly<Record<string, string>> = {
  Disabled: 'disabled',
  PendingDeletion: 'pending deletion',
  PendingReplicaDeletion: 'pending deletion',
  PendingImport: 'waiting for its key material',
  Unavailable: 'unavailable',
  Creating: 'being created',
};
