import {
  administratorAccess,
  roleArn,
  userArn,
  type RoleRecord,
  type Tags,
  type UserRecord,
} from '../iam/model';
import type { Xml } from '../s3/xml';
import { madeAt, type IamView } from './view';

/** What a filter may name, in the order in which they are listed. */
export const kindNames = [
  'User',
  'Role',
  'Group',
  'LocalManagedPolicy',
  'AWSManagedPolicy',
] as const;

interface Detail {
  readonly kind: (typeof kindNames)[number];
  readonly xml: Xml;
}

/** Users, roles, and AWS's managed policies that are attached to one of them. */
export function detailsOf(iam: IamView, accountId: string): Detail[] {
  const attachments = [...iam.users, ...iam.roles].filter(({ policies }) =>
    policies.includes(administratorAccess),
  ).length;
  return [
    ...iam.users.map((user): Detail => ({ kind: 'User', xml: userXml(user) })),
    ...iam.roles.map((role): Detail => ({ kind: 'Role', xml: roleXml(role, accountId) })),
    ...(attachments === 0
      ? []
      : [{ kind: 'AWSManagedPolicy', xml: administratorXml(attachments) } as const]),
  ];
}

const administratorArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
const administratorName = 'AdministratorAccess';

function userXml(user: UserRecord): Xml {
  return [
    'member',
    [
      ['Path', '/'],
      ['UserName', user.name],
      ['UserId', user.userId],
      ['Arn', userArn(user)],
      ['CreateDate', new Date(madeAt(user)).toISOString()],
      ['UserPolicyList', inlineXml(user)],
      ['GroupList', []],
      ['AttachedManagedPolicies', attachedXml(user)],
      ['Tags', tagsXml(user.tags)],
    ],
  ];
}

function roleXml(role: RoleRecord, accountId: string): Xml {
  const { name, path, lastUsedAt } = role;
  return [
    'member',
    [
      ['Path', path],
      ['RoleName', name],
      ['RoleId', role.roleId],
      ['Arn', roleArn({ accountId, path, name })],
      ['CreateDate', new Date(madeAt(role)).toISOString()],
      ['AssumeRolePolicyDocument', encoded(role.trustPolicy)],
      ['InstanceProfileList', []],
      ['RolePolicyList', inlineXml(role)],
      ['AttachedManagedPolicies', attachedXml(role)],
      ['Tags', tagsXml(role.tags)],
      [
        'RoleLastUsed',
        lastUsedAt === undefined ? [] : [['LastUsedDate', new Date(lastUsedAt).toISOString()]],
      ],
    ],
  ];
}

function inlineXml({ name, policies }: UserRecord | RoleRecord): Xml[] {
  return policies
    .filter((text) => text !== administratorAccess)
    .map((text, index): Xml => [
      'member',
      [
        ['PolicyName', `${name}-${index + 1}`],
        ['PolicyDocument', encoded(text)],
      ],
    ]);
}

function attachedXml({ policies }: UserRecord | RoleRecord): Xml[] {
  if (!policies.includes(administratorAccess)) return [];
  return [
    [
      'member',
      [
        ['PolicyArn', administratorArn],
        ['PolicyName', administratorName],
      ],
    ],
  ];
}

function administratorXml(attachments: number): Xml {
  const created = '2015-02-06T18:39:46Z';
  return [
    'member',
    [
      ['PolicyName', administratorName],
      ['PolicyId', 'ANPAIWMBCKSKIEE64ZLYK'],
      ['Arn', administratorArn],
      ['Path', '/'],
      ['DefaultVersionId', 'v1'],
      ['AttachmentCount', attachments],
      ['PermissionsBoundaryUsageCount', 0],
      ['IsAttachable', true],
      ['CreateDate', created],
      ['UpdateDate', created],
      [
        'PolicyVersionList',
        [
          [
            'member',
            [
              ['Document', encoded(administratorAccess)],
              ['VersionId', 'v1'],
              ['IsDefaultVersion', true],
              ['CreateDate', created],
            ],
          ],
        ],
      ],
    ],
  ];
}

function tagsXml(tags: Tags): Xml[] {
  return Object.entries(tags).map(([key, value]): Xml => [
    'member',
    [
      ['Key', key],
      ['Value', value],
    ],
  ]);
}

/** Policies are URL-encoded (RFC 3986). */
function encoded(policy: string): string {
  return encodeURIComponent(policy).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
