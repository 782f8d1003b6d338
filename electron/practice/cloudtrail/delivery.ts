import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { ObjectStore } from '../s3/objectStore';
import type { Archive } from './archive';
import { deliveryLagMs, hourMs, slotMs } from './clockwork';
import { digestFile, type DigestLink, type DigestedFile } from './digest';
import { isoSeconds, type TrailEvent } from './event';
import type { EventLog, LoggedEvent } from './eventLog';
import { digestKey, logFileKey } from './fileNames';
import type { History } from './history/history';
import { isSelected } from './selectors';
import type { SigningKey, SigningKeys } from './signingKeys';
import { settingsFor, type TrailRecord, type TrailSettings } from './trail';

/** How far one trail has come in one Region. */
export interface DeliveryState {
  /** The first five minutes that are not delivered yet. */
  slot: number;
  /** The newest event that was looked at. */
  seq: number;
  /** Delivered in the hour that the next digest covers. */
  files: DigestedFile[];
  last?: DigestLink | undefined;
  latestDelivery?: number | undefined;
  latestDigest?: number | undefined;
}

export interface Delivery {
  /** Brings a trail up to the account's present in one Region, in slices of the event loop's time. */
  catchUp(trail: TrailRecord, region: string, now: number): Promise<void>;
  stateOf(trail: TrailRecord, region: string): DeliveryState;
  forget(trail: TrailRecord): void;
}

const sliceMs = 10;
const logFileType = { contentType: 'application/json', contentEncoding: 'gzip' };

export interface DeliveryOptions {
  readonly archive: Archive;
  readonly log: EventLog;
  readonly objects: ObjectStore;
  readonly keys: SigningKeys;
  readonly history: () => History | undefined;
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { archive, log, objects, keys, history } = options;
  const read = archive.db.prepare('SELECT json FROM delivery WHERE trail = ? AND region = ?');
  const write = archive.db.prepare('INSERT OR REPLACE INTO delivery VALUES (?, ?, ?)');
  const remove = archive.db.prepare('DELETE FROM delivery WHERE trail = ?');
  const running = new Map<string, Promise<void>>();
  const stateOf = (trail: TrailRecord, region: string): DeliveryState => {
    const row = read.get(trail.arn, region);
    if (row) return JSON.parse(String(row.json)) as DeliveryState;
    const slot = Math.floor(trail.createdAt / slotMs) * slotMs;
    return { slot, seq: trail.afterSeq, files: [] };
  };

  const run = async (trail: TrailRecord, region: string, now: number) => {
    const state = stateOf(trail, region);
    const limit = Math.floor((now - deliveryLagMs) / slotMs) * slotMs;
    // Kept from slice to slice: a year of empty hours must not read the newest thousands in each.
    let pending: LoggedEvent[] = [];
    while (state.slot < limit) {
      const year = yearOf(state.slot + slotMs);
      const validates = trail.settings.some(({ validation }) => validation);
      const key = validates ? await keys.at(region, state.slot + slotMs) : undefined;
      const until = performance.now() + sliceMs;
      archive.transaction(() => {
        let drained = false;
        do {
          if (pending.length === 0 && !drained) {
            pending = log.after(trail.accountId, region, state.seq, 2000);
            drained = pending.length === 0;
          }
          step(trail, region, limit, pending, state, key);
        } while (
          state.slot < limit &&
          yearOf(state.slot + slotMs) === year &&
          performance.now() < until
        );
        write.run(trail.arn, region, JSON.stringify(state));
      });
      await new Promise(setImmediate);
    }
  };

  /** Delivers what belongs to the next five minutes, or to the rest of the hour if nothing waits. */
  const step = (
    trail: TrailRecord,
    region: string,
    limit: number,
    pending: LoggedEvent[],
    state: DeliveryState,
    key: SigningKey | undefined,
  ) => {
    const end = Math.min(nextEnd(state.slot, pending), limit);
    const due: LoggedEvent[] = [];
    while (pending[0] && pending[0].at < end) due.push(pending.shift() as LoggedEvent);
    state.seq = due.at(-1)?.seq ?? state.seq;
    const settings = deliveringIn(trail, region, state.slot, end);
    if (settings) {
      deliverLive(trail, settings, region, end, due, state);
      if (end % hourMs === 0) endHour(trail, settings, region, end, state, key);
    } else {
      state.last = undefined;
      state.files = [];
    }
    state.slot = end;
  };

  const put = (settings: TrailSettings, place: string, at: number, body: string) =>
    objects.put(settings.bucket, place, {
      body: gzipSync(body),
      at,
      metadata: logFileType,
    });

  const deliverLive = (
    trail: TrailRecord,
    settings: TrailSettings,
    region: string,
    end: number,
    due: readonly LoggedEvent[],
    state: DeliveryState,
  ) => {
    const records = due.flatMap((logged) => {
      const then = settingsFor(trail, logged);
      if (!then || !delivers(trail, then, region)) return [];
      const event = JSON.parse(logged.json) as TrailEvent;
      return isSelected(then.selectors, event) ? [event] : [];
    });
    if (records.length === 0) return;
    const place = { accountId: trail.accountId, region, prefix: settings.prefix };
    const file = logFileKey(place, end, `${trail.arn}/${state.seq}`);
    const at = end + deliveryLagMs;
    const body = logFileBody(records);
    put(settings, file, at, body);
    state.files.push(digested(settings.bucket, file, body, records));
    state.latestDelivery = at;
  };

  const endHour = (
    trail: TrailRecord,
    settings: TrailSettings,
    region: string,
    end: number,
    state: DeliveryState,
    key: SigningKey | undefined,
  ) => {
    const place = { accountId: trail.accountId, region, prefix: settings.prefix };
    const past = history();
    if (past?.trail === trail.name && past.hasEvents(trail.accountId, region, end - hourMs)) {
      const file = logFileKey(place, end, trail.arn);
      objects.putLazy(settings.bucket, file, end + deliveryLagMs, logFileType);
      state.latestDelivery = end + deliveryLagMs;
      if (settings.validation) {
        const records = past.hour(trail.accountId, region, end - hourMs);
        state.files.push(digested(settings.bucket, file, logFileBody(records), records));
      }
    }
    if (settings.validation && key) {
      const name = digestKey(place, trail, end);
      const made = digestFile({
        accountId: trail.accountId,
        start: end - hourMs,
        end,
        bucket: settings.bucket,
        key: name,
        files: state.files,
        previous: state.last,
        signer: key,
      });
      objects.put(settings.bucket, name, {
        body: gzipSync(made.body),
        at: end + deliveryLagMs,
        metadata: {
          ...logFileType,
          own: { signature: made.link.signature, 'signature-algorithm': 'SHA256withRSA' },
        },
      });
      state.last = made.link;
      state.latestDigest = end + deliveryLagMs;
    } else {
      state.last = undefined;
    }
    state.files = [];
  };

  return {
    stateOf,
    async catchUp(trail, region, now) {
      const id = `${trail.arn} ${region}`;
      // One at a time: a second caller waits for the first, and then goes on from there.
      const before = running.get(id) ?? Promise.resolve();
      const mine = before.catch(() => {}).then(() => run(trail, region, now));
      running.set(id, mine);
      try {
        await mine;
      } finally {
        if (running.get(id) === mine) running.delete(id);
      }
    },
    forget: (trail) => void remove.run(trail.arn),
  };
}

/** The body of a log file before it is compressed. */
export function logFileBody(records: readonly TrailEvent[]): string {
  return JSON.stringify({ Records: records });
}

/** The last settings of the time that deliver; undefined where nothing is delivered in it. */
function deliveringIn(
  trail: TrailRecord,
  region: string,
  from: number,
  to: number,
): TrailSettings | undefined {
  return trail.settings.findLast((one, index) => {
    const until = trail.settings[index + 1]?.from ?? Infinity;
    return one.from < to && until > from && delivers(trail, one, region);
  });
}

function delivers(trail: TrailRecord, settings: TrailSettings, region: string): boolean {
  return settings.logging && (settings.multiRegion || region === trail.homeRegion);
}

const yearOf = (at: number) => new Date(at).getUTCFullYear();

/** The end of the slot; where nothing waits, of the whole hour. */
function nextEnd(slot: number, pending: readonly LoggedEvent[]): number {
  const hourEnd = (Math.floor(slot / hourMs) + 1) * hourMs;
  const first = pending[0];
  if (!first || first.at >= hourEnd) return hourEnd;
  return Math.max(slot, Math.floor(first.at / slotMs) * slotMs) + slotMs;
}

function digested(
  bucket: string,
  key: string,
  body: string,
  records: readonly TrailEvent[],
): DigestedFile {
  const times = records.map(({ eventTime }) => eventTime).sort();
  return {
    s3Bucket: bucket,
    s3Object: key,
    hashValue: createHash('sha256').update(body).digest('hex'),
    hashAlgorithm: 'SHA-256',
    newestEventTime: times.at(-1) ?? isoSeconds(0),
    oldestEventTime: times[0] ?? isoSeconds(0),
  };
}
