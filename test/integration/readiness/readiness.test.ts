import { expect, it } from 'vitest';
import type { CheckState, ReadinessState } from '../../../shared/model/readiness/state';
import type { ClavigerClient } from '../../../shared/contract/index';
import { openForTest } from '../services/openForTest';

function check(state: ReadinessState, id: string): CheckState {
  const found = state.checks.find((one) => one.id === id);
  if (!found) throw new Error(`There is no check ${id}.`);
  return found;
}

it('can tell nothing before anything was read, and to look at a pitfall judges nothing', async () => {
  const { client } = await openForTest();
  await client.readiness.pitfall({ id: 'static-keys' });
  const state = await client.readiness.state();
  expect(state.evaluatedAt).toBeUndefined();
  expect(new Set(state.checks.map(({ verdict }) => verdict.value))).toEqual(
    new Set(['cannot-tell']),
  );
  expect(state.groups.filter(({ score }) => score !== null && score > 0)).toEqual([]);
});

it('passes nothing where no account is chosen', async () => {
  const { client } = await openForTest();
  const state = await client.readiness.run({ sources: ['keys', 'trails'] });
  expect(check(state, 'rotation-on').verdict.value).toBe('cannot-tell');
  expect(check(state, 'trail-on').verdict).toMatchObject({ value: 'cannot-tell' });
});

it('reads the practice company, judges it, and keeps what it rests on', async () => {
  const { client } = await openForTest({ practice: true });
  const told: string[] = [];
  const state = await client.readiness.run(
    { sources: ['keys', 'trails'] },
    { onProgress: ({ what }) => void told.push(what) },
  );
  expect(told[0]).toBe('the keys');
  expect(told).toContain('the keys, the trails');
  expect(told.at(-1)).toBe('judging');
  expect(check(state, 'policy-not-public')).toMatchObject({ verdict: { value: 'fail' } });
  expect(check(state, 'policy-not-public').counts.fail).toBe(1);
  expect(check(state, 'keys-not-pending-deletion').counts.fail).toBe(4);
  expect(check(state, 'trail-on').verdict.value).toBe('pass');
  expect(check(state, 'log-encryption').verdict.value).toBe('fail');
  expect(state.next).toHaveLength(3);
  expect(state.scope).toEqual([
    expect.objectContaining({ connection: 'practice', account: '111122223333' }),
  ]);

  const { items, total } = await client.readiness.items({
    check: 'policy-not-public',
    verdicts: ['fail'],
    offset: 0,
    limit: 10,
  });
  expect(total).toBe(1);
  const [item] = items;
  expect(item?.subject.name).toBe('alias/prod/reports-export');
  const evidence = await client.readiness.evidence({
    check: 'policy-not-public',
    subject: item?.subject.id ?? '',
  });
  expect(evidence.documents).toHaveLength(1);
  const call = evidence.documents[0]?.document.calls.find(
    ({ operation }) => operation === 'kms:GetKeyPolicy',
  );
  expect(call?.requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(evidence.documents[0]?.document.principal).toMatch(/^arn:aws:iam::111122223333:/);

  const { entries } = await client.journal.list({ limit: 50 });
  const judged = entries.find(({ seq }) => seq === evidence.journalSeq);
  expect(judged).toMatchObject({
    what: 'readiness.judged',
    facts: { manifestSha256: state.manifestSha256 },
  });
  // Asked again it answers from the store, the same.
  const { running, ...again } = await client.readiness.state();
  expect({ ...again, running }).toEqual(state);
});

it('keeps what people say: owner, waiver, and the history of both', async () => {
  const { client } = await openForTest({ practice: true });
  await client.readiness.run({ sources: ['keys'] });
  const target = { check: 'policy-not-public' };
  await client.readiness.assign({ ...target, owner: 'data-team', due: '2027-01-31', note: null });
  const waive = { ...target, reason: 'Until the migration ends', approver: 'CISO' };
  await expect(client.readiness.waive({ ...waive, expires: '2020-01-01' })).rejects.toMatchObject({
    code: 'bad-request',
  });
  await expect(client.readiness.waive({ ...waive, expires: '2999-01-31' })).rejects.toThrow(
    'A waiver lasts for a year at most',
  );
  const expires = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
  const [operator = ''] = (await client.journal.list({ limit: 1 })).entries.map(
    (one) => one.operator,
  );
  await expect(
    client.readiness.waive({ ...waive, expires, approver: operator.toUpperCase() }),
  ).rejects.toThrow('approved by somebody else');
  await client.readiness.waive({ ...waive, expires });
  const waived = check(await client.readiness.state(), target.check);
  // It still shows as what it is.
  expect(waived).toMatchObject({ verdict: { value: 'fail' }, waived: 1 });
  expect(waived.care).toMatchObject({ owner: 'data-team', due: '2027-01-31' });
  await client.readiness.liftWaiver(target);
  expect(check(await client.readiness.state(), target.check).waived).toBe(0);
  const history = await client.readiness.history({ ...target, limit: 10 });
  expect(history.map(({ kind }) => kind)).toEqual(['waiver-lifted', 'waived', 'assigned']);
  await expect(
    client.readiness.attest({
      ...target,
      statement: 'It is fine',
      by: 'me',
      expires: '2999-01-31',
    }),
  ).rejects.toMatchObject({ code: 'bad-request' });
  const { entries } = await client.journal.list({ limit: 50 });
  expect(entries.map(({ what }) => what)).toEqual(
    expect.arrayContaining(['readiness.assign', 'readiness.waive', 'readiness.liftWaiver']),
  );
});

it('judges anew what depends on a trusted account where one is declared, and nothing else', async () => {
  const { client, dataDir, close } = await openForTest({ practice: true });
  await client.readiness.run({ sources: ['keys'] });
  const judged = async (of: ClavigerClient) => {
    const { checks } = await of.readiness.state();
    return checks.find(({ id }) => id === 'policy-other-accounts')?.counts.fail;
  };
  expect(await judged(client)).toBe(1);
  const account = { id: '444455556666', why: 'The analytics company; says the CISO.' };
  const { trustedAccounts } = await client.readiness.trust(account);
  expect(trustedAccounts).toMatchObject([account]);
  expect(await judged(client)).toBe(0);
  const { entries } = await client.journal.list({ limit: 10 });
  expect(entries.find(({ what }) => what === 'readiness.judged')?.facts).toMatchObject({
    checks: 2,
  });
  expect(entries.find(({ what }) => what === 'readiness.trust')?.facts).toMatchObject(account);

  await expect(client.readiness.trust(account)).rejects.toThrow('444455556666 is trusted already.');
  await expect(client.readiness.trust({ ...account, id: '4444' })).rejects.toMatchObject({
    code: 'bad-request',
  });
  await expect(client.readiness.trust({ id: '999999999999', why: ' ' })).rejects.toMatchObject({
    code: 'bad-request',
  });
  // Another setting leaves it alone, and so does a new start.
  await client.readiness.setSettings({ maxRotationPeriodDays: 365, expiryWarningDays: 30 });
  await close();
  const { client: again } = await openForTest({ practice: true, dataDir });
  expect(await judged(again)).toBe(0);
  expect((await again.readiness.settings()).trustedAccounts).toEqual(trustedAccounts);
  expect((await again.readiness.stopTrusting({ id: account.id })).trustedAccounts).toEqual([]);
  expect(await judged(again)).toBe(1);
  await expect(again.readiness.stopTrusting({ id: account.id })).rejects.toMatchObject({
    code: 'not-found',
  });
});

it('joins a refresh of the keys that runs already, as right after the start', async () => {
  const { client } = await openForTest({ practice: true });
  const refresh = client.keys.refresh({});
  const state = await client.readiness.run({ sources: ['keys'] });
  await refresh;
  expect(state.sources.find(({ source }) => source === 'keys')?.problem).toBeUndefined();
  expect(check(state, 'policy-not-public').counts.fail).toBe(1);
});
