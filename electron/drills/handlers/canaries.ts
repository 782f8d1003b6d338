import type { Canary } from '../../../shared/model/envelope/canary';
import { AppError } from '../../../shared/model/errors';
import { keyRefString, type KeyRef } from '../../../shared/model/key';
import { currentMaterial, isOfKey } from '../canaries';
import type { DrillHandlers, Shared } from './index';

type CanaryHandlers = Pick<DrillHandlers, 'canaryMaterials' | 'makeCanaries' | 'exportCanaries'>;

/** Canaries over many keys: made after a rotation, judged by their material, exported together. */
export function canaryHandlers({ canaries, neighbours, now, saveFile }: Shared): CanaryHandlers {
  const { gateway } = neighbours;
  return {
    async canaryMaterials(_input, { signal }) {
      const current = new Map<string, Promise<string | undefined>>();
      const ask = (key: KeyRef) => {
        const id = keyRefString(key);
        const asked =
          current.get(id) ??
          currentMaterial(gateway, key, signal).catch((error: unknown) => {
            if (error instanceof AppError && error.code !== 'cancelled') return undefined;
            throw error;
          });
        current.set(id, asked);
        return asked;
      };
      return Promise.all(
        canaries.list().map(async ({ id, key, keyMaterialId }) => {
          const now = await ask(key);
          const known = now !== undefined && keyMaterialId !== undefined;
          return {
            id,
            material: known ? (now === keyMaterialId ? 'current' : 'older') : 'unknown',
          };
        }),
      );
    },
    async makeCanaries({ keys, always, note }, { signal, progress }) {
      const made: Canary[] = [];
      const problems: { key: KeyRef; message: string }[] = [];
      for (const [done, key] of keys.entries()) {
        progress({ done, expected: keys.length });
        try {
          const newest = canaries.list().find((canary) => isOfKey(canary, key));
          const isFresh =
            newest !== undefined &&
            !always &&
            newest.keyMaterialId === (await currentMaterial(gateway, key, signal));
          if (!isFresh) made.push(await canaries.make(key, note, signal));
        } catch (error) {
          if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
          problems.push({ key, message: error.message });
        }
      }
      progress({ done: keys.length, expected: keys.length });
      return { made, problems };
    },
    async exportCanaries() {
      const all = canaries.list();
      const entries = all.map(({ last: _last, bytes: _bytes, ...facts }) => ({
        ...facts,
        envelope: JSON.parse(Buffer.from(canaries.envelopeOf(facts.id)).toString()) as unknown,
      }));
      const text = JSON.stringify({ format: 'claviger-canaries/1', canaries: entries }, null, 2);
      const file = await saveFile({
        suggestedName: `canaries-${now().toISOString().slice(0, 10)}.json`,
        content: [`${text}\n`],
      });
      return file === null ? null : { file, canaries: all.length };
    },
  };
}
