import { dirname, resolve } from 'node:path';
import type { ItemResult } from '../../../shared/model/envelope/jobs';
import { toErrorInfo } from '../../../shared/model/errors';
import type { OpenedServices } from '../../command';
import { counted, countPassed } from '../work/hashing';
import { openContent } from '../work/open';
import { openPart } from '../work/part';
import { cancelled, openFile } from '../work/readFile';
import { sealTo } from '../work/seal';
import type { Opening, SealJob } from '../work/types';

/** Where a pipe's content comes from and goes to: `-` is standard input or output. */
export interface PipeEnds {
  readonly from: string;
  readonly to: string;
  readonly replace: boolean;
}

type Services = Pick<OpenedServices['services'], 'envelope' | 'journal'>;

/** Seals what comes through a pipe, on this thread; an action of the journal like every other. */
export function sealPipe(
  ends: PipeEnds,
  job: Pick<SealJob, 'format' | 'keys' | 'context' | 'created'>,
  services: Services,
  signal: AbortSignal,
): Promise<ItemResult> {
  const { askKms } = services.envelope;
  return through('envelope.encrypt', ends, services, signal, async (input, write) => {
    const plain = countPassed();
    const keys = await sealTo(write, counted(input, plain), job, { askKms, signal });
    return { format: job.format, plaintextSha256: plain.sha256(), keys: [...keys] };
  });
}

/**
 * Opens what comes through a pipe. To standard output go frames that were proved one by one; only the
 * exit code says that the message was whole.
 */
export function openPipe(
  ends: PipeEnds,
  opening: Opening,
  services: Services,
  signal: AbortSignal,
): Promise<ItemResult> {
  const { askKms } = services.envelope;
  return through('envelope.decrypt', ends, services, signal, async (input, write) => {
    const plain = countPassed();
    const content = await openContent(input, opening, { askKms, signal });
    for await (const piece of counted(content.pieces, plain)) await write(piece);
    return {
      format: content.format,
      plaintextSha256: plain.sha256(),
      keys: [...content.uses()],
    };
  });
}

async function through(
  what: string,
  { from, to, replace }: PipeEnds,
  { envelope, journal }: Services,
  signal: AbortSignal,
  work: (
    input: AsyncIterable<Buffer>,
    write: (piece: Uint8Array) => Promise<void>,
  ) => Promise<Partial<ItemResult>>,
): Promise<ItemResult> {
  const began = performance.now();
  const file = from === '-' ? undefined : await openFile(from);
  const input = file
    ? file.read({ signal, progress: () => {}, gate: () => Promise.resolve() })
    : standardInput(signal);
  const path = to === '-' ? undefined : resolve(to);
  try {
    if (path !== undefined) await envelope.willWriteIn(dirname(path));
    const part =
      path === undefined ? undefined : await openPart({ path, replace, tag: envelope.tag });
    const read = countPassed();
    const written = countPassed();
    try {
      const found = await work(counted(input, read), async (piece) => {
        written.add(piece);
        await (part ? part.write(piece) : standardOutput(piece));
      });
      await part?.commit();
      journal.append({ kind: 'action', what, facts: { from, to }, outcome: 'ok' });
      return {
        source: from,
        name: from,
        state: 'done',
        ...(path !== undefined && { path }),
        bytesIn: read.bytes,
        bytesOut: written.bytes,
        ms: performance.now() - began,
        ...found,
      };
    } finally {
      await part?.abandon();
    }
  } catch (error) {
    const { code } = toErrorInfo(error);
    const outcome = signal.aborted ? 'cancelled' : 'failed';
    journal.append({ kind: 'action', what, facts: { from, to }, outcome, error: code });
    throw error;
  } finally {
    await file?.close();
  }
}

async function* standardInput(signal: AbortSignal): AsyncGenerator<Buffer> {
  const stop = () => process.stdin.destroy(cancelled());
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const piece of process.stdin) yield piece as Buffer;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function standardOutput(piece: Uint8Array): Promise<void> {
  return new Promise((done, fail) => {
    // A copy: a plaintext is zeroed once it was written, and the pipe may be slower.
    process.stdout.write(Buffer.from(piece), (error) => (error ? fail(error) : done()));
  });
}
