import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { FeatureHandlers } from '../../shared/contract/define';
import type { envelope as envelopeContract } from '../../shared/contract/envelope';
import { contextProblems, contextTemplateSchema } from '../../shared/model/envelope/context';
import type { EncryptionContext } from '../../shared/model/envelope/context';
import { measureResultSchema } from '../../shared/model/envelope/measure';
import { AppError } from '../../shared/model/errors';
import type { AwsGateway, Connections } from '../aws/types';
import type { ValueStore } from '../settings/index';
import type { Store } from '../store/types';
import { runBatch } from './batch';
import { maxCanaryBytes, openCanaries, type Canaries } from './canaries';
import { createAskKms } from './kms/askKms';
import type { AskKms } from './kms/types';
import { openLeftovers } from './leftovers';
import { planOpening, planRekeying, planSealing, type Planned } from './plan';
import { proofOf } from './prove';
import { openSources } from './sources';
import { openWorkers } from './threads';

export { openCanaries, type Canaries } from './canaries';
export { createAskKms } from './kms/askKms';
export type { AskKms } from './kms/types';
export { readSimple } from './simple/read';
export { openSimple, sealSimple } from './simple/seal';

export interface EnvelopeOptions {
  readonly dataDir: string;
  readonly store: Store;
  readonly values: ValueStore;
  readonly gateway: AwsGateway;
  readonly connections: Connections;
  readonly now: () => Date;
  readonly pickPaths: (what: 'files' | 'folder') => Promise<string[]>;
  /** Asks where to write and writes; null where nobody picked a file. */
  readonly saveFile: (file: {
    suggestedName: string;
    content: Iterable<string | Uint8Array>;
  }) => Promise<string | null>;
  readonly onDefect: (error: unknown) => void;
}

export interface Envelope {
  readonly handlers: FeatureHandlers<typeof envelopeContract>;
  readonly canaries: Canaries;
  /** For the command line, which also seals and opens what comes through pipes. */
  readonly askKms: AskKms;
  /** See Leftovers. */
  readonly tag: string;
  willWriteIn(folder: string): Promise<void>;
  close(): Promise<void>;
}

const templatesName = 'envelope.templates';
const lastMeasureName = 'envelope.lastMeasure';

/** Envelope encryption: files and folders sealed and opened with data keys of KMS. */
export function createEnvelope(options: EnvelopeOptions): Envelope {
  const { store, values, gateway, connections, now, onDefect } = options;
  const askKms = createAskKms({ gateway, connections });
  const workers = openWorkers(askKms, onDefect);
  const leftovers = openLeftovers(join(options.dataDir, 'envelope-parts'));
  const sources = openSources();
  const canaries = openCanaries({ store, askKms, now });
  const batches = new Map<string, (paused: boolean) => void>();
  const running = new Set<Promise<unknown>>();
  const closing = new AbortController();

  const planParts = async (keys: readonly { connection: string }[] = []) => {
    // The account's own clock where there is one: the practice account's can be moved.
    const [key] = keys;
    const at = key ? await connections.now(key.connection) : now();
    return { sources, tag: leftovers.tag, created: at.toISOString() };
  };

  async function run(
    input: { batch: string; concurrency?: number | undefined },
    planned: readonly Planned[],
    { signal, progress }: Pick<Parameters<typeof runBatch>[2], 'signal' | 'progress'>,
  ) {
    if (batches.has(input.batch)) {
      throw new AppError('conflict', 'A batch of this name is running already.');
    }
    const work = runBatch(planned, input.concurrency, {
      workers,
      leftovers,
      signal: AbortSignal.any([signal, closing.signal]),
      progress,
      onDefect,
      onStart: (setPaused) => batches.set(input.batch, setPaused),
    });
    running.add(work);
    try {
      return await work;
    } finally {
      running.delete(work);
      batches.delete(input.batch);
    }
  }

  const handlers: Envelope['handlers'] = {
    async pick({ what }) {
      return sources.add(await options.pickPaths(what));
    },
    addFiles: (_input, { files = [] }) => sources.add(files),
    async encrypt(input, context) {
      refuseContext(input.context ?? {});
      return run(input, await planSealing(input, await planParts(input.keys)), context);
    },
    async decrypt(input, context) {
      return run(input, planOpening(input, await planParts(input.keys)), context);
    },
    async rekey(input, context) {
      refuseContext(input.toContext ?? {});
      return run(input, planRekeying(input, await planParts(input.to)), context);
    },
    pause({ batch, paused }) {
      const setPaused = batches.get(batch);
      setPaused?.(paused);
      return { found: setPaused !== undefined };
    },
    async inspect({ source }, { signal }) {
      const { inspectEnvelope } = await import('./inspect');
      return inspectEnvelope(sources.get(source).path, signal);
    },
    async prove({ source, expectedSha256, keys, context }, { signal, progress }) {
      const { path, bytes } = sources.get(source);
      let done = 0;
      const opened = await workers.run(
        { kind: 'open', path, keys, context, unpack: false },
        {
          signal,
          progress(read) {
            done += read;
            progress({ done, expected: bytes });
          },
        },
      );
      return proofOf(path, opened, expectedSha256, gateway, signal);
    },
    templates: () => templatesSchema.parse(values.readValue(templatesName)),
    setTemplates(templates) {
      const names = new Set(templates.map(({ name }) => name));
      if (names.size < templates.length) {
        throw new AppError('bad-request', 'Two templates have the same name.');
      }
      values.writeValue(templatesName, templates);
      return templates;
    },
    async measure(input, { signal, progress }) {
      const { measureWays } = await import('./measure');
      const at = () => connections.now(input.key.connection);
      const result = await measureWays(input, { gateway, askKms, now: at, signal, progress });
      values.writeValue(lastMeasureName, result);
      return result;
    },
    lastMeasure: () =>
      measureResultSchema.safeParse(values.readValue(lastMeasureName)).data ?? null,
    canaries: () => canaries.list(),
    makeCanary: ({ key, note }, { signal }) => canaries.make(key, note, signal),
    async registerCanary({ source, note }, { signal }) {
      const { path } = sources.get(source);
      if ((await stat(path)).size > maxCanaryBytes) {
        throw new AppError(
          'bad-request',
          `A canary is a simple envelope of at most ${maxCanaryBytes / 1024} KiB.`,
        );
      }
      return canaries.register(await readFile(path), note, signal);
    },
    async proveCanary({ id }, { signal }) {
      const use = await canaries.open(id, { signal });
      const canary = canaries.get(id);
      const { bytes, ...key } = use;
      const opened = {
        format: 'simple' as const,
        bytesIn: canary.bytes,
        bytesOut: bytes,
        plaintextSha256: canary.plaintextSha256,
        plaintextBytes: bytes,
        envelopeSha256: '',
        keys: [key],
      };
      const proof = await proofOf('', opened, canary.plaintextSha256, gateway, signal);
      return { canary, proof };
    },
    async exportCanary({ id }) {
      const { created } = canaries.get(id);
      const file = await options.saveFile({
        suggestedName: `canary-${created.slice(0, 10)}.envelope.json`,
        content: [canaries.envelopeOf(id)],
      });
      return file === null ? null : { file };
    },
    removeCanary: ({ id }) => ({ removed: canaries.remove(id) }),
  };
  return {
    handlers,
    canaries,
    askKms,
    tag: leftovers.tag,
    willWriteIn: (folder) => leftovers.willWriteIn(folder),
    async close() {
      // A batch that is given up clears the disk first.
      closing.abort();
      await Promise.allSettled(running);
      await workers.close();
      await leftovers.close();
    },
  };
}

/** What is stored and no longer fits counts as nothing. */
const templatesSchema = z.array(contextTemplateSchema).catch([]);

function refuseContext(context: EncryptionContext): void {
  const [problem] = contextProblems(context);
  if (problem !== undefined) throw new AppError('bad-request', problem);
}
