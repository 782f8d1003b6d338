import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBundle } from '../../../electron/drills/bundle/check';
import { readZip } from '../../../electron/drills/bundle/read';
import { sumsOf } from '../../../electron/drills/bundle/sums';
import { verifyBundle } from '../../../electron/drills/bundle/verify';
import { addendumText } from '../../../electron/drills/bundle/write';
import { openDrillStore } from '../../../electron/drills/drillStore';
import { openPeople } from '../../../electron/drills/people/people';
import { combineShares, openShare } from '../../../electron/drills/people/shares';
import { readSimple } from '../../../electron/envelope/simple/read';
import { openSimple } from '../../../electron/envelope/simple/seal';
import type { ClavigerClient } from '../../../shared/contract/index';
import type { Addendum } from '../../../shared/model/drills/entry';
import type { PlanBody } from '../../../shared/model/drills/plan';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { openInSuite, type Suite } from './openInSuite';
import { databaseFiles, formsOf, found, secretsOf, type Secrets } from './secrets';
import { failingCommands, unpackInto } from './verifyCommands';

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
  /** What AWS gave of secrets on the way. */
  readonly seen: Secrets;
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
  const seen = secretsOf(opened.services.gateway);
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
  return { opened, drill, people, seen, zip, files: await readZip(zip) };
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

  it('is accepted by claviger and by the commands of its VERIFY.md, and refused once changed', async () => {
    const folder = unpackInto(temporaryFolder(), done.files);
    expect(await failingCommands(folder)).toEqual([]);
    expect(await checkBundle(folder)).toMatchObject({ ok: true, problems: [] });
    const zip = join(temporaryFolder(), 'bundle.zip');
    writeFileSync(zip, done.zip);
    expect(await checkBundle(zip)).toMatchObject({ ok: true, problems: [] });

    // One byte of an event, of those that are many.
    const event = [...done.files.keys()].find((name) => name.startsWith('cloudtrail/')) ?? '';
    const bytes = Buffer.from(done.files.get(event) ?? []);
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    writeFileSync(join(folder, event), bytes);
    expect(await failingCommands(folder)).toHaveLength(1);
    expect((await checkBundle(folder)).problems.map(({ file }) => file)).toContain(event);
  });

  it('is refused after a byte of any file was changed', () => {
    for (const [name, bytes] of done.files) {
      for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 5)) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 0x20;
        const report = verifyBundle(new Map([...done.files, [name, changed]]));
        expect(report.ok, `${name} at ${at}`).toBe(false);
      }
    }
  });

  it('is refused where events were swapped, and the record with them', () => {
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

  it('is refused with a forged addendum, or one in the name of somebody else', async () => {
    const first = JSON.parse(
      Buffer.from(done.files.get('addenda/001.json') ?? []).toString(),
    ) as Addendum;
    const forged = new Map(done.files);
    forged.set('addenda/001.json', Buffer.from(addendumText({ ...first, text: 'All is well.' })));
    expect(verifyBundle(forged).problems.map(({ file }) => file)).toContain('addenda/001.sig');
    // By a key that took part, but under another’s name.
    const ben = await peopleOf(done).unlock(done.people.ben, passphrases.ben);
    const text = Buffer.from(addendumText({ ...first, name: 'ann', person: done.people.ann }));
    const posed = new Map(done.files);
    posed.set('addenda/001.json', text);
    posed.set('addenda/001.sig', await ben.sign(text, new AbortController().signal));
    expect(verifyBundle(posed).problems).toContainEqual({
      file: 'addenda/001.json',
      why: 'It is of nobody who took part.',
    });
  });

  it('keeps every secret out of bundle, database, journal and log', async () => {
    const { client, services, logged, dataDir } = done.opened;
    const secrets: Secrets = new Map(done.seen);
    const dataKeys = [...done.seen.values()];
    expect(dataKeys.length).toBeGreaterThan(0);
    for (const [name, passphrase] of Object.entries(passphrases)) {
      secrets.set(`passphrase of ${name}`, Buffer.from(passphrase));
    }
    // What the canaries hold, opened with the data keys that went by.
    const canaries = await client.envelope.canaries();
    for (const { id } of canaries) {
      const read = readSimple(services.envelope.canaries.envelopeOf(id));
      const opened = dataKeys.flatMap((dataKey) => tried(() => openSimple(read, dataKey)));
      expect(opened.length).toBeGreaterThan(0);
      secrets.set(`canary ${id}`, opened[0] ?? Buffer.of());
    }
    // The shares, what they come to, and the keys that open them.
    const people = peopleOf(done);
    const store = openDrillStore(services.store);
    const shares: Buffer[] = [];
    for (const name of ['cid', 'dot'] as const) {
      const { opening } = await people.unlock(done.people[name], passphrases[name]);
      secrets.set(
        `private key of ${name}`,
        opening.export({ format: 'der', type: 'pkcs8' }).subarray(-32),
      );
      const share = openShare(store.share(done.drill, done.people[name]) ?? '', opening);
      secrets.set(`share of ${name}`, share);
      shares.push(share);
    }
    secrets.set('imported material', combineShares(shares));

    const { entries } = await client.journal.list({ limit: 500 });
    const places = new Map([
      ...done.files,
      ['bundle.zip', done.zip] as const,
      ...databaseFiles(dataDir),
      ['journal', Buffer.from(JSON.stringify(entries))] as const,
      ['log', Buffer.from(logged.join('\n'))] as const,
    ]);
    expect(found(secrets, places)).toEqual([]);
    // The search itself finds what is there, in each form.
    for (const { form } of formsOf(dataKeys[0] ?? Buffer.of())) {
      const planted = new Map([['planted', Buffer.from(`x${form}y`, 'latin1')]]);
      expect(found(secrets, planted)).not.toEqual([]);
    }
    const bundle = Buffer.concat([...done.files.values()])
      .toString('latin1')
      .toLowerCase();
    for (const word of ['private key', 'ciphertext', 'encrypted_data_key', 'secretaccesskey']) {
      expect(bundle).not.toContain(word);
    }
  });
});

function peopleOf({ opened: { services } }: Done) {
  const { store, gateway } = services;
  return openPeople({ store, gateway, now: () => new Date(), keychain: undefined });
}

/** What it gives, or nothing where it throws. */
function tried<T>(work: () => T): T[] {
  try {
    return [work()];
  } catch {
    return [];
  }
}
