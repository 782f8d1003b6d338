import { GetObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/model/errors';
import { openSimple, readSimple } from '../../envelope/index';
import { sha256 } from '../digests';
import type { StepContext } from '../run/stepContext';

/** A drill restores one object, not an estate. */
const mostBytes = 64 * 1024 * 1024;

/** Fetches one object, opens it with its key where it is an envelope, and compares hashes. */
export async function restoreObject(ctx: StepContext): Promise<void> {
  const { restore } = ctx.plan;
  const uri = restore ? `s3://${restore.bucket}/${restore.key}` : ctx.known('object');
  const expected = restore?.sha256 ?? ctx.known('object sha256');
  const begun = await ctx.now();
  try {
    const found = await restored(ctx, uri);
    await ctx.measured('Restore', begun);
    if (found === expected) {
      await ctx.pass('Restore', `${uri} came back unchanged: SHA-256 ${found}.`);
    } else {
      await ctx.fail(
        'Restore',
        `${uri} came back changed: SHA-256 ${found}, where ${expected} was noted.`,
      );
    }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'throttled') throw error;
    await ctx.measured('Restore', begun);
    await ctx.fail(
      'Restore',
      `${uri} could not be restored: ${error.message} In a real loss everybody restores at once: ask AWS for higher request quotas now, and spread the restore.`,
    );
  }
}

async function restored(ctx: StepContext, uri: string): Promise<string> {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  const command = new GetObjectCommand({ Bucket: bucket, Key: key });
  const { Body, ContentLength = 0 } = await ctx.send(ctx.home, command, {
    resource: uri,
    unlogged: true,
  });
  if (ContentLength > mostBytes) {
    throw new AppError(
      'limit-exceeded',
      `${uri} has ${ContentLength} bytes: a drill restores up to 64 MiB. Name a smaller object.`,
    );
  }
  const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
  return isEnvelope(bytes) ? openedSha256(ctx, bytes) : sha256(bytes);
}

/** Opens a simple envelope with the key that it names, and hashes what it held. */
async function openedSha256(ctx: StepContext, bytes: Uint8Array): Promise<string> {
  const envelope = readSimple(bytes);
  const { dataKey: blob, keyArn = '', context = {} } = envelope;
  const { caller, region } = ctx.home;
  const keys = [
    { connection: caller.connection, region: keyArn.split(':')[3] || region, keyId: keyArn },
  ];
  const named = keyArn === '' ? {} : { keys };
  const { plaintext: dataKey } = await ctx.askKms(caller)(
    { op: 'open', dataKeys: [{ ...(keyArn !== '' && { keyArn }), blob }], context, ...named },
    ctx.signal,
  );
  if (!dataKey) throw new AppError('bad-response', 'KMS gave no data key.');
  const plaintext = openSimple(envelope, dataKey);
  const hash = sha256(plaintext);
  plaintext.fill(0);
  dataKey.fill(0);
  return hash;
}

/** What S3 has opened itself (SSE-KMS) is no envelope. */
function isEnvelope(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 16_384)).toString('latin1');
  return head.trimStart().startsWith('{') && head.includes('"encrypted_data_key"');
}
