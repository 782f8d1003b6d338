import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { z } from 'zod';
import type { Store } from '../../store/types';

/** What was read for the checklist alone, as it was read; and when each source was last read. */
export interface SourceStore {
  write(source: string, evidence: unknown): void;
  /** Undefined where it was never read, or by a version that kept it otherwise. */
  read<T>(source: string, schema: z.ZodType<T>): T | undefined;
  /** A reading has ended: so, or with the sentence that says why nothing was read. */
  ended(source: string, at: string, problem: string | undefined): void;
  all(): { source: string; readAt: string; problem?: string | undefined }[];
}

export function openSourceStore({ db }: Store): SourceStore {
  const upsertBody = db.prepare(
    `INSERT INTO readiness_source (source, read_at, body) VALUES (?, '', ?)
     ON CONFLICT (source) DO UPDATE SET body = excluded.body`,
  );
  const upsertEnd = db.prepare(
    `INSERT INTO readiness_source (source, read_at, problem) VALUES (?, ?, ?)
     ON CONFLICT (source) DO UPDATE SET read_at = excluded.read_at, problem = excluded.problem`,
  );
  const select = db.prepare('SELECT body FROM readiness_source WHERE source = ?');
  const selectAll = db.prepare('SELECT source, read_at, problem FROM readiness_source');
  return {
    write: (source, evidence) =>
      void upsertBody.run(source, deflateRawSync(JSON.stringify(evidence))),
    read(source, schema) {
      const body = select.get(source)?.['body'];
      if (!(body instanceof Uint8Array)) return undefined;
      try {
        return schema.safeParse(JSON.parse(inflateRawSync(body).toString('utf8'))).data;
      } catch {
        return undefined;
      }
    },
    ended: (source, at, problem) => void upsertEnd.run(source, at, problem ?? null),
    all: () =>
      selectAll.all().map(({ source, read_at: readAt, problem }) => ({
        source: String(source),
        readAt: String(readAt),
        ...(typeof problem === 'string' && { problem }),
      })),
  };
}
