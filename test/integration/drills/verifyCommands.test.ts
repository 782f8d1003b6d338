import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sumsOf, type Files } from '../../../electron/drills/bundle/sums';
import { smallRecord } from '../../unit/drills/smallRecord';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { failingCommands, unpackInto } from './verifyCommands';

let files: Files;
let verifyMd: string;
beforeAll(async () => {
  ({ files } = await smallRecord(Buffer.from('%PDF-1.7 a report')));
  verifyMd = Buffer.from(files.get('VERIFY.md') ?? []).toString();
});

/** How many blocks of the signed VERIFY.md refuse the files, with what was done to their folder. */
async function refusing(altered: Files, alter: (folder: string) => void = () => {}) {
  const folder = unpackInto(temporaryFolder(), altered);
  alter(folder);
  return (await failingCommands(folder, verifyMd)).length;
}

const text = (name: string) => Buffer.from(files.get(name) ?? []).toString();
const withText = (name: string, content: string) =>
  new Map([...files, [name, Buffer.from(content)]]);

describe('the commands of VERIFY.md', () => {
  it('accept the bundle, signed by Ed25519 and ECDSA, with addenda or without', async () => {
    expect(await refusing(files)).toBe(0);
    const young = new Map([...files].filter(([name]) => !name.startsWith('addenda/')));
    expect(await refusing(young)).toBe(0);
  });

  it('refuse it after a byte of any file was changed, or a file removed', async () => {
    for (const [name, bytes] of files) {
      const changed = Buffer.from(bytes);
      const middle = bytes.length >> 1;
      changed[middle] = (changed[middle] ?? 0) ^ 1;
      expect(await refusing(new Map([...files, [name, changed]])), name).toBeGreaterThan(0);
      const others = new Map([...files].filter(([other]) => other !== name));
      expect(await refusing(others), `without ${name}`).toBeGreaterThan(0);
    }
  }, 120_000);

  it('refuse what was added: a file, a link, an empty folder', async () => {
    for (const name of [
      'more.txt',
      'evidence/talk/more.txt',
      'signatures/mallory.sig',
      'addenda/more.json',
      'addenda/003.sig',
      'xSHA256SUMS',
    ]) {
      expect(await refusing(withText(name, 'x')), name).toBeGreaterThan(0);
    }
    expect(
      await refusing(files, (folder) => symlinkSync('/etc/hostname', join(folder, 'evidence/a'))),
    ).toBeGreaterThan(0);
    expect(
      await refusing(files, (folder) => mkdirSync(join(folder, 'evidence/none'))),
    ).toBeGreaterThan(0);
  });

  it('refuse a swapped event and new sums for what was changed', async () => {
    const [a, b] = ['cloudtrail/events/event-1.json', 'cloudtrail/events/event-2.json'] as const;
    const swapped = new Map([...withText(a, text(b)), [b, Buffer.from(text(a))]]);
    expect(await refusing(swapped)).toBeGreaterThan(0);
    const listed = [...swapped].filter(([name]) => !/^(SHA256SUMS|signatures|addenda)/.test(name));
    const sums = Buffer.from(sumsOf(new Map(listed)));
    expect(await refusing(new Map([...swapped, ['SHA256SUMS', sums]]))).toBeGreaterThan(0);
  });

  it('refuse a forged addendum, one out of its place, and one of somebody else', async () => {
    const forged = text('addenda/001.json').replace('One thing more.', 'All is well.');
    expect(await refusing(withText('addenda/001.json', forged))).toBeGreaterThan(0);
    const turned = new Map(files);
    for (const ending of ['json', 'sig']) {
      turned.set(`addenda/001.${ending}`, files.get(`addenda/002.${ending}`) ?? Buffer.of());
      turned.set(`addenda/002.${ending}`, files.get(`addenda/001.${ending}`) ?? Buffer.of());
    }
    expect(await refusing(turned)).toBeGreaterThan(0);
    const others = text('addenda/002.json').replace(/"fingerprint":"[^"]*"/, '"fingerprint":"ab"');
    expect(await refusing(withText('addenda/002.json', others))).toBeGreaterThan(0);
    // The first is gone with its signature: the second follows nothing.
    const gap = await refusing(files, (folder) => {
      for (const ending of ['json', 'sig']) rmSync(join(folder, `addenda/001.${ending}`));
    });
    expect(gap).toBeGreaterThan(0);
  });

  it('refuse a timeline without one of its lines', async () => {
    const cut = text('timeline.jsonl').split('\n').toSpliced(3, 1).join('\n');
    const folder = unpackInto(temporaryFolder(), files);
    writeFileSync(join(folder, 'timeline.jsonl'), cut);
    const failing = await failingCommands(folder, verifyMd);
    expect(failing.some((commands) => commands.includes('timeline.jsonl'))).toBe(true);
  });
});
