import { checkPolicy } from '../iam/policy';
import { AwsError } from '../protocol/awsError';
import type { KmsContext } from './context';

type Statement = Record<string, unknown>;

/** A key policy has at most 32 KiB (developer guide, "Resource quotas"). */
const policyLimitBytes = 32_768;

/** Who can be a principal: accounts, users, roles and their sessions; no group (IAM user guide). */
export const principalArn =
  /^arn:aws:(iam|sts)::\d{12}:(root|(user|role|assumed-role|federated-user)\/.+)$/;

/** The policy that a key has when its maker names none. */
export function defaultPolicy(accountId: string): string {
  return formatPolicy({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });
}

/**
 * Checks a key policy and gives it as AWS stores it: the caller must still be able to change it,
 * unless that check is bypassed.
 * @throws AwsError MalformedPolicyDocumentException
 */
export function acceptPolicy(
  context: KmsContext,
  text: string,
  bypassLockoutCheck: boolean | undefined,
): string {
  if (Buffer.byteLength(text) > policyLimitBytes) throw new AwsError('LimitExceededException');
  const policy = parsePolicy(text);
  checkReadable(text, policy.Statement);
  if (!context.access.principalsExist(policy.Statement)) {
    throw malformed('Policy contains a statement with one or more invalid principals.');
  }
  if (!bypassLockoutCheck && !context.access.keepsControl(context, text)) {
    throw malformed(
      'The new key policy will not allow you to update the key policy in the future.',
    );
  }
  return formatPolicy(policy);
}

function parsePolicy(text: string): { Statement: Statement[] } {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) {
    throw malformed('This policy contains invalid Json');
  }
  const { Version, Statement: given } = policy as { Version?: unknown; Statement?: unknown };
  if (Version !== undefined && Version !== '2012-10-17' && Version !== '2008-10-17') {
    throw malformed('The policy contains an invalid version.');
  }
  const statements: unknown[] = Array.isArray(given) ? given : given === undefined ? [] : [given];
  if (statements.length === 0) throw malformed('Syntax errors in policy.');
  for (const statement of statements) checkStatement(statement);
  return { ...policy, Statement: statements as Statement[] };
}

function checkStatement(statement: unknown): void {
  if (typeof statement !== 'object' || statement === null)
    throw malformed('Syntax errors in policy.');
  const one = statement as Statement;
  if (one.Effect !== 'Allow' && one.Effect !== 'Deny') throw malformed('Syntax errors in policy.');
  if (one.Action === undefined && one.NotAction === undefined) {
    throw malformed('Policy Statement must contain actions.');
  }
  if (one.Resource === undefined && one.NotResource === undefined) {
    throw malformed('Policy Statement must contain resources.');
  }
  if (one.Principal === undefined && one.NotPrincipal === undefined) {
    throw malformed('Policy contains a statement with no principal.');
  }
  for (const principal of listOf((one.Principal as Record<string, unknown> | undefined)?.AWS)) {
    if (principal.startsWith('arn:aws:iam::') && !principalArn.test(principal)) {
      throw new AwsError('InvalidArnException', 'An ARN in the specified key policy is invalid.');
    }
    if (!/^(\*|\d{12}|arn:aws:(iam|sts)::(\d{12}|\*):.+|A[A-Z0-9]{15,})$/.test(principal)) {
      throw malformed('Policy contains a statement with one or more invalid principals.');
    }
  }
}

/** What cannot be evaluated is refused here: an unknown condition operator, an action that is no text. */
function checkReadable(text: string, statements: readonly Statement[]): void {
  try {
    checkPolicy(text);
  } catch {
    throw malformed('Syntax errors in policy.');
  }
  const actions = statements.flatMap((one) => listOf(one.Action ?? one.NotAction));
  if (!actions.every((action) => action === '*' || /^[a-z0-9-]+:[\w*?]+$/i.test(action))) {
    throw malformed('Policy statement contains an invalid action.');
  }
}

function listOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}

function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicyDocumentException', message);
}

/** JSON laid out as KMS gives policies back: `"name" : value`, two spaces, arrays on one line. */
export function formatPolicy(value: unknown, indent = ''): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return '[ ]';
    return `[ ${value.map((item) => formatPolicy(item, indent)).join(', ')} ]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const members = Object.entries(value).map(
    ([name, member]) => `${inner}${JSON.stringify(name)} : ${formatPolicy(member, inner)}`,
  );
  return members.length === 0 ? '{ }' : `{\n${members.join(',\n')}\n${indent}}`;
}
