import { z } from 'zod';
import type { Change, TrendPoint } from '../../../shared/model/readiness/state';
import { changeSchema, trendPointSchema } from '../../../shared/model/readiness/state';
import type { HistoryEntry } from '../../../shared/model/readiness/people';
import { verdictValues, verdictWords, type VerdictValue } from '../../../shared/model/verdict';
import type { Store } from '../../store/types';

/** Values by subject. */
export type Verdicts = ReadonlyMap<string, { readonly name: string; readonly value: VerdictValue }>;

/** The last verdict of every thing, what changed and when, and how it went over time. */
export interface VerdictStore {
  /** Puts a check's verdicts in place of the last ones, and notes what is otherwise. */
  replace(check: string, verdicts: Verdicts, at: string): void;
  changesSince(at: string, limit: number): { changes: Change[]; inAll: number };
  history(check: string, subject: string | undefined, limit: number): HistoryEntry[];
  /** Adds a point, where it is otherwise than the last. */
  addPoint(point: TrendPoint): void;
  trend(limit: number): TrendPoint[];
}

const storedSchema = z.record(z.string(), z.tuple([z.enum(verdictValues), z.string()]));

export function openVerdicts({ db }: Store): VerdictStore {
  const select = db.prepare('SELECT body FROM readiness_verdicts WHERE check_id = ?');
  const upsert = db.prepare(
    `INSERT INTO readiness_verdicts (check_id, body) VALUES (?, ?)
     ON CONFLICT (check_id) DO UPDATE SET body = excluded.body`,
  );
  const insertChange = db.prepare(
    'INSERT INTO readiness_change (at, check_id, subject, name, was, became) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const columns = 'SELECT at, check_id, subject, name, was, became FROM readiness_change';
  const selectSince = db.prepare(`${columns} WHERE at >= ? ORDER BY id DESC LIMIT ?`);
  const countSince = db.prepare('SELECT COUNT(*) AS n FROM readiness_change WHERE at >= ?');
  const selectOfCheck = db.prepare(`${columns} WHERE check_id = ? ORDER BY id DESC LIMIT ?`);
  const selectOfThing = db.prepare(
    `${columns} WHERE check_id = ? AND subject = ? ORDER BY id DESC LIMIT ?`,
  );
  const insertPoint = db.prepare('INSERT INTO readiness_evaluation (at, point) VALUES (?, ?)');
  const selectPoints = db.prepare(
    'SELECT point FROM readiness_evaluation ORDER BY id DESC LIMIT ?',
  );

  return {
    replace(check, verdicts, at) {
      const entries = [...verdicts].map(([id, { name, value }]) => [id, [value, name]] as const);
      const body = JSON.stringify(Object.fromEntries(entries));
      const stored = select.get(check)?.['body'];
      if (stored === body) return;
      upsert.run(check, body);
      // The first time there is nothing that it could be compared with.
      const before = stored === undefined ? undefined : storedSchema.safeParse(parse(stored)).data;
      if (!before) return;
      for (const [subject, { name, value }] of verdicts) {
        const was = Object.hasOwn(before, subject) ? before[subject]?.[0] : undefined;
        if (was !== value) insertChange.run(at, check, subject, name, was ?? null, value);
      }
      for (const [subject, [was, name]] of Object.entries(before)) {
        if (!verdicts.has(subject)) insertChange.run(at, check, subject, name, was, null);
      }
    },
    changesSince: (at, limit) => ({
      changes: selectSince.all(at, limit).flatMap((row) => readChange(row) ?? []),
      inAll: Number(countSince.get(at)?.['n'] ?? 0),
    }),
    history(check, subject, limit) {
      const rows =
        subject === undefined
          ? selectOfCheck.all(check, limit)
          : selectOfThing.all(check, subject, limit);
      return rows.flatMap((row) => readChange(row) ?? []).map(entryOf);
    },
    addPoint(point) {
      const last = readPoint(selectPoints.get(1));
      const same = (a: TrendPoint, b: TrendPoint) =>
        JSON.stringify([a.counts, a.groups]) === JSON.stringify([b.counts, b.groups]);
      // A day that is like the one before is a point too, so that a line has no holes.
      if (last && same(last, point) && last.at.slice(0, 10) === point.at.slice(0, 10)) return;
      insertPoint.run(point.at, JSON.stringify(point));
    },
    trend: (limit) =>
      selectPoints
        .all(limit)
        .flatMap((row) => readPoint(row) ?? [])
        .toReversed(),
  };
}

function readChange(row: Record<string, unknown>): Change | undefined {
  const { at, check_id: check, subject, name, was, became } = row;
  return changeSchema.safeParse({
    at,
    check,
    subject,
    name,
    ...(was !== null && { from: was }),
    ...(became !== null && { to: became }),
  }).data;
}

function readPoint(row: Record<string, unknown> | undefined): TrendPoint | undefined {
  return row && trendPointSchema.safeParse(parse(row['point'])).data;
}

function entryOf({ at, check, subject, name, from, to }: Change): HistoryEntry {
  const word = (value: VerdictValue | undefined, none: string) =>
    value === undefined ? none : verdictWords[value];
  return {
    at,
    kind: 'verdict',
    check,
    subject,
    what: `${name}: ${word(from, 'New')} to ${word(to, 'Gone')}.`,
  };
}

function parse(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
