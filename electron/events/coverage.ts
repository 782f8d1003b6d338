import { z } from 'zod';
import { forgottenSchema, type Coverage, type Forgotten } from '../../shared/model/events/coverage';
import { knownUntil, lookupName, lookupStateSchema } from './lookupState';
import type { EventStore } from './store/eventStore';
import { forgottenName } from './store/retain';

const gapsSchema = z.array(z.object({ from: z.string(), to: z.string(), why: z.string() }));

/** The name under which a source keeps the times of an account and Region that it could not read. */
export function gapsName(account: string, region: string): string {
  return `gaps ${account} ${region}`;
}

/** The name under which it is kept why an account and Region could not be asked; empty where it could. */
export function problemName(account: string, region: string): string {
  return `problem ${account} ${region}`;
}

/** The name under which it is kept what of an account and Region a bucket did not give; empty where it gave all. */
export function unreadName(account: string, region: string): string {
  return `unread ${account} ${region}`;
}

/** What was seen of an account and Region; times in seconds. */
interface Seen {
  events: number;
  oldest: number;
  newest: number;
  readonly files: Set<number>;
}

/** What is stored of which account and Region. */
export function coverageOf(
  store: EventStore,
  now: Date,
): { coverage: Coverage[]; total: number; forgotten?: Forgotten } {
  const table = store.table();
  const { columns, length } = table;
  const [account, region] = [columns.account.raw, columns.region.raw];
  const [at, file] = [columns.at.raw, columns.file.raw];
  const sources = store.sources();
  const places = new Map<number, Seen>();
  const regions = table.words.region.values.length;
  let seen: Seen | undefined;
  let lastPlace = -1;
  let lastFile = -1;
  for (let i = 0; i < length; i += 1) {
    const place = (account[i] ?? 0) * regions + (region[i] ?? 0);
    const time = at[i] ?? 0;
    // Events of one file stand together, and are mostly of one place.
    if (place !== lastPlace || !seen) {
      seen = places.get(place);
      if (!seen) {
        seen = { events: 0, oldest: time, newest: time, files: new Set() };
        places.set(place, seen);
      }
      lastPlace = place;
      lastFile = -1;
    }
    seen.events += 1;
    if (time < seen.oldest) seen.oldest = time;
    if (time > seen.newest) seen.newest = time;
    const from = file[i] ?? 0;
    if (from !== lastFile) seen.files.add(from);
    lastFile = from;
  }
  const coverage = [...places].map(([place, seen]): Coverage => {
    const accountName = table.words.account.valueOf(Math.floor(place / regions)) ?? '';
    const regionName = table.words.region.valueOf(place % regions) ?? '';
    const gaps = gapsSchema.safeParse(
      JSON.parse(store.readState(gapsName(accountName, regionName)) ?? '[]'),
    );
    const kinds = new Set([...seen.files].flatMap((number) => sources.get(number) ?? []));
    return {
      account: accountName,
      region: regionName,
      sources: [...kinds].sort(),
      events: seen.events,
      oldest: new Date(seen.oldest * 1000).toISOString(),
      newest: new Date(seen.newest * 1000).toISOString(),
      gaps: gaps.data ?? [],
      lagSeconds: Math.max(0, Math.round(now.getTime() / 1000 - seen.newest)),
      ...askedOf(store, accountName, regionName),
    };
  });
  // A Region that was asked and has no event is covered too; one that refused must not be missing.
  for (const name of store.stateNames(/^(lookup|problem|unread) /)) {
    const [, accountName = '', regionName = ''] = name.split(' ');
    const known = coverage.some((one) => one.account === accountName && one.region === regionName);
    const asked = askedOf(store, accountName, regionName);
    if (known || Object.keys(asked).length === 0) continue;
    coverage.push({
      account: accountName,
      region: regionName,
      sources: [],
      events: 0,
      gaps: [],
      ...asked,
    });
  }
  coverage.sort((a, b) => (`${a.account} ${a.region}` < `${b.account} ${b.region}` ? -1 : 1));
  const forgotten = forgottenSchema.safeParse(
    JSON.parse(store.readState(forgottenName) ?? 'null'),
  ).data;
  return { coverage, total: table.length, ...(forgotten && { forgotten }) };
}

/** How far the event history of an account and Region was asked, and what stood in the way. */
function askedOf(
  store: EventStore,
  account: string,
  region: string,
): Pick<Coverage, 'lookedUpUntil' | 'unfinished' | 'problem'> {
  const stored = store.readState(lookupName(account, region));
  const state = stored === undefined ? undefined : lookupStateSchema.parse(JSON.parse(stored));
  const until = state && knownUntil(state);
  const problem = [problemName, unreadName]
    .flatMap((nameOf) => store.readState(nameOf(account, region)) || [])
    .join(' ');
  return {
    ...(until !== undefined && { lookedUpUntil: until }),
    ...(state?.sweep !== undefined && { unfinished: true }),
    ...(problem && { problem }),
  };
}
