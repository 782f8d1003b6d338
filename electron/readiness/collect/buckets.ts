import {
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  ListBucketsCommand,
} from '@aws-sdk/client-s3';
import type { Reading } from '../../../shared/model/readiness/evidence';
import type { Bucket } from '../../../shared/model/readiness/posture/buckets';
import { pages } from '../../aws/pages';
import type { Asker, Send } from './ask';
import { askBucketBlock, askPublicGrants } from './publicAccess';
import { eachOf, iso, needed, said, tagsOf } from './parts';

/** Asks S3 for the account's buckets, and each bucket in the Region where it lies. */
export async function collectBuckets(asker: Asker, region: string): Promise<Reading<Bucket[]>> {
  const listed = await asker.ask(region, async (send) => {
    const lists = pages(
      's3:ListBuckets',
      (ContinuationToken) => send(new ListBucketsCommand({ MaxBuckets: 1000, ContinuationToken })),
      ({ ContinuationToken }) => ContinuationToken,
    );
    const found: Listed[] = [];
    for await (const { Buckets } of lists) {
      for (const { Name, BucketRegion, CreationDate } of Buckets ?? []) {
        const name = needed(Name, 's3:ListBuckets', 'Name');
        found.push({ name, region: BucketRegion, createdAt: iso(CreationDate) });
      }
    }
    return found;
  });
  if ('refused' in listed) return listed;
  const buckets = await eachOf(listed.answer, (bucket) => askBucket(asker, bucket, region));
  return { calls: listed.calls, answer: buckets };
}

interface Listed {
  readonly name: string;
  readonly region: string | undefined;
  readonly createdAt: string | undefined;
}

async function askBucket({ ask }: Asker, listed: Listed, home: string): Promise<Bucket> {
  const { name: Bucket, createdAt } = listed;
  const region = listed.region ?? (await askLocation(ask, Bucket, home));
  const about = <T>(read: (send: Send) => Promise<T>) => ask(region ?? home, read);
  const [encryption, versioning, policy, policyIsPublic, publicAccessBlock, publicGrants, tags] =
    await Promise.all([
      about((send) => askEncryption(send, Bucket)),
      about(async (send) => {
        const { output } = await send(new GetBucketVersioningCommand({ Bucket }));
        return {
          // S3 leaves the status out where versioning was never switched on.
          status: output.Status === undefined ? never : statusOf(output.Status),
          mfaDelete: output.MFADelete === 'Enabled',
        };
      }),
      about(async (send) => {
        const answer = await send(new GetBucketPolicyCommand({ Bucket }), 'NoSuchBucketPolicy');
        return answer ? needed(answer.output.Policy, 's3:GetBucketPolicy', 'Policy') : null;
      }),
      about(async (send) => {
        const command = new GetBucketPolicyStatusCommand({ Bucket });
        const answer = await send(command, 'NoSuchBucketPolicy');
        const status = answer?.output.PolicyStatus;
        return answer ? needed(status?.IsPublic, 's3:GetBucketPolicyStatus', 'IsPublic') : false;
      }),
      about((send) => askBucketBlock(send, Bucket)),
      about((send) => askPublicGrants(send, Bucket)),
      about(async (send) => {
        const answer = await send(new GetBucketTaggingCommand({ Bucket }), 'NoSuchTagSet');
        return answer ? tagsOf(answer.output.TagSet) : {};
      }),
    ]);
  return {
    name: Bucket,
    ...said({ region, createdAt }),
    encryption,
    versioning,
    policy,
    policyIsPublic,
    publicAccessBlock,
    publicGrants,
    tags,
  };
}

/** Older endpoints do not say in the list where a bucket lies. */
async function askLocation(ask: Asker['ask'], Bucket: string, home: string) {
  const asked = await ask(home, async (send) => {
    const { output } = await send(new GetBucketLocationCommand({ Bucket }));
    const { LocationConstraint: place } = output;
    // The first Regions had other names: none, and EU.
    return String(place) === 'EU' ? 'eu-west-1' : place || 'us-east-1';
  });
  return 'answer' in asked ? asked.answer : undefined;
}

const never = 'never' as const;
const versioningStatus = { Enabled: 'enabled', Suspended: 'suspended' } as const;

/** A status that is not known is no answer. */
function statusOf(status: keyof typeof versioningStatus) {
  return needed(versioningStatus[status], 's3:GetBucketVersioning', 'known Status');
}

async function askEncryption(send: Send, Bucket: string) {
  const operation = 's3:GetBucketEncryption';
  const { output } = await send(new GetBucketEncryptionCommand({ Bucket }));
  const [rule] = needed(output.ServerSideEncryptionConfiguration?.Rules, operation, 'Rules');
  const { SSEAlgorithm, KMSMasterKeyID } = rule?.ApplyServerSideEncryptionByDefault ?? {};
  return said({
    algorithm: needed<string>(SSEAlgorithm, operation, 'SSEAlgorithm'),
    keyId: KMSMasterKeyID,
    bucketKey: rule?.BucketKeyEnabled,
  });
}
