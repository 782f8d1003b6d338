import type { KmsContext } from '../../kms/context';
import { keyArn, type GrantRecord, type KeyRecord } from '../../kms/model';
import type { AwsError } from '../../protocol/awsError';
import { exists, principalNames } from '../existence';
import type { Directory } from '../directory';
import { decide, type Refusal } from '../decide';
import { accessDenied } from '../denial';
import type { Asked, PolicyReader } from '../policy';
import { kmsKeys } from './conditionKeys';
import { isGranted, meansCaller } from './grants';

/** Operations that another account's principals can be allowed (KMS developer guide, "AWS KMS permissions"). */
const crossAccount = new Set([
  'CreateGrant',
  'Decapsulate',
  'Decrypt',
  'DeriveSharedSecret',
  'DescribeKey',
  'Encapsulate',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'GetKeyRotationStatus',
  'GetPublicKey',
  'ListGrants',
  'ReEncryptFrom',
  'ReEncryptTo',
  'RetireGrant',
  'RevokeGrant',
  'Sign',
  'Verify',
  'VerifyMac',
]);

/** Whether an operation can be allowed to principals of other accounts than the key's. */
export function crossesAccounts(operation: string): boolean {
  return crossAccount.has(operation);
}

/** Decides what KMS's callers may do; every check throws AWS's AccessDeniedException or returns. */
export interface KmsAccess {
  /** The request's action with a key, by the key's policy, the caller's policies and the key's grants. */
  requireKey(context: KmsContext, key: KeyRecord, named: string | undefined): void;
  /** An action that concerns no key, or an alias: the caller's own policies decide. */
  requireResource(context: KmsContext, action: string, resource: string): void;
  /** RetireGrant, which mainly the grant itself allows. */
  requireRetirement(context: KmsContext, grant: GrantRecord, key: KeyRecord): void;
  /** Whether the caller could put a policy on a key that had this one: AWS's lock-out check. */
  keepsControl(context: KmsContext, policy: string): boolean;
  /** Whether the users and roles that a policy names exist, as far as their accounts are known here. */
  principalsExist(statements: readonly object[]): boolean;
  /** AWS's answer for a key of another account, whether it exists or not. */
  elsewhere(context: KmsContext): AwsError;
}

export function createKmsAccess(read: PolicyReader, directory: Directory): KmsAccess {
  const rulesOf = ({ caller: { identity } }: KmsContext) => ({
    identity: (identity?.policies ?? []).map(read),
    session:
      identity?.session?.sessionPolicy === undefined
        ? undefined
        : read(identity.session.sessionPolicy),
  });
  const refuse = (context: KmsContext, asked: Asked, refusal: Refusal | undefined) => {
    if (refusal) throw accessDenied(asked, refusal, unnamed(context));
  };
  return {
    requireKey(context, key, named) {
      // A policy alone cannot allow to retire a grant, and the list of aliases is no matter of a key.
      if (context.action === 'RetireGrant' || context.action === 'ListAliases') return;
      context.checked.done = true;
      const asked = askedOf(context, keyArn(key), kmsKeys({ context, key, named }));
      if (key.accountId !== context.caller.accountId && !crossAccount.has(context.action)) {
        refuse(context, asked, { kind: 'elsewhere' });
      }
      const refusal = decide(asked, {
        ...rulesOf(context),
        resource: read(key.policy),
        resourceAccountId: key.accountId,
        granted: () => isGranted(context, key),
      });
      refuse(context, asked, refusal);
    },
    requireResource(context, action, resource) {
      context.checked.done = true;
      const asked = {
        ...askedOf(context, resource, kmsKeys({ context })),
        action: `kms:${action}`,
      };
      const resourceAccountId = context.caller.accountId;
      refuse(context, asked, decide(asked, { ...rulesOf(context), resourceAccountId }));
    },
    requireRetirement(context, grant, key) {
      context.checked.done = true;
      const { caller } = context;
      const asked = askedOf(context, keyArn(key), kmsKeys({ context, key }));
      const opinions = rulesOf(context).identity.map((policy) => policy(asked));
      if (opinions.some(({ denies }) => denies)) {
        refuse(context, asked, { kind: 'explicit', by: 'identity-based policy' });
      }
      if (read(key.policy)(asked).denies) {
        refuse(context, asked, { kind: 'explicit', by: 'resource-based policy' });
      }
      const byGrant =
        meansCaller(grant.retiringPrincipal, caller) ||
        (grant.operations.includes('RetireGrant') && meansCaller(grant.granteePrincipal, caller));
      // The account that made the grant may retire it: whom its identity-based policies let.
      const byAccount =
        grant.issuingAccount === `arn:aws:iam::${caller.accountId}:root` &&
        opinions.some(({ allows }) => allows.size > 0);
      if (byGrant || byAccount) return;
      refuse(context, asked, { kind: 'missing', from: 'resource-based policy' });
    },
    keepsControl(context, policy) {
      const asked = {
        ...askedOf(context, '*', kmsKeys({ context })),
        action: 'kms:PutKeyPolicy',
      };
      const { denies, allows } = read(policy)(asked);
      return !denies && allows.size > 0;
    },
    principalsExist: (statements) =>
      statements.flatMap(principalNames).every((name) => exists(directory, name)),
    elsewhere: (context) =>
      accessDenied(
        askedOf(context, '*', () => undefined),
        { kind: 'elsewhere' },
        unnamed(context),
      ),
  };
}

function askedOf(context: KmsContext, resource: string, lookup: Asked['lookup']): Asked {
  return { caller: context.caller, action: `kms:${context.action}`, resource, lookup };
}

/** A ciphertext names its key itself, if the request does not. */
function unnamed({ action, input }: KmsContext): string {
  const named =
    action === 'Decrypt' ? input.KeyId : action === 'ReEncryptFrom' ? input.SourceKeyId : true;
  return named === undefined ? 'the resource associated with this ciphertext' : 'this resource';
}
