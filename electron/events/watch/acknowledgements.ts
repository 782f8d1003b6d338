import type { Alert } from '../../../shared/model/events/findings';
import type { Store } from '../../store/index';

/** Which alerts were set aside, with whose note: in the program's own database, which has backups. */
export interface Acknowledgements {
  /** The alerts, each with its acknowledgement; one that has more events than then is open again. */
  applied(alerts: readonly Alert[]): Alert[];
  acknowledge(alert: Alert, by: { at: string; operator: string; note: string }): void;
  /** False where it was not acknowledged. */
  remove(id: string): boolean;
}

export function openAcknowledgements({ db }: Store): Acknowledgements {
  const all = db.prepare('SELECT alert_id, at, operator, note, events FROM watch_acknowledgement');
  const upsert = db.prepare(
    `INSERT OR REPLACE INTO watch_acknowledgement (alert_id, at, operator, note, events, alert)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const select = db.prepare('SELECT 1 FROM watch_acknowledgement WHERE alert_id = ?');
  const remove = db.prepare('DELETE FROM watch_acknowledgement WHERE alert_id = ?');
  return {
    applied(alerts) {
      const known = new Map(all.all().map((row) => [String(row['alert_id']), row]));
      return alerts.map((alert) => {
        const row = known.get(alert.id);
        if (!row || Number(row['events']) < alert.count) return alert;
        const { at, operator, note } = row;
        return {
          ...alert,
          acknowledged: { at: String(at), by: String(operator), note: String(note) },
        };
      });
    },
    acknowledge(alert, { at, operator, note }) {
      upsert.run(alert.id, at, operator, note, alert.count, JSON.stringify(alert));
    },
    remove(id) {
      if (!select.get(id)) return false;
      remove.run(id);
      return true;
    },
  };
}
