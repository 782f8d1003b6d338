import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEvidenceIndex } from '../../../electron/events/digest/evidence/evidenceIndex';
import { folderFiles } from '../../../electron/events/digest/folder';
import { readPublicKeys } from '../../../electron/events/digest/publicKeys';
import {
  validateInThread,
  type ProofOptions,
} from '../../../electron/events/digest/thread/validateInThread';
import type { TrailFiles } from '../../../electron/events/digest/trailFiles';
import { validateTrail } from '../../../electron/events/digest/validate';
import { AppError } from '../../../shared/model/errors';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { trailAccount } from './trailCopy';

const bundle = new URL('../../../dist/main/events-proof.js', import.meta.url);
const at = new Date('2026-11-24T12:00:00Z');
let original: string;
let keyFile: string;

beforeAll(async () => {
  const account = await trailAccount(3);
  original = mkdtempSync(join(tmpdir(), 'claviger-trail-'));
  keyFile = await account.copyTo(original);
  await account.close();
}, 120_000);
afterAll(() => rmSync(original, { recursive: true, force: true }));

/** A copy with a changed log file. */
async function tampered(): Promise<{ folder: string; options: ProofOptions }> {
  const folder = temporaryFolder();
  cpSync(original, folder, { recursive: true });
  const logs: string[] = [];
  const { signal } = new AbortController();
  for await (const key of folderFiles(folder).list({}, signal)) {
    if (key.includes('/CloudTrail/')) logs.push(key);
  }
  const file = join(folder, logs.sort()[0] ?? '');
  const text = gunzipSync(readFileSync(file)).toString('utf8');
  writeFileSync(file, gzipSync(text.replace('CreateKey', 'CreateKez')));
  const keys = await readPublicKeys([keyFile]);
  return {
    folder,
    options: {
      files: folderFiles(folder),
      range: {},
      publicKeys: () => Promise.resolve(keys),
      now: () => at,
      signal,
    },
  };
}

describe('a validation in a thread', () => {
  it('gives report and evidence as one without, from a folder and of files that it asks for', async () => {
    const { folder, options } = await tampered();
    const index = createEvidenceIndex();
    const report = await validateTrail({ ...options, evidence: index });
    expect(report.faults.map(({ kind }) => kind)).toEqual(['modified']);
    for (const where of [{ folder }, {}]) {
      const progress: number[] = [];
      const proof = await validateInThread(
        { ...options, ...where, progress: (done) => progress.push(done) },
        bundle,
      );
      expect(proof.report).toEqual(report);
      expect(proof.evidence.digests).toEqual(index.digests);
      const values = [...proof.evidence.keys.values()].map(({ value }) => Buffer.from(value));
      expect(values).toEqual([...index.keys.values()].map(({ value }) => value));
      expect(progress.length).toBeGreaterThan(0);
    }
  });

  it('tells what keeps it from listing or reading, as a sentence', async () => {
    const { options } = await tampered();
    const denied = () => {
      throw new AppError('denied', 's3:ListBucket is not allowed.');
    };
    const closed: TrailFiles = { ...options.files, list: denied };
    await expect(validateInThread({ ...options, files: closed }, bundle)).rejects.toMatchObject({
      code: 'denied',
      message: 's3:ListBucket is not allowed.',
    });
    const unread: TrailFiles = {
      ...options.files,
      open: (key, signal) =>
        key.includes('/CloudTrail/') ? denied() : options.files.open(key, signal),
    };
    const { report } = await validateInThread({ ...options, files: unread }, bundle);
    expect(report.verdict.value).toBe('cannot-tell');
    expect(report.unknowns[0]?.why).toBe('s3:ListBucket is not allowed.');
  });

  it('ends at once when it is cancelled', async () => {
    const { options } = await tampered();
    const abort = new AbortController();
    const files: TrailFiles = {
      ...options.files,
      open(key, signal) {
        abort.abort();
        return options.files.open(key, signal);
      },
    };
    await expect(
      validateInThread({ ...options, files, signal: abort.signal }, bundle),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('that breaks is an error, and nobody waits for it', async () => {
    const { options } = await tampered();
    const file = join(temporaryFolder(), 'breaks.mjs');
    writeFileSync(
      file,
      "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { throw new Error('no memory'); });",
    );
    await expect(validateInThread(options, new URL(`file://${file}`))).rejects.toMatchObject({
      code: 'internal',
    });
  });
});
