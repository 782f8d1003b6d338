import type { Verdict } from '../../../verdict';
import type { Reading } from '../../evidence';
import type { Bucket, PublicAccessBlock } from '../../posture/buckets';
import { postureCheck } from './postureCheck';
import { accountItems, listItems, untold } from './postureItems';

export const s3NotPublic = postureCheck({
  id: 's3-not-public',
  cis: ['2.21'],
  topics: ['access'],
  question: 'Is no bucket public, by its policy or its access control list?',
  why: 'Encryption at rest protects nothing from those whom S3 itself decrypts for. What Block Public Access takes out of force, of the bucket or of the account, does not count. The access control lists of single objects are not read.',
  remedy: {
    console: 'S3 > the bucket > Permissions > Block public access: on.',
    cli: 'aws s3api put-public-access-block --bucket BUCKET --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
    terraform: 'resource "aws_s3_bucket_public_access_block"',
  },
  severity: 'critical',
  permissions: [
    's3:ListAllMyBuckets',
    's3:GetBucketPolicyStatus',
    's3:GetBucketAcl',
    's3:GetBucketPublicAccessBlock',
    's3:GetAccountPublicAccessBlock',
  ],
  judge: (posture) =>
    accountItems(posture, ({ buckets, publicAccessBlock: ofAccount }, where) =>
      listItems(buckets, 'bucket', where, (bucket) => ({
        id: bucket.name,
        name: bucket.name,
        rests: [bucket.policyIsPublic, bucket.publicGrants, bucket.publicAccessBlock, ofAccount],
        verdict: publicVerdict(bucket, ofAccount),
      })),
    ),
});

type Block = Reading<PublicAccessBlock | null>;

function publicVerdict(bucket: Bucket, ofAccount: Block): Verdict {
  const blocks = [bucket.publicAccessBlock, ofAccount];
  const { policyIsPublic, publicGrants } = bucket;
  // RestrictPublicBuckets leaves a public policy to the account itself; IgnorePublicAcls does so with ACLs.
  const ways = [
    wayIn(
      policyIsPublic,
      (isPublic) => (isPublic ? 'AWS takes its policy for public' : undefined),
      blocks,
      'restrictPublicBuckets',
    ),
    wayIn(publicGrants, grantText, blocks, 'ignorePublicAcls'),
  ];
  const open = ways.flatMap((way) => way.open ?? []);
  if (open.length > 0) {
    return {
      value: 'fail',
      reason: `${open.join('; ')}. Neither bucket nor account blocks that.`,
      remedy: 'Block public access, and let in by name only.',
    };
  }
  const [unknown] = ways.flatMap((way) => way.untold ?? []);
  if (unknown) return unknown;
  const blocked = ways.flatMap((way) => way.blocked ?? []);
  return {
    value: 'pass',
    reason:
      blocked.length > 0
        ? `${blocked.join('; ')}, but Block Public Access takes that out of force.`
        : 'Neither its policy nor its access control list is public.',
  };
}

/** One way in for everybody: it is open, blocked, or cannot be told; closed where none of these. */
interface Way {
  readonly open?: string;
  readonly blocked?: string;
  readonly untold?: Verdict;
}

function wayIn<T>(
  reading: Reading<T>,
  textOf: (answer: T) => string | undefined,
  blocks: readonly Block[],
  flag: 'restrictPublicBuckets' | 'ignorePublicAcls',
): Way {
  const text = 'answer' in reading ? textOf(reading.answer) : undefined;
  if ('answer' in reading && text === undefined) return {};
  if (blocks.some((block) => 'answer' in block && block.answer?.[flag] === true)) {
    return text === undefined ? {} : { blocked: text };
  }
  if ('refused' in reading) return { untold: untold(reading) };
  for (const block of blocks) {
    if (!('refused' in block)) continue;
    const verdict = untold(block);
    return {
      untold: {
        ...verdict,
        reason: `${text}; whether that is blocked cannot be told. ${verdict.reason}`,
      },
    };
  }
  return text === undefined ? {} : { open: text };
}

function grantText(grants: readonly { group: string; permission: string }[]): string | undefined {
  if (grants.length === 0) return undefined;
  const all = grants.map(
    ({ group, permission }) =>
      `${permission} to ${group === 'AllUsers' ? 'everybody' : 'everybody with an AWS account'}`,
  );
  return `Its access control list gives ${all.join(', ')}`;
}
