import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { flipBit, openWorkbench } from './workbench';

const megabyte = 1024 * 1024;
/** An ARN that was changed names a key that is not there; everything else does not fit. */
const codes = ['not-authentic', 'not-found', 'denied'];

it.each(['simple', 'esdk'] as const)(
  'refuses %s with one bit flipped, wherever it is, and writes nothing',
  async (format) => {
    const bench = await openWorkbench();
    const key = await bench.newKey();
    const length = format === 'simple' ? 2000 : 2 * megabyte + 100;
    const source = await bench.file('record', randomBytes(length));
    const [sealed] = await bench.encrypt({
      sources: [source.id],
      keys: [key],
      context: { purpose: 'test' },
      format,
    });
    const whole = readFileSync(sealed?.path ?? '');
    const files = new Set(['altered', ...readdirSync(bench.folder)]);
    const places = new Set([
      ...Array.from({ length: 40 }, (_, index) => index * 8),
      ...Array.from({ length: 40 }, () => Math.floor(Math.random() * whole.length)),
      ...Array.from({ length: 20 }, (_, index) => whole.length - 3 - index),
    ]);
    for (const place of places) {
      const path = join(bench.folder, 'altered');
      writeFileSync(path, whole);
      flipBit(path, place, place % 8);
      const altered = await bench.source(path);
      const [opened] = await bench.decrypt({ sources: [altered.id], verifyOnly: place % 3 > 0 });
      expect(opened).toMatchObject({ state: 'failed' });
      expect(codes).toContain(opened?.error?.code);
      expect(opened?.error?.message).toMatch(/ .*\.$/s);
      expect(new Set(readdirSync(bench.folder))).toEqual(files);
    }
    expect(bench.defects).toEqual([]);
  },
);
