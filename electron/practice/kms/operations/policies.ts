import type {
  GetKeyPolicyRequest,
  GetKeyPolicyResponse,
  ListKeyPoliciesRequest,
  ListKeyPoliciesResponse,
  PutKeyPolicyRequest,
} from '@aws-sdk/client-kms';
import { AwsError } from '../../protocol/awsError';
import { flag, optional, required } from '../../protocol/rules';
import { keyOnly, operation } from '../context';
import { keyId, limit, marker, policyName, policyRule } from '../members';
import { acceptPolicy } from '../policy';

export const getKeyPolicy = operation<GetKeyPolicyRequest, GetKeyPolicyResponse>({
  name: 'GetKeyPolicy',
  members: { KeyId: keyId, PolicyName: policyName },
  run(input, context) {
    const key = keyOnly(context, input.KeyId);
    const name = input.PolicyName ?? 'default';
    if (name !== 'default') throw new AwsError('NotFoundException', 'No such policy exists');
    return { Policy: key.policy, PolicyName: name };
  },
});

export const putKeyPolicy = operation<PutKeyPolicyRequest>({
  name: 'PutKeyPolicy',
  members: {
    KeyId: keyId,
    PolicyName: policyName,
    Policy: required(policyRule),
    BypassPolicyLockoutSafetyCheck: optional(flag),
  },
  run(input, context) {
    const key = keyOnly(context, input.KeyId);
    if ((input.PolicyName ?? 'default') !== 'default') {
      throw new AwsError('NotFoundException', 'No such policy exists');
    }
    const policy = acceptPolicy(context, input.Policy, input.BypassPolicyLockoutSafetyCheck);
    context.ring.put({ ...key, policy });
    return undefined;
  },
});

/** A key has one policy, always named `default`; limit and marker change nothing. */
export const listKeyPolicies = operation<ListKeyPoliciesRequest, ListKeyPoliciesResponse>({
  name: 'ListKeyPolicies',
  members: { KeyId: keyId, Limit: limit, Marker: marker },
  run(input, context) {
    keyOnly(context, input.KeyId);
    return { PolicyNames: ['default'], Truncated: false };
  },
});
