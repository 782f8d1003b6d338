import { createHash } from 'node:crypto';
import { AwsError } from '../protocol/awsError';
import type { KmsContext } from './context';
import { keyArn, type ImportedMaterial, type KeyRecord, type Material } from './model';
import { withoutSecret } from './lifecycle';
import { publicKeyOf } from './crypto/keyPairs';
import { specOf } from './specs';
import { lacksMaterial } from './operations/keyDeletion';

interface ImportWish {
  readonly type: string | undefined;
  readonly expectedId: string | undefined;
}

/**
 * Puts imported bytes into a key: its first material, a version that it had before, or (symmetric keys)
 * a new version that waits for RotateKeyOnDemand. Gives the material's id.
 * @throws AwsError IncorrectKeyMaterialException, KMSInvalidStateException, UnsupportedOperationException
 */
export function withImported(
  context: KmsContext,
  key: KeyRecord,
  secret: Buffer,
  imported: ImportedMaterial,
  wish: ImportWish,
): string {
  const id = idOf(key, secret);
  if (wish.expectedId !== undefined && wish.expectedId !== id) throw wrongMaterial();
  const known = key.materials.find((material) => material.id === id);
  const bytes = secret.toString('base64');
  if (known) {
    const description = imported.description ?? known.imported?.description;
    const back = { ...known, secret: bytes, imported: { ...imported, description } };
    store(
      context,
      key,
      key.materials.map((one) => (one === known ? back : one)),
    );
  } else if (key.materials.length === 0) {
    if (wish.type === 'EXISTING_KEY_MATERIAL') throw wrongMaterial();
    const first: Material = {
      id,
      secret: bytes,
      state: 'CURRENT',
      createdAt: context.now,
      imported,
      publicKey: publicHalf(key, secret),
    };
    store(context, key, [first]);
  } else {
    if (wish.type !== 'NEW_KEY_MATERIAL') throw wrongMaterial();
    const next = nextVersion(context, key, id, bytes, imported);
    announce(context, key, next);
    store(context, key, [...key.materials, next]);
  }
  return id;
}

/** Of an asymmetric key; other keys have none. */
function publicHalf(key: KeyRecord, secret: Buffer): string | undefined {
  const { family } = specOf(key);
  if (family === 'symmetric' || family === 'hmac') return undefined;
  return publicKeyOf(key.keySpec, secret).toString('base64');
}

/** KMS's ids come from the key and the material: the same bytes have the same id when they come back. */
function idOf(key: KeyRecord, secret: Buffer): string {
  return createHash('sha256').update(key.keyId).update(secret).digest('hex');
}

function nextVersion(
  context: KmsContext,
  key: KeyRecord,
  id: string,
  secret: string,
  imported: ImportedMaterial,
): Material {
  // New material of a multi-Region key begins in the primary Region (API reference, ImportKeyMaterial).
  const isReplica = key.multiRegion && key.multiRegion.primaryRegion !== key.region;
  if (key.keySpec !== 'SYMMETRIC_DEFAULT' || isReplica) {
    throw new AwsError('UnsupportedOperationException');
  }
  const waiting = key.materials.find(({ state }) => state.startsWith('PENDING'));
  if (waiting) {
    throw new AwsError(
      'KMSInvalidStateException',
      `New key material (id: ${id}) cannot be imported into KMS key ${keyArn(key)}, because another key material (id: ${waiting.id}) is pending rotation.`,
    );
  }
  const alone = context.ring.related(key).length === 1;
  return {
    id,
    secret,
    state: alone ? 'PENDING_ROTATION' : 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION',
    createdAt: context.now,
    imported,
  };
}

/** The other Regions of a multi-Region key wait for the same bytes. */
function announce(context: KmsContext, key: KeyRecord, next: Material): void {
  if (!next.imported) return;
  const awaited = withoutSecret(next, next.imported);
  for (const copy of context.ring.related(key)) {
    if (copy.region !== key.region) {
      context.ring.put({ ...copy, materials: [...copy.materials, awaited] });
    }
  }
}

function store(context: KmsContext, key: KeyRecord, materials: readonly Material[]): void {
  const filled = { ...key, materials };
  const complete = key.state === 'PendingImport' && !lacksMaterial(filled);
  context.ring.put(complete ? { ...filled, state: 'Enabled' } : filled);
  readyEverywhere(context, key, materials);
}

/** New material of a multi-Region key can be rotated to once every Region has it. */
function readyEverywhere(
  context: KmsContext,
  key: KeyRecord,
  materials: readonly Material[],
): void {
  const waiting = materials.find(
    ({ state }) => state === 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION',
  );
  const copies = context.ring.related(key);
  const has = (copy: KeyRecord) =>
    copy.materials.some(({ id, secret }) => id === waiting?.id && secret !== '');
  if (!waiting || !copies.every(has)) return;
  for (const copy of copies) {
    const ready = copy.materials.map((one): Material =>
      one.id === waiting.id ? { ...one, state: 'PENDING_ROTATION' } : one,
    );
    context.ring.put({ ...copy, materials: ready });
  }
}

function wrongMaterial(): AwsError {
  return new AwsError('IncorrectKeyMaterialException');
}
