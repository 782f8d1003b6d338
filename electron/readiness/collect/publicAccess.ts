import { GetBucketAclCommand, GetPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { GetPublicAccessBlockCommand as GetAccountBlockCommand } from '@aws-sdk/client-s3-control';
import type { Reading } from '../../../shared/model/readiness/evidence';
import type {
  PublicAccessBlock,
  PublicGrant,
} from '../../../shared/model/readiness/posture/buckets';
import type { Asker, Send } from './ask';
import { needed } from './parts';

const absence = 'NoSuchPublicAccessBlockConfiguration';

/** What the account blocks for all its buckets; null where that was never set. */
export async function collectAccountBlock(
  { ask }: Asker,
  region: string,
  AccountId: string | undefined,
): Promise<Reading<PublicAccessBlock | null>> {
  if (AccountId === undefined) {
    const message =
      'What the account blocks for all buckets was not asked: STS did not say which account it is.';
    return { calls: [], refused: { code: 'bad-response', message } };
  }
  return ask(region, async (send) => {
    const answer = await send(new GetAccountBlockCommand({ AccountId }), absence);
    if (!answer) return null;
    return blockOf(answer.output.PublicAccessBlockConfiguration, 's3control:GetPublicAccessBlock');
  });
}

/** What a bucket blocks of its own; null where it has no such setting. */
export async function askBucketBlock(
  send: Send,
  Bucket: string,
): Promise<PublicAccessBlock | null> {
  const answer = await send(new GetPublicAccessBlockCommand({ Bucket }), absence);
  if (!answer) return null;
  return blockOf(answer.output.PublicAccessBlockConfiguration, 's3:GetPublicAccessBlock');
}

interface Block {
  readonly BlockPublicAcls?: boolean | undefined;
  readonly IgnorePublicAcls?: boolean | undefined;
  readonly BlockPublicPolicy?: boolean | undefined;
  readonly RestrictPublicBuckets?: boolean | undefined;
}

function blockOf(block: Block | undefined, operation: string): PublicAccessBlock {
  const member = 'PublicAccessBlockConfiguration';
  const said = needed(block, operation, member);
  // AWS tells all four; without any, something else answered.
  if (Object.values(said).every((flag) => flag === undefined)) needed(undefined, operation, member);
  return {
    blockPublicAcls: said.BlockPublicAcls === true,
    ignorePublicAcls: said.IgnorePublicAcls === true,
    blockPublicPolicy: said.BlockPublicPolicy === true,
    restrictPublicBuckets: said.RestrictPublicBuckets === true,
  };
}

/** Source: S3 user guide, "Access control list (ACL) overview", predefined groups. */
const groups = /^https?:\/\/acs\.amazonaws\.com\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

/** What the bucket's ACL allows to everybody, or to everybody with an AWS account. */
export async function askPublicGrants(send: Send, Bucket: string): Promise<PublicGrant[]> {
  const operation = 's3:GetBucketAcl';
  const { output } = await send(new GetBucketAclCommand({ Bucket }));
  return needed(output.Grants, operation, 'Grants').flatMap(({ Grantee, Permission }) => {
    const group = groups.exec(Grantee?.URI ?? '')?.[1] as PublicGrant['group'] | undefined;
    if (group === undefined) return [];
    return [{ group, permission: needed(Permission, operation, 'Permission') }];
  });
}
