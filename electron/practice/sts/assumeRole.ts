import { decide } from '../iam/decide';
import { caselessEntry, globalKeys } from '../iam/globalKeys';
import type { RoleRecord, Tags } from '../iam/model';
import { checkPolicy, compilePolicy, type Asked } from '../iam/policy';
import { AwsError, validationError } from '../protocol/awsError';
import { integer, listOf, matching, optional, required, structure, text } from '../protocol/rules';
import { textOf, type StsContext, type StsInput, type StsOperation } from './context';
import { serialNumber, tokenCode } from './members';
import { proveMfa } from './mfa';
import { startSession } from './session';

const name = /^[\w+=,.@-]*$/;
const policyText = matching(1, 2048, '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+');
const sessionName = matching(2, 64, '[\\w+=,.@-]*', name);
/** An hour: what a session lasts unless asked otherwise, and at most where a role assumes a role. */
const hourSeconds = 3600;

/**
 * A session of a role, for whom its trust policy and (from another account, or where the trust policy
 * names the account alone) the caller's own policies allow.
 */
export const assumeRole: StsOperation = {
  members: {
    RoleArn: required(text(20, 2048)),
    RoleSessionName: required(sessionName),
    PolicyArns: optional(listOf(structure({ arn: optional(text(20, 2048)) }), 10)),
    Policy: optional(policyText),
    DurationSeconds: optional(integer(900, 43_200)),
    Tags: optional(
      listOf(structure({ Key: required(text(1, 128)), Value: required(text(0, 256)) }), 50),
    ),
    TransitiveTagKeys: optional(listOf(text(1, 128), 50)),
    ExternalId: optional(matching(2, 1224, '[\\w+=,.@:\\/-]*', /^[\w+=,.@:/-]*$/)),
    SerialNumber: serialNumber,
    TokenCode: tokenCode,
    SourceIdentity: optional(sessionName),
  },
  numbers: ['DurationSeconds'],
  run(input, context) {
    const role = roleNamed(textOf(input, 'RoleArn') ?? '');
    if (input.PolicyArns !== undefined) {
      throw validationError('The practice account has no managed policies to name as PolicyArns.');
    }
    const sessionPolicy = textOf(input, 'Policy');
    checkSessionPolicy(sessionPolicy);
    const tags = sessionTags(input, context);
    const byMfa = proveMfa(input, context);
    const found = context.directory.findRole(role);
    const asked: Asked = {
      caller: context.caller,
      action: 'sts:AssumeRole',
      resource: role,
      lookup: stsKeys(input, context, tags, found, byMfa),
    };
    requireTrust(asked, found, context);
    if (tags.given) requireTrust({ ...asked, action: 'sts:TagSession' }, found, context);
    const sourceIdentity =
      textOf(input, 'SourceIdentity') ?? context.caller.identity?.session?.sourceIdentity;
    if (input.SourceIdentity !== undefined) {
      requireTrust({ ...asked, action: 'sts:SetSourceIdentity' }, found, context);
    }
    const seconds = durationOf(input, context, found);
    const credentials = startSession(context, seconds, {
      entityArn: role,
      sessionName: textOf(input, 'RoleSessionName'),
      sessionPolicy,
      tags: tags.all,
      transitiveTagKeys: tags.transitive,
      sourceIdentity,
    });
    const key = context.directory.findKey(credentials.AccessKeyId);
    return {
      Credentials: credentials,
      AssumedRoleUser: { AssumedRoleId: key?.caller.userId, Arn: key?.caller.arn },
      PackedPolicySize: packedPercent(sessionPolicy, tags.all),
      SourceIdentity: sourceIdentity,
    };
  },
};

function roleNamed(arn: string): string {
  if (/^arn:aws:iam::\d{12}:role\/.+$/.test(arn)) return arn;
  throw validationError(`${arn} is invalid`);
}

function checkSessionPolicy(policy: string | undefined): void {
  if (policy === undefined) return;
  try {
    checkPolicy(policy);
  } catch {
    throw new AwsError('MalformedPolicyDocument', 'This policy contains invalid Json');
  }
}

interface SessionTags {
  readonly given: boolean;
  readonly all: Tags;
  readonly transitive: readonly string[];
}

/** The tags asked for, and those that a session before this one passes on. */
function sessionTags(input: StsInput, { caller }: StsContext): SessionTags {
  const session = caller.identity?.session;
  const given = (input.Tags ?? []) as readonly { Key: string; Value: string }[];
  const inherited = Object.entries(session?.tags ?? {}).filter(([key]) =>
    session?.transitiveTagKeys.includes(key),
  );
  for (const { Key } of given) {
    if (Key.toLowerCase().startsWith('aws:')) {
      throw new AwsError('InvalidParameterValue', 'Tag keys beginning with aws: are reserved');
    }
    if (inherited.some(([key]) => key.toLowerCase() === Key.toLowerCase())) {
      throw new AwsError(
        'InvalidParameterValue',
        `One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.`,
      );
    }
  }
  return {
    given: given.length > 0,
    all: Object.fromEntries([...inherited, ...given.map(({ Key, Value }) => [Key, Value])]),
    transitive: [
      ...inherited.map(([key]) => key),
      ...((input.TransitiveTagKeys ?? []) as readonly string[]),
    ],
  };
}

function stsKeys(
  input: StsInput,
  context: StsContext,
  tags: SessionTags,
  role: RoleRecord | undefined,
  byMfa: boolean,
): Asked['lookup'] {
  const global = globalKeys(context);
  const requested = ((input.Tags ?? []) as readonly { Key: string; Value: string }[]).map(
    ({ Key, Value }) => [Key, Value] as const,
  );
  return (key) => {
    if (key.startsWith('aws:requesttag/')) {
      return caselessEntry(Object.fromEntries(requested), key.slice('aws:requesttag/'.length));
    }
    if (key.startsWith('aws:resourcetag/') || key.startsWith('iam:resourcetag/')) {
      return caselessEntry(role?.tags, key.slice(key.indexOf('/') + 1));
    }
    switch (key) {
      // A code in the request counts for the request.
      case 'aws:multifactorauthpresent':
        return byMfa ? ['true'] : global(key);
      case 'aws:multifactorauthage':
        return byMfa ? ['0'] : global(key);
      case 'aws:tagkeys':
        return requested.length === 0 ? undefined : requested.map(([name]) => name);
      case 'sts:transitivetagkeys':
        return tags.transitive.length === 0 ? undefined : tags.transitive;
      case 'sts:externalid':
        return optionalText(input, 'ExternalId');
      case 'sts:rolesessionname':
        return optionalText(input, 'RoleSessionName');
      case 'sts:sourceidentity':
        return optionalText(input, 'SourceIdentity');
      default:
        return global(key);
    }
  };
}

function optionalText(input: StsInput, parameter: string): readonly string[] | undefined {
  const value = textOf(input, parameter);
  return value === undefined ? undefined : [value];
}

/** A role that does not exist is refused like one that does not trust the caller. */
function requireTrust(asked: Asked, role: RoleRecord | undefined, context: StsContext): void {
  const { identity } = context.caller;
  const sessionPolicy = identity?.session?.sessionPolicy;
  const refusal =
    role &&
    decide(asked, {
      identity: (identity?.policies ?? []).map(compilePolicy),
      session: sessionPolicy === undefined ? undefined : compilePolicy(sessionPolicy),
      resource: compilePolicy(role.trustPolicy),
      resourceAccountId: role.accountId,
    });
  if (role && !refusal) return;
  throw new AwsError(
    'AccessDenied',
    `User: ${asked.caller.arn} is not authorized to perform: ${asked.action} on resource: ${asked.resource}`,
    403,
  );
}

function durationOf(input: StsInput, { caller }: StsContext, role: RoleRecord | undefined): number {
  const seconds = Number(input.DurationSeconds ?? hourSeconds);
  if (caller.identity?.type === 'AssumedRole' && seconds > hourSeconds) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
  if (seconds > (role?.maxSessionSeconds ?? hourSeconds)) {
    throw validationError(
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  return seconds;
}

/** How much of the room for session policy and tags is taken; AWS packs them in a way of its own. */
function packedPercent(policy: string | undefined, tags: Tags): number | undefined {
  const length = (policy?.length ?? 0) + JSON.stringify(tags).length - 2;
  return length === 0 ? undefined : Math.min(100, Math.ceil((length / 4096) * 100));
}
