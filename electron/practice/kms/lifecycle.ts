import { createRotation } from './rotation';
import { synchronized } from './synchronize';
import type { Keyring } from './keyring';
import type { ImportedMaterial, KeyRecord, Material } from './model';

export const dayMs = 86_400_000;

/** How long KMS takes in the background (Creating, Updating, an on-demand rotation), by the account's clock. */
export const passingMs = 1000;

/** When a key next changes by itself: end of a passing state, deletion, rotation, expiry; Infinity if never. */
export function nextDue(key: KeyRecord): number {
  const times = [
    key.stateEnds,
    key.state === 'PendingDeletion' ? key.deletionDate : undefined,
    onDemandEnds(key),
  ];
  if (key.rotation?.enabled && canRotateNow(key)) times.push(key.rotation.nextDate);
  for (const { imported, state } of key.materials) {
    if (imported?.state === 'IMPORTED' && !state.startsWith('PENDING'))
      times.push(imported.validTo);
  }
  return Math.min(Infinity, ...times.filter((time) => time !== undefined));
}

/**
 * Brings every key up to `now`: what should have happened since it was last looked at happens now,
 * dated by when it was due, oldest first.
 */
export function settle(ring: Keyring, now: number): void {
  while (ring.nextDue <= now) {
    const due = [...ring.all()]
      .map((key) => ({ key, at: nextDue(key) }))
      .filter(({ at }) => at <= now)
      .sort((a, b) => a.at - b.at);
    for (const { key, at } of due) {
      // An earlier event of this round may have changed or removed it.
      if (ring.find(key.region, key.keyId) === key) settleKey(ring, key, at);
    }
    if (due.length === 0) return;
  }
}

function settleKey(ring: Keyring, key: KeyRecord, at: number): void {
  const rotates = onDemandEnds(key);
  if (rotates !== undefined && rotates <= at) {
    rotateOnDemand(ring, key, rotates);
  } else if (key.stateEnds !== undefined && key.stateEnds <= at) {
    const settled: KeyRecord = { ...key, state: 'Enabled', stateEnds: undefined };
    ring.put(settled);
    // A replica has been made, or the primary's role has moved (told once, not by both Regions).
    const isReplica = key.multiRegion && key.multiRegion.primaryRegion !== key.region;
    if (key.state === 'Creating' || !isReplica) synchronized(ring, settled, key.stateEnds);
  } else if (
    key.state === 'PendingDeletion' &&
    key.deletionDate !== undefined &&
    key.deletionDate <= at
  ) {
    deleteKey(ring, key, at);
  } else if (key.rotation?.enabled && canRotateNow(key) && key.rotation.nextDate <= at) {
    rotateAutomatically(ring, key);
  } else {
    expireMaterial(ring, key, at);
  }
}

function rotateOnDemand(ring: Keyring, key: KeyRecord, date: number): void {
  const settled = { ...key, onDemandSince: undefined };
  ring.put(settled);
  // The imported material that waited may have been deleted meanwhile.
  const canRotate =
    key.origin === 'AWS_KMS' || key.materials.some(({ state }) => state === 'PENDING_ROTATION');
  if (canRotate) createRotation(ring, settled, { date, type: 'ON_DEMAND' });
}

function onDemandEnds({ onDemandSince }: KeyRecord): number | undefined {
  return onDemandSince === undefined ? undefined : onDemandSince + passingMs;
}

/** A disabled key keeps its rotation status but does not rotate; a key pending deletion neither. */
function canRotateNow(key: KeyRecord): boolean {
  return key.state === 'Enabled' || key.state === 'Updating';
}

function rotateAutomatically(ring: Keyring, key: KeyRecord): void {
  if (!key.rotation) return;
  const date = key.rotation.nextDate;
  createRotation(ring, key, { date, type: 'AUTOMATIC' });
  const rotated = ring.find(key.region, key.keyId);
  if (rotated?.rotation) {
    const nextDate = date + rotated.rotation.periodDays * dayMs;
    ring.put({ ...rotated, rotation: { ...rotated.rotation, nextDate } });
  }
}

function expireMaterial(ring: Keyring, key: KeyRecord, at: number): void {
  const materials = key.materials.map((material) =>
    material.imported?.validTo !== undefined && material.imported.validTo <= at
      ? withoutSecret(material, material.imported)
      : material,
  );
  const state = key.state === 'PendingDeletion' ? key.state : 'PendingImport';
  ring.put({ ...key, materials, state });
  for (const { id, imported } of key.materials) {
    if (imported?.validTo !== undefined && imported.validTo <= at) {
      const details = { keyMaterialId: id };
      ring.happened({ name: 'DeleteExpiredKeyMaterial', key, at, details });
    }
  }
}

/** Imported material whose bytes are gone; its id stays, so that the same bytes can come back. */
export function withoutSecret(material: Material, imported: ImportedMaterial): Material {
  return {
    ...material,
    secret: '',
    imported: { ...imported, state: 'PENDING_IMPORT', validTo: undefined },
  };
}

/** Deletes a key; a multi-Region primary that waited for its last replica begins its own window. */
export function deleteKey(ring: Keyring, key: KeyRecord, at: number): void {
  ring.remove(key);
  ring.happened({ name: 'DeleteKey', key, at });
  const [last, ...others] = ring.related(key);
  if (last && others.length === 0 && last.state === 'PendingReplicaDeletion') {
    ring.put({
      ...last,
      state: 'PendingDeletion',
      deletionDate: at + (last.pendingWindowDays ?? 30) * dayMs,
      pendingWindowDays: undefined,
    });
  }
}
