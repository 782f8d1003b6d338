import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCollections } from '../../../electron/practice/account/collections';
import { fileStorage } from '../../../electron/practice/account/storage';
import { openArchive } from '../../../electron/practice/cloudtrail/archive';
import { openHistory } from '../../../electron/practice/cloudtrail/history/history';
import { plansOf, type HistoryPlan } from '../../../electron/practice/cloudtrail/history/plan';
import { startPractice } from '../../../electron/practice/index';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export interface CompanyYear {
  readonly plan: HistoryPlan;
  readonly events: number;
  /** A time as days before the year's end. */
  daysAgo(at: string): number;
}

/**
 * Writes all events of the practice account's company into log files, a day in each: its history and
 * what its seed did to its keys, as a trail would have delivered them.
 */
export async function writeCompanyYear(stateDir: string, folder: string): Promise<CompanyYear> {
  await (await startPractice({ seed: 'company', stateDir })).close();
  mkdirSync(folder, { recursive: true });
  const storage = fileStorage(stateDir);
  const archive = openArchive(stateDir);
  try {
    const plan = plansOf(openCollections(storage)).get('plan');
    if (!plan) throw new Error('The company has no history.');
    const history = openHistory(plan);
    const write = (name: string, Records: readonly unknown[]) =>
      writeFileSync(join(folder, name), JSON.stringify({ Records }));
    const own = archive.db.prepare('SELECT json FROM event ORDER BY at, id').all();
    write(
      'own.json',
      own.map(({ json }) => JSON.parse(String(json)) as unknown),
    );
    let events = own.length;
    for (let day = plan.from; day < plan.to; day += dayMs) {
      const records = plan.regions.flatMap((region) =>
        Array.from({ length: 24 }, (_, n) => day + n * hourMs).flatMap((hour) =>
          history.hour(plan.accountId, region, hour),
        ),
      );
      events += records.length;
      write(`${new Date(day).toISOString().slice(0, 10)}.json`, records);
    }
    const midnight = Math.floor(plan.to / dayMs) * dayMs;
    return {
      plan,
      events,
      daysAgo: (at) => Math.ceil((midnight - Date.parse(at)) / dayMs),
    };
  } finally {
    archive.close();
    storage.close();
  }
}
