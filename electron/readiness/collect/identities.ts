import {
  GetAccountAuthorizationDetailsCommand,
  GetAccountSummaryCommand,
  ListServerCertificatesCommand,
  type GetAccountAuthorizationDetailsCommandOutput,
} from '@aws-sdk/client-iam';
import { AppError } from '../../../shared/model/errors';
import type { Authorization, Identities } from '../../../shared/model/readiness/posture/identities';
import { pages } from '../../aws/pages';
import type { Asker, Send } from './ask';
import { askCredentials } from './credentials';
import { iso, needed, said, tagsOf } from './parts';

/** Asks IAM, which answers for all Regions in one of them. */
export async function collectIdentities(
  { ask }: Asker,
  region: string,
  report: Parameters<typeof askCredentials>[1],
): Promise<Identities> {
  const [authorization, summary, credentials, serverCertificates] = await Promise.all([
    ask(region, askAuthorization),
    ask(region, async (send) => {
      const operation = 'iam:GetAccountSummary';
      const { output } = await send(new GetAccountSummaryCommand({}));
      const count = (name: 'AccountMFAEnabled' | 'AccountAccessKeysPresent') =>
        needed(output.SummaryMap?.[name], operation, name) > 0;
      const passwords = output.SummaryMap?.['AccountPasswordPresent'];
      return {
        rootHasMfa: count('AccountMFAEnabled'),
        rootHasAccessKeys: count('AccountAccessKeysPresent'),
        ...said({ rootHasPassword: passwords === undefined ? undefined : passwords > 0 }),
      };
    }),
    ask(region, (send) => askCredentials(send, report)),
    ask(region, async (send) => {
      const operation = 'iam:ListServerCertificates';
      const lists = pages(
        operation,
        (Marker) => send(new ListServerCertificatesCommand({ Marker })),
        nextMarker(operation),
      );
      const found: { arn: string; name: string; uploadedAt?: string; expiresAt: string }[] = [];
      for await (const { ServerCertificateMetadataList = [] } of lists) {
        for (const certificate of ServerCertificateMetadataList) {
          found.push(
            said({
              arn: certificate.Arn ?? '',
              name: certificate.ServerCertificateName ?? '',
              uploadedAt: iso(certificate.UploadDate),
              expiresAt: needed(certificate.Expiration, operation, 'Expiration').toISOString(),
            }),
          );
        }
      }
      return found;
    }),
  ]);
  return { authorization, summary, credentials, serverCertificates };
}

async function askAuthorization(send: Send): Promise<Authorization> {
  const found: Authorization = { users: [], groups: [], roles: [], policies: [] };
  const operation = 'iam:GetAccountAuthorizationDetails';
  const lists = pages(
    operation,
    (Marker) => send(new GetAccountAuthorizationDetailsCommand({ MaxItems: 500, Marker })),
    nextMarker(operation),
  );
  for await (const page of lists) addPage(found, page);
  return found;
}

type Page = Omit<GetAccountAuthorizationDetailsCommandOutput, '$metadata'>;
type One<K extends keyof Page> = NonNullable<Page[K]> extends (infer T)[] ? T : never;

function addPage(found: Authorization, page: Page): void {
  for (const user of page.UserDetailList ?? []) {
    found.users.push({
      ...principal({ ...user, name: user.UserName, inline: user.UserPolicyList }),
      ...actor(user),
      groups: user.GroupList ?? [],
    });
  }
  for (const group of page.GroupDetailList ?? []) {
    found.groups.push(
      principal({ ...group, name: group.GroupName, inline: group.GroupPolicyList }),
    );
  }
  for (const role of page.RoleDetailList ?? []) {
    found.roles.push({
      ...principal({ ...role, name: role.RoleName, inline: role.RolePolicyList }),
      ...actor(role),
      trustPolicy: document(role.AssumeRolePolicyDocument),
      ...said({ lastUsedAt: iso(role.RoleLastUsed?.LastUsedDate) }),
    });
  }
  for (const policy of page.Policies ?? []) found.policies.push(managedPolicy(policy));
}

function managedPolicy(policy: One<'Policies'>): Authorization['policies'][number] {
  const versions = policy.PolicyVersionList ?? [];
  const inForce = versions.find(
    ({ IsDefaultVersion, VersionId }) =>
      IsDefaultVersion === true || VersionId === policy.DefaultVersionId,
  );
  return {
    arn: policy.Arn ?? '',
    name: policy.PolicyName ?? '',
    document: document(inForce?.Document),
    attachments: policy.AttachmentCount ?? 0,
  };
}

function principal(given: {
  readonly Arn?: string | undefined;
  readonly name: string | undefined;
  readonly CreateDate?: Date | undefined;
  readonly inline:
    readonly { PolicyName?: string | undefined; PolicyDocument?: string | undefined }[] | undefined;
  readonly AttachedManagedPolicies?:
    readonly { PolicyArn?: string | undefined; PolicyName?: string | undefined }[] | undefined;
}) {
  return {
    arn: given.Arn ?? '',
    name: given.name ?? '',
    ...said({ createdAt: iso(given.CreateDate) }),
    inline: (given.inline ?? []).map(({ PolicyName = '', PolicyDocument }) => ({
      name: PolicyName,
      document: document(PolicyDocument),
    })),
    attached: (given.AttachedManagedPolicies ?? []).map(({ PolicyArn = '', PolicyName = '' }) => ({
      arn: PolicyArn,
      name: PolicyName,
    })),
  };
}

function actor({ PermissionsBoundary, Tags }: One<'UserDetailList'> | One<'RoleDetailList'>) {
  return {
    ...said({ boundary: PermissionsBoundary?.PermissionsBoundaryArn }),
    tags: tagsOf(Tags),
  };
}

/** IAM's documents are URL-encoded (RFC 3986). A missing one is no empty one: it could hide anything. */
function document(encoded: string | undefined): string {
  const operation = 'iam:GetAccountAuthorizationDetails';
  const text = needed(encoded, operation, 'policy document');
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AppError('bad-response', `A policy document of ${operation} cannot be decoded.`, {
      operation,
    });
  }
}

/** A list that is cut short and does not say where it goes on is refused. */
function nextMarker(operation: string) {
  return (page: { IsTruncated?: boolean | undefined; Marker?: string | undefined }) =>
    page.IsTruncated === true ? needed(page.Marker, operation, 'Marker') : undefined;
}
