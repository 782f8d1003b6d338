import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBundle } from '../../../electron/drills/bundle/check';
import { checkInThread } from '../../../electron/drills/bundle/checkInThread';
import { smallRecord } from '../../unit/drills/smallRecord';

const bundle = new URL('../../../dist/main/drills-worker.js', import.meta.url);

const folder = mkdtempSync(join(tmpdir(), 'claviger-test-'));
const path = join(folder, 'large.zip');
beforeAll(async () => {
  const { zip } = await smallRecord(Buffer.alloc(200_000_000, 'a page of the report'));
  writeFileSync(path, zip);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the check of a large bundle in a thread', () => {
  it('gives what a check here gives, and tells how far it is', async () => {
    const told: { done: number; expected: number }[] = [];
    const hooks = {
      signal: new AbortController().signal,
      progress: (value: (typeof told)[0]) => told.push(value),
    };
    const report = await checkInThread(path, hooks, bundle);
    expect(report).toEqual(await checkBundle(path));
    expect(report.ok).toBe(true);
    expect(told.length).toBeGreaterThan(1);
    expect(told.every(({ done }, index) => done > (told[index - 1]?.done ?? 0))).toBe(true);
    expect(told.every(({ done, expected }) => done < expected)).toBe(true);
  });

  it('leaves this loop free: a word that comes while it hashes stops it', async () => {
    // On this loop nothing could be heard before the hash of the report is done.
    const abort = new AbortController();
    let told = 0;
    const progress = () => {
      told += 1;
      abort.abort();
    };
    await expect(checkInThread(path, { signal: abort.signal, progress }, bundle)).rejects.toThrow(
      'Cancelled.',
    );
    expect(told).toBe(1);
  });

  it('says what is no bundle as a check here says it', async () => {
    const none = join(folder, 'none.zip');
    const hooks = { signal: new AbortController().signal, progress: () => {} };
    await expect(checkInThread(none, hooks, bundle)).rejects.toMatchObject({ code: 'not-found' });
  });
});
