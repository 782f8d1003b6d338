import { createHash } from 'node:crypto';
import type { PastReading, PastSubject } from '../../shared/model/events/watch/past';
import type { Store } from '../store/types';
import type { StoredKey } from './liveRow';

/** What readings of the inventory told of policies, grantees and aliases, as long as it stayed the same. */
export interface KeyPast {
  /** Keeps what a reading told of a key. To be called within a transaction. */
  keep(key: StoredKey): void;
  /** All readings of these, in no order. */
  of(subjects: readonly PastSubject[]): Promise<PastReading[]>;
}

/** Subjects that are looked up before the event loop gets a turn: some 10 ms. */
const slice = 500;

export function openKeyPast({ db }: Store): KeyPast {
  const ofSubject = 'part = ? AND account = ? AND region = ? AND subject = ?';
  const selectLast = db.prepare(
    `SELECT id, until, sha256 FROM key_past WHERE ${ofSubject} ORDER BY since DESC LIMIT 1`,
  );
  const lengthen = db.prepare('UPDATE key_past SET until = ? WHERE id = ?');
  const insertValue = db.prepare('INSERT OR IGNORE INTO key_past_value VALUES (?, ?)');
  const insert = db.prepare(
    `INSERT INTO key_past (part, account, region, subject, since, until, sha256)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const select = db.prepare(
    `SELECT since, until, value FROM key_past JOIN key_past_value USING (sha256) WHERE ${ofSubject}`,
  );

  function keepOne(subject: PastSubject, value: string, asOf: string): void {
    const place = [subject.part, subject.account, subject.region, subject.subject] as const;
    const last = selectLast.get(...place);
    if (last && asOf <= String(last['until'])) return; // a stored answer, saved once more
    const sha256 = createHash('sha256').update(value).digest('hex');
    if (last?.['sha256'] === sha256) {
      lengthen.run(asOf, Number(last['id']));
      return;
    }
    insertValue.run(sha256, value);
    insert.run(...place, asOf, asOf, sha256);
  }

  return {
    keep({ row, told = {} }) {
      const { accountId: account, region, keyId } = row;
      if (told.policy !== undefined && row.policy.status === 'known') {
        const subject = { part: 'policy', account, region, subject: keyId } as const;
        keepOne(subject, told.policy, row.policy.asOf);
      }
      if (told.grantees !== undefined && row.grants.status === 'known') {
        const subject = { part: 'grantees', account, region, subject: keyId } as const;
        keepOne(subject, told.grantees, row.grants.asOf);
      }
      if (row.aliases.status !== 'known') return;
      for (const alias of row.aliases.value) {
        keepOne({ part: 'alias', account, region, subject: alias }, keyId, row.aliases.asOf);
      }
    },
    async of(subjects) {
      const readings: PastReading[] = [];
      for (const [index, subject] of subjects.entries()) {
        if (index % slice === slice - 1) await new Promise(setImmediate);
        const found = select.all(subject.part, subject.account, subject.region, subject.subject);
        for (const row of found) {
          const [since, until] = [String(row['since']), String(row['until'])];
          readings.push({ ...subject, value: String(row['value']), since, until });
        }
      }
      return readings;
    },
  };
}
