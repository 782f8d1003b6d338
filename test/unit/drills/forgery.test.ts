import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ZipFile } from 'yazl';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkBundle } from '../../../electron/drills/bundle/check';
import { isSigned } from '../../../electron/drills/bundle/signatures';
import type { Files } from '../../../electron/drills/bundle/sums';
import { verifyBundle } from '../../../electron/drills/bundle/verify';
import { temporaryFolder } from '../store/temporaryFolder';
import { smallRecord, type SmallRecord } from './smallRecord';
import { weakKeys } from './weakKeys';

let own: SmallRecord;
let other: SmallRecord;
beforeAll(async () => {
  own = await smallRecord(Buffer.from('%PDF'));
  other = await smallRecord(Buffer.from('%PDF of another drill'));
});

const of = (files: Files, name: string) => Buffer.from(files.get(name) ?? []);
const textOf = (name: string) => of(own.files, name).toString();
const withFiles = (...more: [string, Uint8Array | string][]) =>
  new Map([...own.files, ...more.map(([name, bytes]) => [name, Buffer.from(bytes)] as const)]);
const without = (...names: string[]) =>
  new Map([...own.files].filter(([name]) => !names.includes(name)));

/** The sentences of a check that must not accept the files. */
function refusal(files: Files): string {
  const { ok, problems } = verifyBundle(files);
  expect(ok).toBe(false);
  return problems.map(({ file, why }) => `${file}: ${why}`).join('\n');
}

describe('a forger without the keys', () => {
  it('cannot use what was signed in another drill', () => {
    const taken = (name: string): [string, Uint8Array] => [name, of(other.files, name)];
    expect(refusal(withFiles(taken('signatures/operator.sig')))).toContain(
      'signatures/operator.sig: It is not Ada’s signature over SHA256SUMS.',
    );
    expect(refusal(withFiles(taken('SHA256SUMS'), taken('signatures/operator.sig')))).toMatch(
      /It was changed/,
    );
    expect(refusal(withFiles(taken('addenda/001.json'), taken('addenda/001.sig')))).toContain(
      'addenda/001.json: It does not follow what comes before it.',
    );
    // Everything signed by the others, with the record of this one.
    const swapped = new Map([
      ...other.files,
      ['record.json', of(own.files, 'record.json')] as const,
    ]);
    expect(refusal(swapped)).toContain('record.json: It was changed');
  });

  it('cannot leave signatures away, swap them or put other keys under the names', () => {
    expect(refusal(without('signatures/approver.sig'))).toContain('Grace’s signature is missing.');
    const [operator, approver] = ['operator', 'approver'].map((who) =>
      of(own.files, `signatures/${who}.sig`),
    );
    expect(
      refusal(
        withFiles(
          ['signatures/operator.sig', approver ?? ''],
          ['signatures/approver.sig', operator ?? ''],
        ),
      ),
    ).toContain('It is not Ada’s signature');
    const keys = ['operator', 'approver'].map((who): [string, Uint8Array] => [
      `keys/${who}.pem`,
      of(other.files, `keys/${who}.pem`),
    ]);
    expect(refusal(withFiles(...keys))).toContain(
      'keys/operator.pem: It is not the key that the record names.',
    );
  });

  it('cannot take a link out of the chain of addenda, or change their order', () => {
    expect(refusal(without('addenda/001.json', 'addenda/001.sig'))).toContain(
      'addenda/: One of them is missing, or has no signature.',
    );
    const second = ['json', 'sig'].map((type) => of(own.files, `addenda/002.${type}`));
    const moved = new Map(without('addenda/002.json', 'addenda/002.sig'));
    moved.set('addenda/001.json', second[0] ?? Buffer.of());
    moved.set('addenda/001.sig', second[1] ?? Buffer.of());
    expect(refusal(moved)).toContain('It does not follow what comes before it.');
    expect(refusal(without('addenda/002.sig'))).toContain('signature over the addendum');
  });

  it('cannot add files, also under names that look like those of others', () => {
    for (const name of [
      'RECORD.JSON',
      'Signatures/operator.sig',
      'r\u0435cord.json', // with a Cyrillic e
      'record.json\u200b',
      'evidence/talk/photo.jpg ',
      'keys/operator.pem.txt',
      'signatures/custodian-1.sig',
    ]) {
      expect(refusal(withFiles([name, 'x'])), name).toContain(name);
    }
  });
});

describe('a record that its own signers made up', () => {
  const refused = async (...more: [string, Uint8Array | string][]) =>
    refusal(await own.signed(withFiles(...more)));

  it('is whole where nothing was made up', async () => {
    expect(verifyBundle(await own.signed(own.files))).toMatchObject({ ok: true, addenda: 0 });
  });

  it('has no file that the record does not know', async () => {
    for (const name of [
      'README.txt',
      'keys/third.pem',
      'cloudtrail/more.json',
      'evidence/talk/b',
    ]) {
      expect(await refused([name, 'x']), name).toContain(`${name}: The record does not know it.`);
    }
    expect(refusal(await own.signed(without('VERIFY.md')))).toContain(
      'VERIFY.md: SHA256SUMS does not name it.',
    );
  });

  it('says each thing once: no name stands twice in its JSON, and nothing hides in it', async () => {
    const record = textOf('record.json');
    for (const text of [
      record.replace('"practice":true', '"practice":false,"practice":true'),
      record.replace('"practice":true', '"practice":true,"hidden":1'),
      record.replace('"practice":true', '"practice": true'),
      `\uFEFF${record}`,
      `${record}\n`,
    ]) {
      expect(text).not.toBe(record);
      expect(await refused(['record.json', text])).toContain('record.json: It is no record');
    }
    const timeline = textOf('timeline.jsonl');
    expect(await refused(['timeline.jsonl', `${timeline}{"hidden":1}`])).toContain(
      'timeline.jsonl: It does not end with the end of a line.',
    );
    expect(
      await refused(['timeline.jsonl', timeline.replace('"seq":2', '"seq":2,"seq":2')]),
    ).toMatch(/timeline.jsonl: Line 2 is no entry/);
  });

  it('is what its timeline adds up to', async () => {
    const record = textOf('record.json');
    for (const [from, to] of [
      ['"practice":true', '"practice":false'],
      ['"result":"passed"', '"result":"failed"'],
      ['"outcome":"passed"', '"outcome":"failed"'],
      ['"result":"met"', '"result":"not-met"'],
    ] as const) {
      const text = record.replace(from, to);
      expect(text, from).not.toBe(record);
      expect(await refused(['record.json', text]), from).toContain(
        'timeline.jsonl: The record says something else than it.',
      );
    }
    const undated = record.replace(/"closedAt":"[^"]*"/, '"closedAt":"some day"');
    expect(await refused(['record.json', undated])).toContain(
      'record.json: It does not say when the drill was closed.',
    );
  });

  it('ties each event to one call', async () => {
    const both = textOf('record.json').replaceAll('event-2', 'event-1');
    expect(await refused(['record.json', both])).toContain(
      'cloudtrail/events/event-1.json: The record ties it to two calls.',
    );
  });
});

describe('a signature', () => {
  it('counts only by a key of the kind that its algorithm names', () => {
    for (const { algorithm, publicKey, message, signature } of weakKeys()) {
      expect(isSigned(algorithm, publicKey, message, signature)).toBe(false);
    }
  });
});

describe('what is no bundle', () => {
  it('is refused with a sentence: names that lead outside, traps that unpack to gigabytes', async () => {
    const names = [
      '../../etc/passwd',
      '/etc/passwd',
      'a\\\\b',
      'r\u0435cord.json',
      'evidence/../../x',
    ];
    for (const name of names) {
      const zip = await zipNamed(name);
      await expect(checkBundle(written(zip)), name).rejects.toThrow(
        'The zip has a file with a name that no bundle has',
      );
    }
    const trap = await zipNamed('record.json', Buffer.alloc(30_000_000));
    await expect(checkBundle(written(trap))).rejects.toThrow(
      'record.json would unpack to over 100 times its size: no bundle does.',
    );
    // The sizes that a zip names are another matter than what comes out.
    const lying = Buffer.from(own.zip);
    const entry = lying.lastIndexOf('PK\u0001\u0002');
    lying.writeUInt32LE(0xff_ff_ff_f0, entry + 24);
    await expect(checkBundle(written(lying))).rejects.toThrow(/larger than any bundle|no zip file/);
    await expect(checkBundle(written(Buffer.from('PK')))).rejects.toThrow('This is no zip file');
  });

  it('is refused before it is read where it is too large, or neither file nor folder', async () => {
    const folder = temporaryFolder();
    const huge = join(folder, 'huge.zip');
    writeFileSync(huge, '');
    truncateSync(huge, 3 * 1024 ** 3);
    await expect(checkBundle(huge)).rejects.toThrow('This is larger than any bundle');
    const within = join(folder, 'unpacked');
    mkdirSync(within);
    writeFileSync(join(within, 'SHA256SUMS'), '');
    writeFileSync(join(within, 'huge'), '');
    truncateSync(join(within, 'huge'), 3 * 1024 ** 3);
    await expect(checkBundle(within)).rejects.toThrow('This is larger than any bundle');
    await expect(checkBundle('/dev/null')).rejects.toThrow(
      '/dev/null is neither a file nor a folder',
    );
    await expect(checkBundle(join(folder, 'none'))).rejects.toThrow('There is no file');
  });
});

/** A zip with one file, under a name that yazl itself would refuse. */
async function zipNamed(name: string, bytes: Buffer = Buffer.from('x')): Promise<Buffer> {
  const zip = new ZipFile();
  const length = Buffer.byteLength(name);
  const stand = 'n'.repeat(length);
  zip.addBuffer(bytes, stand);
  zip.end();
  const stream = zip.outputStream as NodeJS.ReadableStream & { toArray(): Promise<Buffer[]> };
  const whole = Buffer.concat(await stream.toArray());
  for (let at = whole.indexOf(stand); at >= 0; at = whole.indexOf(stand, at + length)) {
    whole.write(name, at);
  }
  return whole;
}

function written(bytes: Uint8Array): string {
  const path = join(temporaryFolder(), 'bundle.zip');
  writeFileSync(path, bytes);
  return path;
}
