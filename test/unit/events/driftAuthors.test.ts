import { describe, expect, it } from 'vitest';
import { driftAuthors } from '../../../electron/events/watch/driftAuthors';
import { tableOf } from './exampleEvents';
import { account, changed, keyArn } from './watchEvents';

/** Noon is the changes' minute 0. */
const drift = (what: string) => ({
  connection: 'practice',
  account,
  region: 'eu-central-1',
  keyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
  arn: keyArn,
  since: '2026-03-01T12:00:00.500Z',
  until: '2026-03-01T13:00:00.000Z',
  what,
});

function authors(what: string, ...events: ReturnType<typeof changed>[]): string[] {
  const table = tableOf(events.map(({ row }) => row));
  const [found] = driftAuthors(table, [drift(what)]);
  return (found?.authors ?? []).map(({ name, caller }) => `${caller} ${name}`);
}

describe('who changed a key between two inventories', () => {
  it.each([
    ['policy edited', 'PutKeyPolicy'],
    ['policy statement open to everybody added: #2', 'PutKeyPolicy'],
    ['account in policy added: 444455556666', 'PutKeyPolicy'],
    ['root access: on -> off', 'PutKeyPolicy'],
    ['grants: 1 -> 2', 'CreateGrant'],
    ['grants: 2 -> 1', 'RevokeGrant'],
    ['alias added: alias/a', 'CreateAlias'],
    ['alias removed: alias/a', 'UpdateAlias'],
    ['replica added: us-east-1', 'ReplicateKey'],
    ['primary Region: eu-central-1 -> us-east-1', 'UpdatePrimaryRegion'],
    ['state: Enabled -> Disabled', 'DisableKey'],
    ['rotation period: 365 -> 90', 'EnableKeyRotation'],
    ['rotated on demand on 2026-03-01', 'RotateKeyOnDemand'],
  ])('%s: by %s', (what, name) => {
    expect(authors(what, changed(name, 10))).toEqual([`Alice ${name}`]);
  });

  it('names the newest first, and five at most', () => {
    const events = Array.from({ length: 7 }, (_, n) =>
      changed('PutKeyPolicy', n + 1, undefined, { caller: `c${n}` }),
    );
    expect(authors('policy edited', ...events)[0]).toBe('c6 PutKeyPolicy');
    expect(authors('policy edited', ...events)).toHaveLength(5);
  });

  it.each([
    ['another kind of event', changed('DisableKey', 10)],
    ['an event before the first reading', changed('PutKeyPolicy', -1)],
    ['an event after the second reading', changed('PutKeyPolicy', 61)],
    ['a refused one', changed('PutKeyPolicy', 10, undefined, { outcome: 'denied' })],
    ['another key’s', changed('PutKeyPolicy', 10, undefined, { keys: [`${keyArn}x`] })],
    ['another Region’s', changed('PutKeyPolicy', 10, undefined, { region: 'us-east-1' })],
    ['another account’s', changed('PutKeyPolicy', 10, undefined, { account: '444455556666' })],
  ])('is nobody by %s', (_what, event) => {
    expect(authors('policy edited', event)).toEqual([]);
  });

  it('counts an event within the second of the first reading', () => {
    expect(authors('policy edited', changed('PutKeyPolicy', 0))).toHaveLength(1);
  });
});
