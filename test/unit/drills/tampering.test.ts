import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { ZipFile } from 'yazl';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkBundle, isAsPacked } from '../../../electron/drills/bundle/check';
import { readZip } from '../../../electron/drills/bundle/read';
import { readSums, sumProblems, type Files } from '../../../electron/drills/bundle/sums';
import { verifyBundle } from '../../../electron/drills/bundle/verify';
import { temporaryFolder } from '../store/temporaryFolder';
import { packed, smallRecord, type SmallRecord } from './smallRecord';

const closedAt = '2026-11-28T12:00:06.000Z';

let whole: SmallRecord;
let small: SmallRecord;
let sums: ReadonlyMap<string, string>;
beforeAll(async () => {
  // As large as a printed report.
  whole = await smallRecord(Buffer.alloc(600_000, 'a page of the report'));
  small = await smallRecord(Buffer.from('%PDF'));
  sums = readSums(Buffer.from(whole.files.get('SHA256SUMS') ?? []).toString()) ?? new Map();
});

/** The bytes with one of them changed: each place another bit. */
function flipped(bytes: Uint8Array, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
  return changed;
}

const withFile = (name: string, bytes: Uint8Array) => new Map([...whole.files, [name, bytes]]);

describe('a bundle', () => {
  it('is whole as it was packed, and unpacked', async () => {
    expect(verifyBundle(whole.files)).toMatchObject({ ok: true, problems: [], addenda: 2 });
    const folder = temporaryFolder();
    expect(await checkBundle(written(folder, whole.zip))).toMatchObject({ ok: true, problems: [] });
    expect(await checkBundle(unpacked(folder, whole.files))).toMatchObject({ ok: true });
  });

  it('is refused after any one byte of a file under SHA256SUMS was changed', () => {
    for (const [name, hash] of sums) {
      const bytes = whole.files.get(name) ?? Buffer.of();
      // SHA-256 takes a long file block by block: of the report a byte of each block and its end will do.
      const stride = bytes.length > 10_000 ? 601 : 1;
      const own = new Map([[name, hash]]);
      for (let at = 0; at < bytes.length; at += stride) {
        const problems = sumProblems(new Map([[name, flipped(bytes, at)]]), own);
        expect(problems, `${name} at ${at}`).toHaveLength(1);
      }
    }
    // And what the sums say is what the check says.
    for (const name of sums.keys()) {
      const bytes = whole.files.get(name) ?? Buffer.of();
      const report = verifyBundle(withFile(name, flipped(bytes, bytes.length - 1)));
      expect(report.ok).toBe(false);
      expect(report.problems.map(({ file }) => file)).toContain(name);
    }
  });

  it('is refused after any one byte of SHA256SUMS, a signature or an addendum was changed', () => {
    for (const [name, bytes] of small.files) {
      if (sums.has(name)) continue;
      for (let at = 0; at < bytes.length; at += 1) {
        const changed = new Map([...small.files, [name, flipped(bytes, at)]]);
        expect(verifyBundle(changed).ok, `${name} at ${at}`).toBe(false);
      }
    }
  });

  it('is refused after a file was removed, emptied or added', () => {
    for (const [name, bytes] of whole.files) {
      const others = new Map([...whole.files].filter(([other]) => other !== name));
      expect(verifyBundle(others).ok, `without ${name}`).toBe(false);
      expect(verifyBundle(withFile(name, Buffer.of())).ok, `${name} empty`).toBe(false);
      expect(verifyBundle(withFile(name, Buffer.concat([bytes, Buffer.of(10)]))).ok).toBe(false);
      expect(verifyBundle(withFile(`${name}.bak`, bytes)).ok, `${name} twice`).toBe(false);
    }
    for (const name of ['addenda/0001.json', 'addenda/003.json', 'signatures/operator-1.sig']) {
      expect(verifyBundle(withFile(name, Buffer.from('x'))).ok, name).toBe(false);
    }
  });
});

describe('the zip of a bundle', () => {
  it('is refused after any one byte outside the files was changed', async () => {
    const { zip } = small;
    expect(await isAsPacked(zip, await readZip(zip), closedAt)).toBe(true);
    const outside = outsideFiles(small);
    expect(outside.length).toBeGreaterThan(small.files.size * 100);
    for (const at of outside) {
      const changed = flipped(zip, at);
      const read = await readZip(changed).catch(() => undefined);
      expect(read && (await isAsPacked(changed, read, closedAt)), `at ${at}`).toBeFalsy();
    }
  });

  it('is refused after bytes anywhere were changed, put in or taken out', async () => {
    const { zip } = small;
    const folder = temporaryFolder();
    const at = fc.nat({ max: zip.length });
    const some = fc.uint8Array({ maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(at, fc.nat({ max: 40 }), some, async (from, length, bytes) => {
        const rest = zip.subarray(from + length);
        const altered = Buffer.concat([zip.subarray(0, from), bytes, rest]);
        fc.pre(!altered.equals(zip));
        const report = await checkBundle(written(folder, altered)).catch(() => ({ ok: false }));
        expect(report.ok).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('is refused with a comment, extra fields, folders, links, other times or compression, and says so', async () => {
    const { files, zip } = whole;
    const folder = temporaryFolder();
    const repacked = await Promise.all([
      repack(files, {}),
      repack(files, { compress: true }),
      repack(files, { mode: 0o120777 }),
      repack(files, {}, (one) => one.addEmptyDirectory('evidence/none/')),
      repack(new Map([...files].toReversed()), {}),
      repack(new Map([...files].map(([name, bytes]) => [`bundle/${name}`, bytes])), {}),
      packed(files, '2026-11-29T12:00:00Z'),
    ]);
    const comment = Buffer.from(zip);
    comment.writeUInt16LE(5, zip.length - 2);
    for (const other of [...repacked, Buffer.concat([comment, Buffer.from('hello')])]) {
      const { ok, problems } = await checkBundle(written(folder, other));
      expect(ok).toBe(false);
      // The files themselves are whole: the one thing to say is where the truth lies.
      expect(problems).toEqual([
        { file: 'bundle.zip', why: expect.stringMatching(/check the folder/) as string },
      ]);
    }
  });

  it('is refused where one name stands twice, or the two names of a file differ', async () => {
    const folder = temporaryFolder();
    const twice = await repack([...whole.files, ['record.json', Buffer.from('{}')]], {});
    await expect(checkBundle(written(folder, twice))).rejects.toThrow(
      'two files of the name record.json',
    );
    const differing = Buffer.from(whole.zip);
    // The last one is in the directory at the end, the one before it at the file itself.
    differing.write('tecord.json', whole.zip.lastIndexOf('record.json'));
    const report = await checkBundle(written(folder, differing)).catch(() => ({ ok: false }));
    expect(report.ok).toBe(false);
  });

  it('is the same on a machine in another time zone', async () => {
    const here = await packed(new Map([['a', Buffer.from('b')]]), closedAt);
    const zone = process.env['TZ'];
    try {
      for (const other of ['Pacific/Kiritimati', 'America/Los_Angeles', 'Europe/Berlin']) {
        process.env['TZ'] = other;
        expect(await packed(new Map([['a', Buffer.from('b')]]), closedAt)).toEqual(here);
      }
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });
});

describe('the folder of a bundle', () => {
  it('is refused with a link or an empty folder in it', async () => {
    const linked = unpacked(temporaryFolder(), whole.files);
    symlinkSync('/etc/hostname', join(linked, 'evidence', 'more'));
    await expect(checkBundle(linked)).rejects.toThrow('evidence/more is no file but a link');
    const hollow = unpacked(temporaryFolder(), whole.files);
    mkdirSync(join(hollow, 'evidence', 'none'));
    await expect(checkBundle(hollow)).rejects.toThrow('The folder evidence/none is empty');
  });
});

/** The places of a zip that belong to no file: headers, checksums, the directory at its end. */
function outsideFiles({ files, zip }: SmallRecord): number[] {
  const inside = new Set<number>();
  let from = 0;
  for (const [, bytes] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    from = zip.indexOf(bytes, from);
    for (const end = from + bytes.length; from < end; from += 1) inside.add(from);
  }
  return [...zip.keys()].filter((at) => !inside.has(at));
}

function written(folder: string, zip: Uint8Array): string {
  const path = join(folder, 'bundle.zip');
  writeFileSync(path, zip);
  return path;
}

function unpacked(folder: string, files: Files): string {
  const root = join(folder, 'unpacked');
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), bytes);
  }
  return root;
}

/** As another program packs it. */
async function repack(
  files: Iterable<readonly [string, Uint8Array]>,
  options: { compress?: boolean; mode?: number },
  more: (zip: ZipFile) => void = () => {},
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes] of files)
    zip.addBuffer(Buffer.from(bytes), name, { compress: false, ...options });
  more(zip);
  zip.end();
  return Buffer.concat(
    await (zip.outputStream as NodeJS.ReadableStream & { toArray(): Promise<Buffer[]> }).toArray(),
  );
}
