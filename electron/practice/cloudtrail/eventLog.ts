import type { Archive } from './archive';
import type { TrailEvent } from './event';

/** Where an event stands in the order in which CloudTrail lists them: newest first. */
export interface Position {
  /** Milliseconds since 1970, to the second. */
  readonly at: number;
  readonly id: string;
}

export interface LoggedEvent {
  readonly seq: number;
  readonly at: number;
  readonly json: string;
}

/** The events that the account recorded, the newest of them. */
export interface EventLog {
  /** Takes an event in; it is stored with the others of this turn of the loop. */
  add(event: TrailEvent): void;
  /** Settles once everything that was taken in is stored: then a call may be answered. */
  stored(): Promise<void>;
  /** Stores at once what is still in memory. */
  flush(): void;
  /** Newest first, before `before`, within the times; `name` alone, if given. */
  newest(query: LogQuery): Iterable<LoggedEvent>;
  /** In the order of recording, after `seq`. */
  after(account: string, region: string, seq: number, limit: number): LoggedEvent[];
  /** The number of the newest event that was recorded. */
  lastSeq(): number;
  /** Where the account has events. */
  regions(account: string): string[];
  /** The calls of KMS in a time, to be counted. */
  kmsCalls(query: Omit<LogQuery, 'before' | 'name'>): Iterable<KmsCall>;
  /** Drops what is not stored yet. */
  forget(): void;
}

/** As much of a call as counting needs. */
export interface KmsCall {
  readonly at: number;
  readonly name: string;
  /** The first key that it concerned. */
  readonly keyArn: string | undefined;
  readonly failed: boolean;
}

export interface LogQuery {
  readonly account: string;
  readonly region: string;
  readonly from: number;
  readonly to: number;
  readonly before?: Position | undefined;
  readonly name?: string | undefined;
}

const pageSize = 200;

/** @param keep how many events at most; the oldest go first */
export function openEventLog({ db, transaction }: Archive, keep: number): EventLog {
  const insert = db.prepare(
    'INSERT INTO event (account, region, at, id, name, json) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const trim = db.prepare('DELETE FROM event WHERE seq <= (SELECT MAX(seq) FROM event) - ?');
  const last = db.prepare('SELECT MAX(seq) AS seq FROM event');
  const regions = db.prepare('SELECT DISTINCT region FROM event WHERE account = ?');
  const after = db.prepare(
    'SELECT seq, at, json FROM event WHERE account = ? AND region = ? AND seq > ? ORDER BY seq LIMIT ?',
  );
  const range = `account = ? AND region = ? AND at >= ? AND (at, id) < (?, ?)`;
  const newest = db.prepare(
    `SELECT seq, at, id, json FROM event WHERE ${range} ORDER BY at DESC, id DESC LIMIT ${pageSize}`,
  );
  const newestNamed = db.prepare(
    `SELECT seq, at, id, json FROM event INDEXED BY event_name WHERE ${range} AND name = ? ORDER BY at DESC, id DESC LIMIT ${pageSize}`,
  );
  const kmsCalls = db.prepare(
    `SELECT at, name, json_extract(json, '$.resources[0].ARN') AS arn, json_extract(json, '$.errorCode') AS error
     FROM event WHERE account = ? AND region = ? AND at >= ? AND at < ?
     AND json_extract(json, '$.eventSource') = 'kms.amazonaws.com'`,
  );
  let waiting: TrailEvent[] = [];
  let turn: NodeJS.Immediate | undefined;
  let settled: Promise<void> = Promise.resolve();
  let sinceTrim = 0;
  const flush = () => {
    if (waiting.length === 0) return;
    const batch = waiting;
    waiting = [];
    transaction(() => {
      for (const event of batch) {
        insert.run(
          event.recipientAccountId,
          event.awsRegion,
          Date.parse(event.eventTime),
          event.eventID,
          event.eventName,
          JSON.stringify(event),
        );
      }
      sinceTrim += batch.length;
      if (sinceTrim > keep / 20) {
        trim.run(keep);
        sinceTrim = 0;
      }
    });
  };
  return {
    add(event) {
      waiting.push(event);
      if (turn) return;
      settled = new Promise((settle, fail) => {
        // Calls that are answered in one turn share a transaction.
        turn = setImmediate(() => {
          turn = undefined;
          try {
            flush();
            settle();
          } catch (error) {
            fail(error);
          }
        });
      });
      // Whoever waits is told; where nobody does, as for what AWS does by itself, it is no one's failure.
      settled.catch(() => {});
    },
    stored: () => settled,
    flush,
    *newest({ account, region, from, to, before, name }) {
      flush();
      let bound: [number, string] = before && before.at <= to ? [before.at, before.id] : [to, '~'];
      for (;;) {
        // Page by page: nobody else may use a statement while its rows are read.
        const values = [account, region, from, ...bound];
        const rows = (
          name === undefined ? newest.all(...values) : newestNamed.all(...values, name)
        ).map(({ seq, at, id, json }) => ({
          seq: Number(seq),
          at: Number(at),
          id: String(id),
          json: String(json),
        }));
        yield* rows;
        const last = rows.at(-1);
        if (!last || rows.length < pageSize) return;
        bound = [last.at, last.id];
      }
    },
    after(account, region, seq, limit) {
      flush();
      return after
        .all(account, region, seq, limit)
        .map((row) => ({ seq: Number(row.seq), at: Number(row.at), json: String(row.json) }));
    },
    lastSeq() {
      flush();
      return Number(last.get()?.seq ?? 0);
    },
    regions: (account) => regions.all(account).map(({ region }) => String(region)),
    kmsCalls({ account, region, from, to }) {
      flush();
      return kmsCalls.all(account, region, from, to).map(({ at, name, arn, error }) => ({
        at: Number(at),
        name: String(name),
        keyArn: typeof arn === 'string' ? arn : undefined,
        failed: error !== null,
      }));
    },
    forget() {
      waiting = [];
    },
  };
}
