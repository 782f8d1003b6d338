import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipOf } from '../../../electron/drills/bundle/write';
import { openDrillStore } from '../../../electron/drills/drillStore';
import { createLifecycle } from '../../../electron/drills/lifecycle';
import { fingerprintOf, publicPem } from '../../../electron/drills/people/keyPairs';
import { passingPerson, type Signer } from '../../../electron/drills/people/people';
import { planOf } from '../../../electron/drills/planStore';
import { sumsOf, type Files } from '../../../electron/drills/bundle/sums';
import { openStore } from '../../../electron/store/index';
import { canonicalJson } from '../../../electron/canonicalJson';
import { at } from './exampleDrill';

export interface SmallRecord {
  readonly files: Files;
  readonly zip: Buffer;
  /** The files with sums and signatures of both people over them as they are: what only they could forge. */
  signed(files: Files): Promise<Files>;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/**
 * The smallest record that has every kind of file: a step with evidence, two calls with their CloudTrail
 * events, a printed report of some bytes, two signatures by two algorithms, and two addenda.
 */
export async function smallRecord(report: Uint8Array): Promise<SmallRecord> {
  const dataDir = mkdtempSync(join(tmpdir(), 'claviger-test-'));
  const db = openStore({ dataDir, now: () => new Date(at(0)) });
  const store = openDrillStore(db);
  const lifecycle = createLifecycle(store);
  const { signal } = new AbortController();
  const operator = passingPerson('Ada', new Date(at(0))).unlocked;
  const approver = signerP256('Grace');
  const plan = planOf(
    {
      name: 'Small',
      template: 'compromise',
      scenario: 'One key.',
      scope: { connection: 'practice', region: 'eu-central-1', keys: [] },
      identities: {},
      alarms: { withinMinutes: 1 },
      objectives: [{ id: 'all', text: 'All', criterion: 'All', steps: ['talk'] }],
      rtoMinutes: 1,
      rpoMinutes: 0,
      custodians: 0,
      cadenceDays: 90,
      remindDays: 1,
      steps: [{ id: 'talk', kind: 'manual', title: 'Talk', instructions: 'Talk.', evidence: [] }],
    },
    { id: 'small', version: 1, savedAt: at(0), savedBy: 'test' },
  );
  const cast = { operator: operator.person, approver: approver.person, custodians: [] };
  const begin = { plan, cast, practice: true, account: '111122223333', ticket: undefined };
  const { id } = lifecycle.begin({ ...begin, version: '0', at: at(0) });
  const step = 'talk';
  store.append(id, { kind: 'step-started', at: at(1), step });
  for (const call of ['1', '2']) {
    const requestId = `request-${call}`;
    store.append(id, {
      kind: 'call',
      at: at(2),
      step,
      call: {
        id: call,
        operation: 'kms:DescribeKey',
        connection: 'practice',
        region: 'eu-central-1',
        sentAt: at(1),
        answeredAt: at(2),
        requestId,
        outcome: 'ok',
      },
    });
    const event = { eventID: `event-${call}`, eventTime: at(2), requestID: requestId };
    const bytes = Buffer.from(canonicalJson(event));
    store.putFile(id, `cloudtrail/events/${event.eventID}.json`, bytes);
    const { eventID: eventId, eventTime } = event;
    store.append(id, {
      kind: 'logged',
      at: at(3),
      call,
      eventId,
      eventTime,
      sha256: sha256(bytes),
    });
  }
  const photo = Buffer.from('a photo');
  const file = { name: 'evidence/talk/photo.jpg', sha256: sha256(photo), bytes: photo.length };
  store.putFile(id, file.name, photo);
  store.append(id, { kind: 'evidence', at: at(4), step, file: { ...file, by: 'attached' } });
  store.append(id, { kind: 'step-ended', at: at(5), step, outcome: 'passed', reason: 'Done.' });
  lifecycle.close(store.get(id), at(6), report);
  for (const signer of [operator, approver]) {
    await lifecycle.sign(store.get(id), signer, at(7), signal);
  }
  await lifecycle.add(store.get(id), operator, 'One thing more.', at(8), signal);
  await lifecycle.add(store.get(id), approver, 'And another.', at(9), signal);
  const drill = store.get(id);
  const files = lifecycle.bundle(drill);
  db.close();
  rmSync(dataDir, { recursive: true });
  return {
    files,
    zip: await packed(files, drill.closedAt ?? ''),
    async signed(changed) {
      const beside = /^(SHA256SUMS|signatures\/.*|addenda\/.*)$/;
      const under = new Map([...changed].filter(([name]) => !beside.test(name)));
      const sums = Buffer.from(sumsOf(under));
      return new Map([
        ...under,
        ['SHA256SUMS', sums],
        ['signatures/operator.sig', await operator.sign(sums, signal)],
        ['signatures/approver.sig', await approver.sign(sums, signal)],
      ]);
    },
  };
}

export async function packed(files: Files, closedAt: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of zipOf(files, closedAt)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Somebody with a key as KMS has it, whose signatures are DER. */
function signerP256(name: string): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = publicPem(publicKey);
  return {
    person: {
      id: name,
      name,
      algorithm: 'ECDSA-P256-SHA256',
      fingerprint: fingerprintOf(pem),
      publicKey: pem,
      takesShares: false,
    },
    sign: (bytes) => Promise.resolve(sign('sha256', bytes, privateKey)),
  };
}
