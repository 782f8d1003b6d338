import { randomBytes } from 'node:crypto';
import type { Keyring } from './keyring';
import { synchronized } from './synchronize';
import { currentMaterial, type KeyRecord, type Material } from './model';

/** AWS allows so many on-demand rotations in a key's life. */
export const onDemandLimit = 25;

/**
 * Gives a symmetric key its next version: new random material, or the imported material that waits.
 * A multi-Region key rotates in all its Regions with the same material.
 */
export function createRotation(
  ring: Keyring,
  key: KeyRecord,
  rotation: { date: number; type: 'AUTOMATIC' | 'ON_DEMAND' },
): void {
  const waiting = key.materials.find(({ state }) => state === 'PENDING_ROTATION');
  const next = waiting ?? newMaterial(rotation.date);
  for (const copy of ring.related(key)) {
    const older = copy.materials
      .filter(({ id }) => id !== next.id)
      .map((material): Material => ({ ...material, state: 'NON_CURRENT' }));
    // Imported material is each Region's own: it may expire at another time.
    const own = copy.materials.find(({ id }) => id === next.id) ?? next;
    const current: Material = {
      ...own,
      state: 'CURRENT',
      rotationDate: rotation.date,
      rotationType: rotation.type,
    };
    ring.put({ ...copy, materials: [...older, current] });
    ring.happened({
      name: 'RotateKey',
      key: copy,
      at: rotation.date,
      details: {
        rotationType: rotation.type,
        keyOrigin: copy.origin,
        previousKeyMaterialId: currentMaterial(copy)?.id,
        currentKeyMaterialId: current.id,
      },
    });
  }
  synchronized(ring, key, rotation.date);
}

/** A new random 256-bit version. */
export function newMaterial(createdAt: number): Material {
  return {
    id: randomBytes(32).toString('hex'),
    secret: randomBytes(32).toString('base64'),
    state: 'CURRENT',
    createdAt,
  };
}
