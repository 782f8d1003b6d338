import { isSameKey, parseKeyArn } from '../../../shared/model/envelope/keyArn';
import type { KeyUse } from '../../../shared/model/envelope/jobs';
import type { KeyRef } from '../../../shared/model/key';
import { AppError } from '../../../shared/model/errors';
import type { AwsAnswer, AwsGateway, Connections, Target } from '../../aws/types';
import { findTargets, type OpeningTarget } from './targets';
import type { AskKms, KmsReply, KmsRequest } from './types';

/**
 * Answers what envelopes ask of KMS, through the gateway: quotas, slow-down, retries and error codes
 * are those of every other call. Plaintext data keys are copied out of the SDK's answer, which is zeroed.
 */
export function createAskKms({
  gateway,
  connections,
}: {
  readonly gateway: AwsGateway;
  readonly connections: Connections;
}): AskKms {
  async function generate(
    { key, context }: Extract<KmsRequest, { op: 'generate' }>,
    signal: AbortSignal | undefined,
  ): Promise<KmsReply> {
    const { GenerateDataKeyCommand } = await import('@aws-sdk/client-kms');
    const answer = await gateway.send(
      key,
      new GenerateDataKeyCommand({
        KeyId: key.keyId,
        KeySpec: 'AES_256',
        ...withContext('EncryptionContext', context),
      }),
      { signal },
    );
    return {
      plaintext: take(answer.output.Plaintext),
      blob: given(answer.output.CiphertextBlob),
      use: useOf(key, answer, answer.output),
    };
  }

  async function wrap(
    { key, context, plaintext }: Extract<KmsRequest, { op: 'wrap' }>,
    signal: AbortSignal | undefined,
  ): Promise<KmsReply> {
    try {
      const { EncryptCommand } = await import('@aws-sdk/client-kms');
      const answer = await gateway.send(
        key,
        new EncryptCommand({
          KeyId: key.keyId,
          Plaintext: plaintext,
          ...withContext('EncryptionContext', context),
        }),
        { signal },
      );
      return {
        blob: given(answer.output.CiphertextBlob),
        use: useOf(key, answer, answer.output),
      };
    } finally {
      plaintext.fill(0);
    }
  }

  /** Tries the data keys one after the other where they can be opened; the first that opens counts. */
  async function open(
    { dataKeys, context, keys }: Extract<KmsRequest, { op: 'open' }>,
    signal: AbortSignal | undefined,
  ): Promise<KmsReply> {
    const { DecryptCommand } = await import('@aws-sdk/client-kms');
    const targets = await findTargets(dataKeys, keys, connections, signal);
    return firstThatOpens(targets, signal, async (target) => {
      const answer = await gateway.send(
        target,
        new DecryptCommand({
          CiphertextBlob: target.dataKey.blob,
          ...(target.keyId !== undefined && { KeyId: target.keyId }),
          ...withContext('EncryptionContext', context),
        }),
        { signal },
      );
      const plaintext = take(answer.output.Plaintext);
      try {
        checkKey(target, answer.output.KeyId);
        return { plaintext, use: useOf(target, answer, answer.output) };
      } catch (error) {
        plaintext.fill(0);
        throw error;
      }
    });
  }

  async function rewrap(
    request: Extract<KmsRequest, { op: 'rewrap' }>,
    signal: AbortSignal | undefined,
  ): Promise<KmsReply> {
    const { ReEncryptCommand } = await import('@aws-sdk/client-kms');
    const { dataKey, keys, to, context, toContext } = request;
    const targets = await findTargets([dataKey], keys, connections, signal);
    // ReEncrypt is one call: it is sent to the destination's Region by who may use both keys.
    const here = targets.filter(({ region }) => region === to.region);
    if (here.length === 0) {
      throw new AppError(
        'unsupported',
        `KMS re-encrypts a data key within one Region, and its key is not in ${to.region}. Open the envelope and seal it anew.`,
        { reason: 'other-region' },
      );
    }
    return firstThatOpens(here, signal, async (target) => {
      const answer = await gateway.send(
        { connection: target.connection, region: to.region },
        new ReEncryptCommand({
          CiphertextBlob: dataKey.blob,
          ...(target.keyId !== undefined && { SourceKeyId: target.keyId }),
          DestinationKeyId: to.keyId,
          ...withContext('SourceEncryptionContext', context),
          ...withContext('DestinationEncryptionContext', toContext),
        }),
        { signal },
      );
      const { CiphertextBlob, KeyId, DestinationKeyMaterialId, SourceKeyId } = answer.output;
      checkKey(target, SourceKeyId);
      return {
        blob: given(CiphertextBlob),
        use: useOf({ connection: target.connection, region: to.region }, answer, {
          KeyId,
          KeyMaterialId: DestinationKeyMaterialId,
        }),
      };
    });
  }

  return async (request, signal) => {
    if (request.op === 'generate') return generate(request, signal);
    if (request.op === 'wrap') return wrap(request, signal);
    return request.op === 'open' ? open(request, signal) : rewrap(request, signal);
  };
}

/** The first answer; where nothing opens, one error that tells of every attempt. */
async function firstThatOpens(
  targets: readonly OpeningTarget[],
  signal: AbortSignal | undefined,
  attempt: (target: OpeningTarget) => Promise<KmsReply>,
): Promise<KmsReply> {
  const failures: { target: OpeningTarget; error: AppError }[] = [];
  for (const target of targets) {
    try {
      return await attempt(target);
    } catch (thrown) {
      if (signal?.aborted || !(thrown instanceof AppError)) throw thrown;
      failures.push({ target, error: wordsOf(thrown) });
    }
  }
  throw allFailed(failures);
}

function allFailed(failures: readonly { target: OpeningTarget; error: AppError }[]): AppError {
  const [first] = failures;
  if (first && failures.length === 1) return first.error;
  // What a person can act on (a permission, a key's state) tells more than "not this key".
  const telling = failures.find(({ error }) => error.code !== 'not-authentic') ?? first;
  const tried = failures.map(
    ({ target, error }) => `${target.keyId ?? `any key in ${target.region}`}: ${error.message}`,
  );
  return new AppError(
    telling?.error.code ?? 'not-authentic',
    `No key opens it. ${tried.join(' ')}`,
    telling?.error.detail,
  );
}

/** KMS tells of a wrong context and of a changed data key in one word; in ours it is a sentence. */
function wordsOf(error: AppError): AppError {
  const words = refusals.get(String(error.detail['awsCode']));
  return words === undefined
    ? error
    : new AppError('not-authentic', words, error.detail, { cause: error });
}

const refusals = new Map([
  [
    'InvalidCiphertextException',
    'KMS does not open the data key: the encryption context is another than it was sealed with, the data key was altered, or its key is in another account or Region.',
  ],
  ['IncorrectKeyException', 'The data key was sealed under another key than this one.'],
]);

/** What was asked of one key must have been answered by that key. */
function checkKey({ keyId }: OpeningTarget, answered: string | undefined): void {
  if (keyId === undefined || answered === undefined || !parseKeyArn(keyId)) return;
  if (!isSameKey(keyId, answered)) {
    throw new AppError('bad-response', `KMS answered for ${answered} and was asked for ${keyId}.`);
  }
}

function useOf(
  { connection, region }: Target | KeyRef,
  { requestId, asOf }: Pick<AwsAnswer<unknown>, 'requestId' | 'asOf'>,
  output: { KeyId?: string | undefined; KeyMaterialId?: string | undefined },
): KeyUse {
  return {
    keyArn: output.KeyId ?? '',
    ...(output.KeyMaterialId !== undefined && { keyMaterialId: output.KeyMaterialId }),
    connection,
    region,
    ...(requestId !== undefined && { requestId }),
    at: asOf,
  };
}

/** A copy in memory of its own; the SDK's, which may lie in a pool that Node shares, is zeroed. */
function take(bytes: Uint8Array | undefined): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(given(bytes));
  bytes?.fill(0);
  return copy;
}

function given<T>(value: T | undefined): T {
  if (value !== undefined) return value;
  throw new AppError('bad-response', 'KMS answered without the data key.');
}

/** KMS takes no empty context: it is left out. */
function withContext<N extends string>(
  name: N,
  context: Readonly<Record<string, string>>,
): { [K in N]?: Record<string, string> } {
  return (Object.keys(context).length > 0 ? { [name]: { ...context } } : {}) as {
    [K in N]?: Record<string, string>;
  };
}
