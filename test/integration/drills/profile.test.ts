import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPractice, type Practice } from '../../../electron/practice/index';
import { toUndo } from '../../../shared/model/drills/drill';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { askControl } from '../practice/askControl';
import { openForTest } from '../services/openForTest';

const passphrase = 'correct horse battery staple';
const region = 'eu-central-1';

interface Shown {
  readonly arn: string;
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly mfa?: { readonly serialNumber: string; readonly code: string };
}

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice({ seed: 'company' });
});
afterAll(() => practice.close());

async function user(name: string): Promise<Shown> {
  const { users } = await askControl<{ users: Shown[] }>(practice, 'identities');
  const found = users.find(({ arn }) => arn.endsWith(`/${name}`));
  if (!found) throw new Error(`no ${name}`);
  return found;
}

/** The services of somebody with two profiles, as for any AWS account: nothing knows that it is a practice one. */
async function open() {
  const homeDir = temporaryFolder();
  mkdirSync(join(homeDir, '.aws'));
  const [operator, oncall] = [await user('practice-operator'), await user('dora-oncall')];
  const keysOf = ({ accessKeyId, secretAccessKey }: Shown) =>
    `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  writeFileSync(
    join(homeDir, '.aws', 'credentials'),
    `[operator]\n${keysOf(operator)}[oncall]\n${keysOf(oncall)}`,
  );
  const settings = `region = ${region}\nendpoint_url = ${practice.endpoint}\n`;
  writeFileSync(
    join(homeDir, '.aws', 'config'),
    `[profile operator]\n${settings}[profile oncall]\n${settings}`,
  );
  const opened = await openForTest({ homeDir });
  await opened.client.settings.set({ quotaPercent: 100 });
  return { ...opened, oncall };
}

it('breaks glass with profiles and an MFA device, after a look whether it may go well', async () => {
  const { client, services, oncall } = await open();
  const { drills } = client;
  const { body } = await drills.planFromTemplate({
    template: 'break-glass',
    connection: 'profile:operator',
  });
  const [prepare, , breakGlass, remove] = body.steps;
  if (!prepare || !breakGlass || !remove || !oncall.mfa)
    throw new Error('The template is another.');
  const rotate = {
    ...prepare,
    id: 'rotate',
    kind: 'disable-enable' as const,
    title: 'Disable, enable',
  };
  const plan = await drills.savePlan({
    body: {
      ...body,
      steps: [prepare, rotate, breakGlass, remove],
      identities: {
        usual: 'profile:oncall',
        breakGlassRole: `arn:aws:iam::${oncall.accountId}:role/break-glass`,
        mfaSerial: oncall.mfa.serialNumber,
      },
    },
  });
  const [ada, ben] = [
    await drills.addPerson({ name: 'Ada', passphrase }),
    await drills.addPerson({ name: 'Ben', passphrase }),
  ];
  const begun = await drills.start({
    plan: plan.id,
    operator: ada.id,
    approver: ben.id,
    custodians: [],
  });
  expect(begun.drill).toMatchObject({ practice: false, account: oncall.accountId });
  const drill = begun.drill.id;
  const look = () => drills.preflight({ drill, step: 'rotate' });
  const step = async (id: string) =>
    (await drills.get({ drill })).drill.steps.find((one) => one.id === id);

  // Before there is a key nothing can be told; then KMS says without doing it whether Decrypt may go.
  expect(await look()).toMatchObject([{ result: 'cannot-tell' }]);
  await drills.runStep({ drill, step: prepare.id });
  expect(await look()).toMatchObject([
    { result: 'pass', reason: expect.stringContaining('may decrypt') as string },
  ]);
  const key = (await drills.get({ drill })).drill.facts['key ordinary'] ?? '';
  const target = { connection: 'profile:operator', region };
  const put = (Statement: object[]) =>
    services.gateway.send(
      target,
      new PutKeyPolicyCommand({
        KeyId: key,
        Policy: JSON.stringify({ Version: '2012-10-17', Statement }),
      }),
    );
  const all = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${oncall.accountId}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  await put([all, { ...all, Effect: 'Deny', Action: 'kms:Decrypt' }]);
  expect(await look()).toMatchObject([
    { result: 'fail', reason: expect.stringContaining('kms:Decrypt') as string },
  ]);
  await put([all]);
  await askControl(practice, 'faults/set', {
    operation: 'kms:Decrypt',
    kind: 'server-error',
    every: 1,
  });
  expect(await look()).toMatchObject([{ result: 'cannot-tell' }]);
  await askControl(practice, 'faults/clear', { operation: 'kms:Decrypt', kind: 'server-error' });
  expect(await look()).toMatchObject([{ result: 'pass' }]);
  // A look is no call of the step, and nothing was decrypted.
  expect((await step('rotate'))?.calls).toEqual([]);
  await drills.endStep({ drill, step: 'rotate', outcome: 'skipped', reason: 'Looked at only.' });

  // A code that was mistyped says nothing of the role: the step can be done again.
  const right = (await user('dora-oncall')).mfa?.code ?? '';
  const wrong = right === '000000' ? '000001' : '000000';
  await drills.runStep({ drill, step: breakGlass.id, mfaCode: wrong });
  expect(await step(breakGlass.id)).toMatchObject({
    outcome: 'cannot-tell',
    reason: expect.stringContaining('did not accept the MFA code') as string,
  });
  const { mfa } = await user('dora-oncall');
  await drills.runStep({ drill, step: breakGlass.id, mfaCode: mfa?.code });
  const done = await step(breakGlass.id);
  expect(done).toMatchObject({ outcome: 'passed' });
  expect(done?.attempts).toHaveLength(2);
  expect(done?.calls.at(-1)).toMatchObject({
    operation: 'kms:Decrypt',
    outcome: 'ok',
    principal: expect.stringContaining('assumed-role/break-glass') as string,
  });

  await drills.runStep({ drill, step: remove.id });
  expect(toUndo((await drills.get({ drill })).drill)).toEqual([]);
}, 240_000);
