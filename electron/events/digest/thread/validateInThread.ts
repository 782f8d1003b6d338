import { Worker } from 'node:worker_threads';
import type { DigestReport } from '../../../../shared/model/events/digestReport';
import { AppError, toErrorInfo } from '../../../../shared/model/errors';
import { workerBundle } from '../../../workerBundle';
import { createEvidenceIndex, type EvidenceIndex } from '../evidence/evidenceIndex';
import { validateTrail, type ValidateOptions } from '../validate';
import { bothWays } from './bothWays';
import { proofContract, trailContract } from './proofContract';

/** Keys that are told together. */
const keysPerPart = 500;

export interface Proof {
  readonly report: DigestReport;
  readonly evidence: EvidenceIndex;
}

export interface ProofOptions extends Omit<ValidateOptions, 'evidence'> {
  /** The folder that `files` are of: the thread reads it itself. */
  readonly folder?: string | undefined;
}

/**
 * Validates log files in a thread of its own, which unpacks and hashes while this one stays free; files
 * of a bucket it asks for here. Where there is no bundle, as in tests, on the caller's thread. Throws
 * as validateTrail.
 */
export async function validateInThread(
  options: ProofOptions,
  bundle = workerBundle('events-proof'),
): Promise<Proof> {
  if (!bundle) {
    const evidence = createEvidenceIndex();
    return { report: await validateTrail({ ...options, evidence }), evidence };
  }
  const { folder, files, range, publicKeys, now, signal, progress } = options;
  const worker = new Worker(bundle);
  const { client, fail } = bothWays(worker, proofContract, trailContract, {
    trail: {
      async list(times, { signal: stop, progress: tell }) {
        let part: string[] = [];
        for await (const key of files.list(times, stop)) {
          part.push(key);
          if (part.length < keysPerPart) continue;
          tell(part);
          part = [];
        }
        tell(part);
        return undefined;
      },
      open: async ({ key }, { signal: stop }) => (await files.open(key, stop)) ?? null,
      publicKeys: async ({ region, range: times }) => [...(await publicKeys(region, times))],
    },
  });
  // A thread that breaks must not leave its caller waiting.
  worker.on('error', (error) => {
    process.emitWarning(`The validating thread broke: ${String(error)}`);
  });
  worker.on('exit', () => fail((id) => ({ kind: 'error', id, error: toErrorInfo(broken()) })));
  try {
    const { report, digests, keys } = await client.proof.validate(
      { folder, where: files.where, bucket: files.bucket, range, now: now() },
      { signal, onProgress: ({ done, expected }) => progress?.(done, expected) },
    );
    return {
      report,
      evidence: createEvidenceIndex(digests, keys),
    };
  } finally {
    await worker.terminate();
  }
}

function broken(): AppError {
  return new AppError(
    'internal',
    'The validation broke off. Try again, with a shorter time where it does so again.',
  );
}
