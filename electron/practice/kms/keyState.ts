import { AwsError } from '../protocol/awsError';
import { keyArn, type KeyRecord, type KeyState } from './model';

/**
 * Which operations a key's state forbids, and with which error: AWS's table "Key states of AWS KMS
 * keys" (developer guide, key-state). An operation that has no entry works in every state.
 */
type Refusal =
  | 'disabled'
  | 'pending-deletion'
  | 'pending-import'
  | 'not-pending-deletion'
  | 'creating'
  | 'updating'
  | 'unavailable';
type Row = Partial<Record<KeyState, Refusal | undefined>>;

const pendingDeletion: Row = {
  PendingDeletion: 'pending-deletion',
  PendingReplicaDeletion: 'pending-deletion',
};
/** A cryptographic operation with the key's material. */
const use: Row = {
  Disabled: 'disabled',
  ...pendingDeletion,
  PendingImport: 'pending-import',
  Unavailable: 'unavailable',
  Creating: 'creating',
};
const manage: Row = { ...pendingDeletion };
const switchKey: Row = {
  ...pendingDeletion,
  PendingImport: 'pending-import',
  Creating: 'creating',
  Updating: 'updating',
};
const rotate: Row = { ...use, Unavailable: 'unavailable' };

const table: Readonly<Record<string, Row>> = {
  CancelKeyDeletion: {
    Enabled: 'not-pending-deletion',
    Disabled: 'not-pending-deletion',
    PendingImport: 'not-pending-deletion',
    Unavailable: 'not-pending-deletion',
    Creating: 'not-pending-deletion',
    Updating: 'not-pending-deletion',
  },
  CreateAlias: manage,
  TagResource: manage,
  UntagResource: manage,
  UpdateKeyDescription: manage,
  UpdateAlias: manage,
  CreateGrant: { ...use, Unavailable: undefined },
  Encrypt: use,
  Decrypt: use,
  ReEncrypt: use,
  GenerateDataKey: use,
  GenerateDataKeyWithoutPlaintext: use,
  GenerateDataKeyPair: use,
  GenerateDataKeyPairWithoutPlaintext: use,
  Sign: use,
  Verify: use,
  GenerateMac: use,
  VerifyMac: use,
  DeriveSharedSecret: use,
  Encapsulate: use,
  Decapsulate: use,
  // Of imported material the public half stays; without any the operation itself refuses.
  GetPublicKey: { ...pendingDeletion, Creating: 'creating' },
  EnableKey: switchKey,
  DisableKey: switchKey,
  // AWS refuses a key with imported material by its origin, whatever its state (UnsupportedOperationException).
  EnableKeyRotation: rotate,
  DisableKeyRotation: rotate,
  RotateKeyOnDemand: rotate,
  GetParametersForImport: { ...pendingDeletion, Creating: 'creating', Updating: 'updating' },
  ImportKeyMaterial: { ...pendingDeletion, Creating: 'creating' },
  DeleteImportedKeyMaterial: { Creating: 'creating', Updating: 'updating' },
  ReplicateKey: { ...use, Updating: 'updating' },
  UpdatePrimaryRegion: use,
  ScheduleKeyDeletion: { ...pendingDeletion, Updating: 'updating' },
};

/**
 * Lets an operation through, or throws AWS's error for the key's state: DisabledException or
 * KMSInvalidStateException, with the key's ARN in the text.
 */
export function requireState(operation: string, key: KeyRecord): void {
  const refusal = table[operation]?.[key.state];
  if (!refusal) return;
  const arn = keyArn(key);
  switch (refusal) {
    case 'disabled':
      throw new AwsError('DisabledException', `${arn} is disabled.`);
    case 'pending-deletion':
      throw invalidState(
        key.state === 'PendingDeletion'
          ? `${arn} is pending deletion.`
          : `${arn} is pending replica deletion.`,
      );
    case 'pending-import':
      throw invalidState(`${arn} is pending import.`);
    case 'not-pending-deletion':
      throw invalidState(`${arn} is not pending deletion.`);
    case 'creating':
      throw invalidState(`${arn} is creating.`);
    case 'updating':
      throw invalidState(`${arn} is updating.`);
    case 'unavailable':
      throw invalidState(`${arn} is unavailable.`);
  }
}

function invalidState(message: string): AwsError {
  return new AwsError('KMSInvalidStateException', message);
}
