import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBundle, readZip } from '../../../electron/drills/bundle/read';
import { sumsOf } from '../../../electron/drills/bundle/sums';
import { verifyBundle } from '../../../electron/drills/bundle/verify';
import type { ClavigerClient } from '../../../shared/contract/index';
import type { PlanBody } from '../../../shared/model/drills/plan';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { openInSuite, type Suite } from './openInSuite';

const execute = promisify(execFile);
const passphrases = {
  ann: 'correct horse battery ann',
  ben: 'correct horse battery ben',
  cid: 'correct horse battery cid',
  dot: 'correct horse battery dot',
};
type Name = keyof typeof passphrases;
const photo = Buffer.from('a photo of a sealed envelope');

interface Done {
  readonly opened: Suite;
  readonly drill: string;
  readonly people: Readonly<Record<Name, string>>;
  readonly zip: Buffer;
  readonly files: Map<string, Uint8Array>;
}

let done: Done;
beforeAll(async () => (done = await drilledByTwo()), 240_000);
afterAll(() => done.opened.close());

/** A drill of imported material with a step of people, as officers do it in the window. */
async function drilledByTwo(): Promise<Done> {
  const opened = await openInSuite();
  const { client } = opened;
  const people = {} as Record<Name, string>;
  for (const [name, passphrase] of Object.entries(passphrases)) {
    people[name as Name] = (await client.drills.addPerson({ name, passphrase })).id;
  }
  const plan = await client.drills.savePlan({ body: await bodyWithPeople(client) });
  const who = {
    operator: people.ann,
    approver: people.ben,
    custodians: [people.cid, people.dot],
  };
  await expect(
    client.drills.start({ plan: plan.id, ...who, approver: people.ann }),
  ).rejects.toThrow('The approver must be somebody else than the operator.');
  const { drill: begun } = await client.drills.start({ plan: plan.id, ...who, ticket: 'CHG-7' });
  const drill = begun.id;
  await expect(client.drills.runStep({ drill, step: 'prepare' })).rejects.toThrow(
    'cid has not acknowledged',
  );
  await expect(
    client.drills.acknowledge({ drill, person: people.cid, passphrase: 'not the right one' }),
  ).rejects.toThrow('The passphrase is not the right one.');
  for (const name of ['cid', 'dot'] as const) {
    await client.drills.acknowledge({ drill, person: people[name], passphrase: passphrases[name] });
  }
  await client.drills.runStep({ drill, step: 'prepare' });
  await client.drills.runStep({ drill, step: 'inventory' });
  await client.drills.pause({ drill, reason: 'Lunch' });
  await expect(client.drills.runStep({ drill, step: 'imported-material' })).rejects.toThrow(
    'paused',
  );
  await client.drills.resume({ drill });

  const one = [{ person: people.cid, passphrase: passphrases.cid }];
  const alone = await client.drills.runStep({ drill, step: 'imported-material', custodians: one });
  expect(alone.drill.steps.find(({ id }) => id === 'imported-material')).toMatchObject({
    outcome: 'failed',
    reason: 'dot has brought no share: nothing was deleted.',
  });
  const custodians = [...one, { person: people.dot, passphrase: passphrases.dot }];
  const together = await client.drills.runStep({ drill, step: 'imported-material', custodians });
  expect(together.drill.steps.find(({ id }) => id === 'imported-material')).toMatchObject({
    outcome: 'passed',
    attempts: [{ outcome: 'failed' }, { outcome: 'passed' }],
  });

  await client.drills.runStep({ drill, step: 'talk' });
  const end = { drill, step: 'talk', outcome: 'passed', reason: 'Everybody knew.' } as const;
  await expect(client.drills.endStep(end)).rejects.toThrow('Attach what the plan asks for first');
  await client.drills.attachDropped({ drill, step: 'talk', name: '../ph oto.jpg', bytes: photo });
  await client.drills.note({ drill, step: 'talk', text: 'The list of phone numbers is old.' });
  await client.drills.saveFinding({
    drill,
    finding: { text: 'Phone list is old', owner: 'cid', due: '2027-01-31', step: 'talk' },
  });
  await client.drills.endStep(end);
  await expect(client.drills.close({ drill, printed: false })).rejects.toThrow(
    'Something is still changed',
  );
  await client.drills.runStep({ drill, step: 'remove' });
  await client.drills.runStep({ drill, step: 'close-out' });
  await expect(
    client.drills.sign({ drill, person: people.ann, passphrase: passphrases.ann }),
  ).rejects.toThrow('close it first');
  await client.drills.close({ drill, printed: true });
  await expect(client.drills.note({ drill, step: 'talk', text: 'Too late' })).rejects.toThrow(
    'Write an addendum',
  );
  await expect(client.drills.exportBundle({ drill })).rejects.toThrow('ann has not signed');
  await expect(
    client.drills.sign({ drill, person: people.cid, passphrase: passphrases.cid }),
  ).rejects.toThrow('Only operator and approver sign');
  for (const name of ['ann', 'ben'] as const) {
    await client.drills.sign({ drill, person: people[name], passphrase: passphrases[name] });
  }
  for (const text of ['The phone list was renewed.', 'And again.']) {
    const author = { person: people.ben, passphrase: passphrases.ben };
    await client.drills.addAddendum({ drill, ...author, text });
  }
  const parts: Uint8Array[] = [];
  for await (const part of opened.services.drills.bundle(drill).content) parts.push(part);
  const zip = Buffer.concat(parts);
  return { opened, drill, people, zip, files: await readZip(zip) };
}

async function bodyWithPeople(client: ClavigerClient): Promise<PlanBody> {
  const template = { template: 'imported-material', connection: 'practice' } as const;
  const { body, problems } = await client.drills.planFromTemplate(template);
  expect(problems).toEqual([]);
  const talk = {
    id: 'talk',
    kind: 'manual',
    title: 'Open the safe',
    instructions: 'Open the safe and photograph the envelope.',
    evidence: ['photo of the envelope'],
  } as const;
  const steps = body.steps.flatMap((step) =>
    step.kind === 'remove' ? [{ ...talk, evidence: [...talk.evidence] }, step] : [step],
  );
  return { ...body, steps };
}

describe('a drill of two people', () => {
  it('ends in a bundle that verifies, with report, evidence and addenda', async () => {
    const report = verifyBundle(done.files);
    expect(report.problems).toEqual([]);
    expect(report).toMatchObject({ ok: true, result: 'passed', addenda: 2 });
    expect([...done.files.keys()]).toEqual(
      expect.arrayContaining(['report.pdf', 'evidence/talk/ph oto.jpg', 'addenda/002.sig']),
    );
    expect(done.files.get('evidence/talk/ph oto.jpg')).toEqual(photo);
    const { client } = done.opened;
    expect((await client.drills.list())[0]).toMatchObject({
      state: 'closed',
      result: 'passed',
      signatures: 2,
      openFindings: 1,
      toUndo: 0,
    });
    expect(done.opened.services.drills.facts.plans()).toMatchObject([
      { latest: { id: done.drill, result: 'passed', signed: true, practice: true } },
    ]);
  });

  it('is refused after any one byte of any file was changed', () => {
    for (const [name, bytes] of done.files) {
      const places = new Set([
        0,
        bytes.length - 1,
        ...Array.from({ length: 12 }, (_, index) => Math.floor((index / 12) * bytes.length)),
      ]);
      for (const place of places) {
        for (const flip of [0x01, 0x20, 0x80]) {
          const changed = Buffer.from(bytes);
          changed[place] = (changed[place] ?? 0) ^ flip;
          expect(
            verifyBundle(new Map([...done.files, [name, changed]])).ok,
            `${name} at ${place}`,
          ).toBe(false);
        }
      }
    }
  });

  it('is refused after a file was removed, added, cut or swapped', () => {
    for (const [name, bytes] of done.files) {
      const without = new Map(done.files);
      without.delete(name);
      // The last addendum goes with its signature or not at all: an older bundle is a bundle.
      expect(verifyBundle(without).ok, `without ${name}`).toBe(false);
      expect(verifyBundle(new Map([...done.files, [name, bytes.subarray(1)]])).ok).toBe(false);
    }
    for (const name of [
      'more.txt',
      'evidence/more.txt',
      'signatures/mallory.sig',
      'addenda/003.sig',
      'addenda/004.json',
    ]) {
      expect(verifyBundle(new Map([...done.files, [name, Buffer.from('x')]])).ok, name).toBe(false);
    }
    const [a = '', b = ''] = [...done.files.keys()].filter((name) =>
      name.startsWith('cloudtrail/'),
    );
    const swapped = new Map(done.files);
    swapped.set(a, done.files.get(b) ?? Buffer.of());
    swapped.set(b, done.files.get(a) ?? Buffer.of());
    expect(verifyBundle(swapped).ok).toBe(false);
  });

  it('is refused where the sums were made anew for what was changed', () => {
    for (const name of ['VERIFY.md', 'report.pdf', 'timeline.jsonl', 'keys/operator.pem']) {
      const changed = new Map(done.files);
      changed.set(name, Buffer.concat([Buffer.from(done.files.get(name) ?? []), Buffer.from(' ')]));
      const listed = new Map(
        [...changed].filter(([file]) => !/^(SHA256SUMS|signatures|addenda)/.test(file)),
      );
      changed.set('SHA256SUMS', Buffer.from(sumsOf(listed)));
      const { ok, problems } = verifyBundle(changed);
      expect(ok).toBe(false);
      expect(problems.map(({ file }) => file)).toContain('signatures/operator.sig');
    }
  });

  it('is refused with a forged addendum, or one out of its place', () => {
    const first = JSON.parse(
      Buffer.from(done.files.get('addenda/001.json') ?? []).toString(),
    ) as object;
    const forged = new Map(done.files);
    forged.set('addenda/001.json', Buffer.from(JSON.stringify({ ...first, text: 'All is well.' })));
    expect(verifyBundle(forged).problems.map(({ file }) => file)).toContain('addenda/001.sig');
    const turned = new Map(done.files);
    for (const ending of ['json', 'sig']) {
      turned.set(`addenda/001.${ending}`, done.files.get(`addenda/002.${ending}`) ?? Buffer.of());
      turned.set(`addenda/002.${ending}`, done.files.get(`addenda/001.${ending}`) ?? Buffer.of());
    }
    expect(verifyBundle(turned).ok).toBe(false);
  });

  it('is accepted by the commands of its VERIFY.md, and refused by them once changed', async () => {
    const folder = temporaryFolder();
    for (const [name, bytes] of done.files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    const commands = verifyCommands(readFileSync(join(folder, 'VERIFY.md'), 'utf8'), folder);
    expect(commands.length).toBeGreaterThanOrEqual(5);
    for (const command of commands) await execute('bash', ['-e', '-c', command], { cwd: folder });
    const addendum =
      'openssl pkeyutl -verify -pubin -inkey keys/approver.pem -rawin -in addenda/001.json -sigfile addenda/001.sig';
    await execute('bash', ['-c', addendum], { cwd: folder });
    expect(verifyBundle(await readBundle(folder)).ok).toBe(true);

    const [sums = '', added = '', signed = ''] = commands;
    writeFileSync(join(folder, 'evidence', 'more.txt'), '');
    await expect(execute('bash', ['-e', '-c', added], { cwd: folder })).rejects.toThrow();
    writeFileSync(join(folder, 'record.json'), '{}');
    await expect(execute('bash', ['-e', '-c', sums], { cwd: folder })).rejects.toThrow();
    writeFileSync(join(folder, 'SHA256SUMS'), '');
    await expect(execute('bash', ['-e', '-c', signed], { cwd: folder })).rejects.toThrow();
    expect(verifyBundle(await readBundle(folder)).ok).toBe(false);
  });

  it('keeps every secret out of bundle, database, journal and log', async () => {
    const { client } = done.opened;
    const canaries = (await client.envelope.canaries()).map(({ id }) => id);
    expect(canaries.length).toBeGreaterThan(0);
    const { entries } = await client.journal.list({ limit: 500 });
    const bundle = Buffer.concat([...done.files.values()]).toString('latin1');
    const outside = `${JSON.stringify(entries)} ${done.opened.logged.join(' ')}`;
    const database = readdirSync(done.opened.dataDir)
      .filter((name) => name.startsWith('claviger.db'))
      .map((name) => readFileSync(join(done.opened.dataDir, name)).toString('latin1'))
      .join('');
    for (const passphrase of Object.values(passphrases)) {
      for (const text of [bundle, outside, database]) expect(text).not.toContain(passphrase);
    }
    for (const secret of [
      'PRIVATE KEY',
      'ciphertext',
      'encrypted_data_key',
      'secretAccessKey',
      'sealed"',
    ]) {
      expect(bundle.toLowerCase()).not.toContain(secret.toLowerCase());
    }
    const status = await client.practice.status();
    expect(bundle).not.toContain(new URL(status.endpoint).port === '' ? 'never' : 'AWS4-HMAC');
  });
});

/** The shell blocks of VERIFY.md that are commands as they stand; temporary files go elsewhere. */
function verifyCommands(text: string, folder: string): string[] {
  return [...text.matchAll(/```sh\n(.*?)\n```/gs)]
    .map(([, command = '']) => command.replaceAll('/tmp/there', `${folder}.there`))
    .filter((command) => !command.includes('KEY.pem'));
}
