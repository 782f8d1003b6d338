import { randomBytes } from 'node:crypto';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { BucketLocationConstraint } from '@aws-sdk/client-s3';
import type { StepContext } from '../../run/stepContext';
import { AppError } from '../../../../shared/model/errors';
import { sealSimple } from '../../../envelope/index';
import { sha256 } from '../../digests';

const objectBytes = 65_536;
const objectName = 'sample.envelope.json';

/** One sealed object in a bucket of the drill's own, for where no real one is named. */
export async function sampleObject(ctx: StepContext): Promise<void> {
  const key = ctx.known('key ordinary');
  const { region, caller } = ctx.home;
  const bucket = `${ctx.drill().id}-${caller.account}`;
  const { facts, changes } = ctx.drill();
  const isThere = changes.some(
    ({ kind, target, state }) =>
      kind === 'put-object' && state === 'made' && target === facts['object'],
  );
  if (facts['object'] !== undefined && isThere) return;
  const location =
    region === 'us-east-1'
      ? {}
      : {
          CreateBucketConfiguration: {
            LocationConstraint: region as BucketLocationConstraint,
          },
        };
  const lasting = { lasting: true } as const;
  await ctx.change(
    {
      ...lasting,
      kind: 'create-bucket',
      target: `s3://${bucket}`,
      words: 'Make the drill’s bucket',
      undoWords: 'Delete it',
    },
    ctx.home,
    new CreateBucketCommand({ Bucket: bucket, ...location }),
  );
  const plaintext = randomBytes(objectBytes);
  const envelope = await sealed(ctx, key, plaintext);
  await ctx.fact('object sha256', sha256(plaintext));
  plaintext.fill(0);
  const target = `s3://${bucket}/${objectName}`;
  await ctx.change(
    {
      ...lasting,
      kind: 'put-object',
      target,
      words: 'Put a sealed object into the drill’s bucket',
      undoWords: 'Delete it',
    },
    ctx.home,
    new PutObjectCommand({
      Bucket: bucket,
      Key: objectName,
      Body: envelope,
      ContentType: 'application/json',
    }),
    undefined,
    { unlogged: true },
  );
  await ctx.fact('object', target);
  await ctx.pass('Sealed object', `Put ${target}, whose content has a known hash.`);
}

async function sealed(ctx: StepContext, keyId: string, plaintext: Uint8Array): Promise<string> {
  const { caller, region } = ctx.home;
  const key = { connection: caller.connection, region, keyId };
  const context = { purpose: 'recovery-drill' };
  const request = { op: 'generate', key, context } as const;
  const { plaintext: dataKey, blob, use } = await ctx.askKms(caller)(request, ctx.signal);
  if (!dataKey || !blob) throw new AppError('bad-response', 'KMS gave no data key.');
  const { keyArn, keyMaterialId, at: created } = use;
  const facts = { dataKey: blob, keyArn, keyMaterialId, context, created };
  const { parts } = sealSimple(plaintext, dataKey, facts);
  dataKey.fill(0);
  return parts.join('');
}
