import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { canarySchema, type Canary } from '../../shared/model/envelope/canary';
import type { KeyUse } from '../../shared/model/envelope/jobs';
import { AppError, toErrorInfo } from '../../shared/model/errors';
import type { KeyRef } from '../../shared/model/key';
import type { SqlValue, Store } from '../store/types';
import type { AskKms } from './kms/types';
import { readSimple, sha256Of } from './simple/read';
import { openSimple, sealSimple } from './simple/seal';

/** Canaries as drills use them. */
export interface Canaries {
  list(): Canary[];
  /** Throws AppError `not-found`. */
  get(id: string): Canary;
  /** The envelope's file. */
  envelopeOf(id: string): Uint8Array;
  /** Seals random bytes under a key, of which the hash alone is kept. */
  make(key: KeyRef, note: string, signal?: AbortSignal): Promise<Canary>;
  /** Keeps an envelope that somebody made, after it was opened: its hash is that of its content. */
  register(envelope: Uint8Array, note: string, signal?: AbortSignal): Promise<Canary>;
  /**
   * Opens a canary with its key, or with the keys that are named (a replica, a backup account's). What
   * came of it is kept in `last`. Throws AppError where it does not open or has another content.
   */
  open(
    id: string,
    options?: { keys?: readonly KeyRef[] | undefined; signal?: AbortSignal | undefined },
  ): Promise<KeyUse & { readonly bytes: number }>;
  remove(id: string): boolean;
}

/** More is no canary: it is data, and belongs elsewhere. */
export const maxCanaryBytes = 64 * 1024;
const plaintextBytes = 32;
const purpose = { purpose: 'claviger-canary' };

export function openCanaries({
  store,
  askKms,
  now,
}: {
  readonly store: Store;
  readonly askKms: AskKms;
  readonly now: () => Date;
}): Canaries {
  const { db } = store;
  const selectAll = db.prepare(`SELECT ${columns} FROM canary ORDER BY seq DESC`);
  const selectOne = db.prepare(`SELECT ${columns} FROM canary WHERE id = ?`);
  const selectEnvelope = db.prepare('SELECT envelope FROM canary WHERE id = ?');
  const insert = db.prepare(
    `INSERT INTO canary (id, connection, region, key_id, key_arn, key_material_id, plaintext_sha256,
       created, note, origin, envelope) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const setLast = db.prepare('UPDATE canary SET last = ? WHERE id = ?');
  const deleteOne = db.prepare('DELETE FROM canary WHERE id = ?');

  function get(id: string): Canary {
    const row = selectOne.get(id);
    if (row) return canaryOf(row);
    throw new AppError('not-found', 'There is no such canary. It may have been removed.');
  }

  function envelopeOf(id: string): Uint8Array {
    const bytes = selectEnvelope.get(id)?.['envelope'];
    if (bytes instanceof Uint8Array) return bytes;
    throw new AppError('not-found', 'There is no such canary. It may have been removed.');
  }

  function keep(
    envelope: Uint8Array,
    use: KeyUse,
    facts: { key: KeyRef; sha256: string; note: string; origin: Canary['origin'] },
  ): Canary {
    const id = randomUUID();
    const { key, sha256, note, origin } = facts;
    insert.run(
      id,
      key.connection,
      key.region,
      key.keyId,
      use.keyArn,
      use.keyMaterialId ?? null,
      sha256,
      use.at,
      note,
      origin,
      envelope,
    );
    return get(id);
  }

  async function decrypt(
    envelope: Uint8Array,
    keys: readonly KeyRef[] | undefined,
    signal: AbortSignal | undefined,
  ): Promise<{ use: KeyUse; sha256: string; bytes: number }> {
    const read = readSimple(envelope);
    const { plaintext: dataKey, use } = await askKms(
      {
        op: 'open',
        dataKeys: [{ keyArn: read.keyArn, blob: read.dataKey }],
        context: read.context ?? {},
        keys,
      },
      signal,
    );
    if (!dataKey) throw new AppError('bad-response', 'KMS answered without the data key.');
    try {
      const plaintext = openSimple(read, dataKey);
      const found = { use, sha256: sha256Of(plaintext), bytes: plaintext.length };
      plaintext.fill(0);
      return found;
    } finally {
      dataKey.fill(0);
    }
  }

  return {
    list: () => selectAll.all().map(canaryOf),
    get,
    envelopeOf,
    async make(key, note, signal) {
      const plaintext = randomBytes(plaintextBytes);
      const {
        plaintext: dataKey,
        blob,
        use,
      } = await askKms({ op: 'generate', key, context: purpose }, signal);
      if (!dataKey || !blob) throw new AppError('bad-response', 'KMS answered without a data key.');
      try {
        const { keyArn, keyMaterialId } = use;
        const facts = { dataKey: blob, keyArn, keyMaterialId, context: purpose, created: use.at };
        const { parts } = sealSimple(plaintext, dataKey, facts);
        const sha256 = sha256Of(plaintext);
        return keep(Buffer.from(parts.join('')), use, { key, sha256, note, origin: 'made' });
      } finally {
        dataKey.fill(0);
        plaintext.fill(0);
      }
    },
    async register(envelope, note, signal) {
      const { use, sha256 } = await decrypt(envelope, undefined, signal);
      const key = { connection: use.connection, region: use.region, keyId: use.keyArn };
      return keep(envelope, use, { key, sha256, note, origin: 'registered' });
    },
    async open(id, { keys, signal } = {}) {
      const canary = get(id);
      const note = (last: Canary['last']) => void setLast.run(JSON.stringify(last), id);
      try {
        const opened = await decrypt(envelopeOf(id), keys ?? [canary.key], signal);
        if (opened.sha256 !== canary.plaintextSha256) {
          throw new AppError(
            'not-authentic',
            'The canary opens, but to another content than was sealed: its hash is another.',
          );
        }
        const { use, bytes } = opened;
        note({
          at: use.at,
          opened: true,
          ...(use.keyMaterialId !== undefined && { keyMaterialId: use.keyMaterialId }),
          ...(use.requestId !== undefined && { requestId: use.requestId }),
        });
        return { ...use, bytes };
      } catch (error) {
        if (error instanceof AppError && !signal?.aborted) {
          note({ at: now().toISOString(), opened: false, error: toErrorInfo(error) });
        }
        throw error;
      }
    },
    remove: (id) => Number(deleteOne.run(id).changes) > 0,
  };
}

const columns = `id, connection, region, key_id, key_arn, key_material_id, plaintext_sha256, created, note,
  origin, length(envelope) AS bytes, last`;

const rowSchema = z.object({
  id: z.string(),
  connection: z.string(),
  region: z.string(),
  key_id: z.string(),
  key_arn: z.string(),
  key_material_id: z.string().nullable(),
  plaintext_sha256: z.string(),
  created: z.string(),
  note: z.string(),
  origin: canarySchema.shape.origin,
  bytes: z.number(),
  last: z.string().nullable(),
});

function canaryOf(found: Record<string, SqlValue>): Canary {
  const row = rowSchema.parse(found);
  return {
    id: row.id,
    key: { connection: row.connection, region: row.region, keyId: row.key_id },
    keyArn: row.key_arn,
    ...(row.key_material_id !== null && { keyMaterialId: row.key_material_id }),
    plaintextSha256: row.plaintext_sha256,
    created: row.created,
    note: row.note,
    origin: row.origin,
    bytes: row.bytes,
    ...(row.last !== null && { last: canarySchema.shape.last.parse(JSON.parse(row.last)) }),
  };
}
