import { readFile, stat } from 'node:fs/promises';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/model/errors';
import { s3Location } from '../../aws/s3Location';
import { openSimple, readSimple } from '../../envelope/index';
import { sha256 } from '../digests';
import type { StepContext } from '../run/stepContext';

/** A drill restores one object, not an estate. */
const mostBytes = 64 * 1024 * 1024;

/** Fetches one object or reads one file, opens it with its key where it is an envelope, and compares hashes. */
export async function restoreObject(ctx: StepContext): Promise<void> {
  const { restore, restoreFile } = ctx.plan;
  const own = restore ? `s3://${restore.bucket}/${restore.key}` : restoreFile?.path;
  const uri = own ?? ctx.known('object');
  const expected = (restore ?? restoreFile)?.sha256 ?? ctx.known('object sha256');
  const begun = await ctx.now();
  try {
    const bytes = restoreFile
      ? await fromFile(uri)
      : await fromBucket(ctx, uri, restore?.versionId);
    const found = isEnvelope(bytes) ? await openedSha256(ctx, bytes) : sha256(bytes);
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

async function fromFile(path: string): Promise<Uint8Array> {
  const info = await stat(path).catch(() => undefined);
  if (!info?.isFile()) {
    throw new AppError('not-found', `There is no file ${path}: nothing could be restored.`);
  }
  if (info.size > mostBytes) throw tooLarge(path, info.size);
  return readFile(path);
}

async function fromBucket(
  ctx: StepContext,
  uri: string,
  versionId: string | undefined,
): Promise<Uint8Array> {
  const { bucket, key } = s3Location(uri);
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: key,
    ...(versionId !== undefined && { VersionId: versionId }),
  });
  const { Body, ContentLength = 0 } = await ctx.send(ctx.home, command, {
    resource: uri,
    unlogged: true,
  });
  if (ContentLength > mostBytes) throw tooLarge(uri, ContentLength);
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}

function tooLarge(what: string, bytes: number): AppError {
  return new AppError(
    'limit-exceeded',
    `${what} has ${bytes.toLocaleString('en')} bytes: a drill restores up to 64 MiB. Name a smaller one.`,
  );
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
