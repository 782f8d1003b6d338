import { AwsError } from '../protocol/awsError';
import type { Refusal } from './decide';
import type { Asked } from './policy';

/**
 * AWS's AccessDeniedException for a refusal.
 * @param unnamed how the text speaks of a resource that the request did not name by itself: `this
 *   resource`, or `the resource associated with this ciphertext`; needed for another account's
 * Source: IAM user guide, "Troubleshoot access denied error messages", and recorded answers of KMS.
 */
export function accessDenied(
  { caller, action, resource }: Pick<Asked, 'caller' | 'action' | 'resource'>,
  refusal: Refusal,
  unnamed = 'this resource',
): AwsError {
  const start = `User: ${caller.arn} is not authorized to perform: ${action} on`;
  const text =
    refusal.kind === 'elsewhere'
      ? `${start} ${unnamed} because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`
      : `${start} resource: ${resource} ${reasonOf(action, refusal)}`;
  return new AwsError('AccessDeniedException', text);
}

function reasonOf(action: string, refusal: Exclude<Refusal, { kind: 'elsewhere' }>): string {
  return refusal.kind === 'explicit'
    ? `with an explicit deny in ${article(refusal.by)} ${refusal.by}`
    : `because no ${refusal.from} allows the ${action} action`;
}

function article(noun: string): string {
  return noun.startsWith('i') ? 'an' : 'a';
}
