import { createHash, randomUUID } from 'node:crypto';
import { AppError } from '../../../shared/model/errors';
import {
  attestationSchema,
  careSchema,
  historyEntrySchema,
  type Attestation,
  type Care,
  type HistoryEntry,
  type Target,
} from '../../../shared/model/readiness/people';
import type { Store } from '../../store/types';

/** What people have recorded of checks and things: care, attestations, and the history of both. */
export interface PeopleStore {
  care(target: Target): Care;
  /** By check and subject; the subject '' is the whole check. */
  allCare(check: string): ReadonlyMap<string, Care>;
  /** Sets the care of a target and notes what was done; empty care is none. */
  setCare(target: Target, care: Care, kind: HistoryEntry['kind'], what: string): void;
  attestations(check?: string): Attestation[];
  attest(
    attestation: Omit<Attestation, 'id' | 'at' | 'recordedBy' | 'attachment' | 'withdrawn'>,
    file: { readonly name: string; readonly bytes: Uint8Array } | undefined,
  ): Attestation;
  /** Throws AppError `not-found`, `conflict` where it was withdrawn before. */
  withdraw(id: string, reason: string): Attestation;
  /** Throws AppError `not-found`, and `store-corrupt` where the file is not the one that was hashed. */
  attachment(id: string): { name: string; bytes: Uint8Array };
  history(target: Target, limit: number): HistoryEntry[];
}

export function openPeople(
  store: Store,
  { now, operator }: { now: () => Date; operator: string },
): PeopleStore {
  const { db } = store;
  const selectCare = db.prepare(
    'SELECT body FROM readiness_care WHERE check_id = ? AND subject = ?',
  );
  const selectAllCare = db.prepare('SELECT subject, body FROM readiness_care WHERE check_id = ?');
  const upsertCare = db.prepare(
    'INSERT OR REPLACE INTO readiness_care (check_id, subject, body) VALUES (?, ?, ?)',
  );
  const deleteCare = db.prepare('DELETE FROM readiness_care WHERE check_id = ? AND subject = ?');
  const insertHistory = db.prepare(
    'INSERT INTO readiness_history (at, operator, kind, check_id, subject, what) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const selectHistory = db.prepare(
    `SELECT at, operator, kind, check_id, subject, what FROM readiness_history
     WHERE check_id = ? AND (subject = ? OR ?) ORDER BY id DESC LIMIT ?`,
  );
  const insertAttestation = db.prepare(
    'INSERT INTO readiness_attestation (id, check_id, body, file) VALUES (?, ?, ?, ?)',
  );
  const updateAttestation = db.prepare('UPDATE readiness_attestation SET body = ? WHERE id = ?');
  const selectAttestations = db.prepare(
    'SELECT body FROM readiness_attestation WHERE check_id = ? OR ? ORDER BY seq DESC',
  );
  const selectAttestation = db.prepare('SELECT body, file FROM readiness_attestation WHERE id = ?');

  function note({ check, subject }: Target, kind: HistoryEntry['kind'], what: string): void {
    insertHistory.run(now().toISOString(), operator, kind, check, subject ?? '', what);
  }

  function find(id: string): { attestation: Attestation; file: unknown } {
    const row = selectAttestation.get(id);
    const attestation = row && readAttestation(row['body']);
    if (!row || !attestation) {
      throw new AppError('not-found', 'There is no such attestation.');
    }
    return { attestation, file: row['file'] };
  }

  return {
    care: ({ check, subject = '' }) => readCare(selectCare.get(check, subject)?.['body']),
    allCare: (check) =>
      new Map(
        selectAllCare.all(check).map(({ subject, body }) => [String(subject), readCare(body)]),
      ),
    setCare: (target, care, kind, what) =>
      store.transaction(() => {
        const { check, subject = '' } = target;
        const given = Object.values(care).some((value) => value !== undefined);
        if (given) upsertCare.run(check, subject, JSON.stringify(care));
        else deleteCare.run(check, subject);
        note(target, kind, what);
      }),
    attestations: (check) =>
      selectAttestations
        .all(check ?? '', check === undefined ? 1 : 0)
        .flatMap(({ body }) => readAttestation(body) ?? []),
    attest: (given, file) =>
      store.transaction(() => {
        const attestation: Attestation = {
          ...given,
          id: randomUUID(),
          at: now().toISOString(),
          recordedBy: operator,
          ...(file && {
            attachment: {
              name: file.name,
              bytes: file.bytes.length,
              sha256: sha256Of(file.bytes),
            },
          }),
        };
        const { id, check, by, expires, attachment } = attestation;
        insertAttestation.run(id, check, JSON.stringify(attestation), file?.bytes ?? null);
        const paper = attachment ? `, with ${attachment.name}` : '';
        note({ check }, 'attested', `${by} attests until ${expires}${paper}.`);
        return attestation;
      }),
    withdraw: (id, reason) =>
      store.transaction(() => {
        const { attestation } = find(id);
        if (attestation.withdrawn) {
          throw new AppError('conflict', 'This attestation was withdrawn before.');
        }
        const withdrawn = { ...attestation, withdrawn: { at: now().toISOString(), reason } };
        updateAttestation.run(JSON.stringify(withdrawn), id);
        const { check, by } = attestation;
        note({ check }, 'withdrawn', `The attestation of ${by} was withdrawn: ${reason}`);
        return withdrawn;
      }),
    attachment(id) {
      const { attestation, file } = find(id);
      const { attachment } = attestation;
      if (!attachment || !(file instanceof Uint8Array)) {
        throw new AppError('not-found', 'No file was given with this attestation.');
      }
      if (sha256Of(file) !== attachment.sha256) {
        throw new AppError(
          'store-corrupt',
          `The stored file ${attachment.name} is not the one that was given: its hash is another.`,
        );
      }
      return { name: attachment.name, bytes: file };
    },
    history: ({ check, subject }, limit) =>
      selectHistory
        .all(check, subject ?? '', subject === undefined ? 1 : 0, limit)
        .flatMap((row) => readEntry(row) ?? []),
  };
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function readCare(body: unknown): Care {
  return careSchema.safeParse(parse(body)).data ?? {};
}

function readAttestation(body: unknown): Attestation | undefined {
  return attestationSchema.safeParse(parse(body)).data;
}

function readEntry(row: Record<string, unknown>): HistoryEntry | undefined {
  const { at, operator, kind, check_id: check, subject, what } = row;
  return historyEntrySchema.safeParse({
    at,
    operator,
    kind,
    check,
    what,
    ...(subject !== '' && { subject }),
  }).data;
}

function parse(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
