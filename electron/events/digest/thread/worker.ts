import { parentPort } from 'node:worker_threads';
import { streamed } from '../../../streamed';
import { createEvidenceIndex } from '../evidence/evidenceIndex';
import { folderFiles } from '../folder';
import type { TrailFiles } from '../trailFiles';
import { validateTrail } from '../validate';
import { bothWays } from './bothWays';
import { proofContract, trailContract } from './proofContract';

/** Progress is told so often at most. */
const tellMs = 100;

/** The thread's own side of validateInThread. */
function main(): void {
  if (!parentPort) throw new Error('events-proof runs as a worker thread only');
  const { client } = bothWays(parentPort, trailContract, proofContract, {
    proof: {
      async validate({ folder, where, bucket, range, now }, { signal, progress }) {
        const asked: TrailFiles = {
          where,
          bucket,
          async *list(times, stop) {
            const parts = streamed<string[]>((write) =>
              client.trail.list(times, { signal: stop, onProgress: write }),
            );
            for await (const part of parts) yield* part;
          },
          open: async (key, stop) =>
            (await client.trail.open({ key }, { signal: stop })) ?? undefined,
        };
        const index = createEvidenceIndex();
        let toldAt = 0;
        const report = await validateTrail({
          files: folder === undefined ? asked : folderFiles(folder),
          range,
          publicKeys: (region, times) =>
            client.trail.publicKeys({ region, range: times }, { signal }),
          now: () => now,
          signal,
          progress(done, expected) {
            if (performance.now() - toldAt < tellMs) return;
            toldAt = performance.now();
            progress({ done, expected });
          },
          evidence: index,
        });
        return { report, digests: [...index.digests], keys: [...index.keys.values()] };
      },
    },
  });
}

main();
