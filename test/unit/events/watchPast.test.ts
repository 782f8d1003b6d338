import { describe, expect, it } from 'vitest';
import { pastSubjects } from '../../../shared/model/events/watch/changeAlerts';
import { granteesText } from '../../../shared/model/events/watch/grantChanges';
import { pastOf, type PastReading } from '../../../shared/model/events/watch/past';
import { account, allow, changed, keyArn, policy, root, watched } from './watchEvents';

const region = 'eu-central-1';
const keyId = keyArn.replace(/^.*\//, '');
const role = allow('arn:aws:iam::111122223333:role/app', 'kms:Decrypt');
const admin = allow('arn:aws:iam::111122223333:role/admin', 'kms:*');

/** A reading of the key's, minutes after noon. */
function read(
  part: PastReading['part'],
  value: string,
  minutes: number,
  untilMinutes = minutes,
  subject = keyId,
): PastReading {
  const at = (after: number) =>
    new Date(Date.parse('2026-03-01T12:00:00Z') + after * 60_000).toISOString();
  return { part, account, region, subject, value, since: at(minutes), until: at(untilMinutes) };
}

const put = (minutes: number, text: string) => changed('PutKeyPolicy', minutes, { policy: text });

describe('a policy whose earlier text no stored event shows', () => {
  it('is compared with the last reading of the inventory before, and says so', () => {
    const readings = [
      read('policy', policy(root), -3000),
      read('policy', policy(root, role), -120, -60),
      read('policy', policy(root, admin), 30),
    ];
    const { alerts } = watched([put(0, policy(root, admin))], readings);
    expect(alerts).toMatchObject([
      {
        severity: 'medium',
        policyChange: {
          before: policy(root, role),
          beforeFrom: { kind: 'inventory', at: '2026-03-01T11:00:00.000Z' },
          gained: [{ principal: 'arn:aws:iam::111122223333:role/admin' }],
          lost: [{ principal: 'arn:aws:iam::111122223333:role/app' }],
        },
      },
    ]);
    expect(alerts[0]?.reason).toContain('Compared with the inventory of 2026-03-01 11:00 UTC.');
    expect(alerts[0]?.reason).not.toContain('is not stored');
  });

  it('is no alert where the inventory had the same', () => {
    const readings = [read('policy', policy(root, role), -60)];
    expect(watched([put(0, policy(role, root))], readings).alerts).toEqual([]);
  });

  it('is not compared with a reading after the change', () => {
    const { alerts } = watched([put(0, policy(root, role))], [read('policy', policy(root), 0, 90)]);
    expect(alerts[0]?.policyChange?.before).toBeUndefined();
    expect(alerts[0]?.reason).toContain('The policy before is not stored');
  });

  it('is dated by the first reading where the last one came after the change', () => {
    const { alerts } = watched(
      [put(0, policy(root, role))],
      [read('policy', policy(root), -90, 90)],
    );
    expect(alerts[0]?.policyChange?.beforeFrom?.at).toBe('2026-03-01T10:30:00.000Z');
  });
});

describe('a policy whose earlier text an event shows', () => {
  const events = [put(0, policy(root)), put(600, policy(root, role, admin))];
  it('names the event', () => {
    const [, alert] = watched(events, [read('policy', policy(root, role), -60)]).alerts;
    expect(alert?.policyChange).toMatchObject({
      before: policy(root),
      beforeFrom: { kind: 'event', at: '2026-03-01T12:00:00Z', eventId: events[0]?.row.eventId },
    });
  });

  it('is compared with a later reading, as a change between the two was not stored', () => {
    const [, alert] = watched(events, [read('policy', policy(root, role), 300)]).alerts;
    expect(alert?.policyChange?.beforeFrom?.kind).toBe('inventory');
    expect(alert?.policyChange?.gained).toMatchObject([
      { principal: 'arn:aws:iam::111122223333:role/admin' },
    ]);
  });

  it('is not compared with a reading so soon after it that KMS may still have told the old one', () => {
    const [, alert] = watched(events, [read('policy', policy(role), 2)]).alerts;
    expect(alert?.policyChange?.beforeFrom?.kind).toBe('event');
  });

  it('is compared with no reading from before an event that does not show its policy', () => {
    const unread = [changed('PutKeyPolicy', 0), put(600, policy(root, role))];
    const { alerts } = watched(unread, [read('policy', policy(root), -60)]);
    expect(alerts.at(-1)?.policyChange?.before).toBeUndefined();
  });
});

describe('a grant', () => {
  const grantee = 'arn:aws:iam::111122223333:role/batch';
  const granted = changed('CreateGrant', 0, {
    granteePrincipal: grantee,
    operations: ['Decrypt'],
  });

  it('to one that held a grant by the inventory is nothing new', () => {
    const session = 'arn:aws:sts::111122223333:assumed-role/batch/i-1';
    const readings = [read('grantees', granteesText([session, 'ec2.amazonaws.com']), -60)];
    expect(watched([granted], readings).alerts).toEqual([]);
  });

  it('to another one says that the inventory shows none', () => {
    const { alerts } = watched([granted], [read('grantees', granteesText([]), -60)]);
    expect(alerts[0]?.reason).toContain('the inventory of 2026-03-01 11:00 UTC shows none');
  });
});

describe('an alias', () => {
  const aliasName = 'alias/orders';
  const update = changed('UpdateAlias', 0, { aliasName, targetKeyId: 'key-b' });
  const back = changed('UpdateAlias', 30, { aliasName, targetKeyId: 'key-a' });
  const readings = [read('alias', 'key-a', -60, -60, aliasName)];

  it('that is re-pointed led to where the inventory says, and may be put back there', () => {
    const { alerts } = watched([update, back], readings);
    expect(alerts).toMatchObject([{ rule: 'alias-re-pointed', severity: 'low' }]);
    expect(alerts[0]?.reason).toContain(
      'It led to key key-a by the inventory of 2026-03-01 11:00 UTC.',
    );
    expect(alerts[0]?.undone?.eventId).toBe(back.row.eventId);
  });

  it('that is deleted says where it led', () => {
    const { alerts } = watched([changed('DeleteAlias', 0, { aliasName })], readings);
    expect(alerts[0]?.reason).toContain('It led to key key-a by the inventory');
  });
});

it('asks the inventory for each key and alias once, and only for changes that were made', () => {
  const aliasName = 'alias/orders';
  const subjects = pastSubjects([
    put(0, policy(root)),
    put(1, policy(root)),
    changed('PutKeyPolicy', 2, {}, { outcome: 'denied', keys: ['other'] }),
    changed('CreateGrant', 3, {}),
    changed('DeleteAlias', 4, { aliasName }),
    changed('DisableKey', 5),
  ]);
  expect(subjects).toEqual([
    { part: 'policy', account, region, subject: keyId },
    { part: 'grantees', account, region, subject: keyId },
    { part: 'alias', account, region, subject: aliasName },
  ]);
});

it('knows nothing of what was never read', () => {
  const past = pastOf([]);
  expect(past({ part: 'policy', account, region, subject: keyId }, '2026-03-01T12:00:00Z')).toBe(
    undefined,
  );
});
