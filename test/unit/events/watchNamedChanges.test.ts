import { describe, expect, it } from 'vitest';
import type { EventRow } from '../../../shared/model/events/event';
import { alertSchema } from '../../../shared/model/events/findings';
import { namedChange } from '../../../shared/model/events/watch/namedChanges';

const row: EventRow = {
  eventId: 'e-1',
  at: '2026-03-01T10:00:00Z',
  account: '111122223333',
  region: 'eu-central-1',
  source: 'kms.amazonaws.com',
  name: 'ScheduleKeyDeletion',
  readOnly: false,
  outcome: 'ok',
  keys: ['arn:aws:kms:eu-central-1:111122223333:key/k'],
  caller: 'Alice',
  encryptionContext: {},
  type: 'AwsApiCall',
  dryRun: false,
};

describe('changes that are dangerous by their name', () => {
  it('tells who scheduled the deletion of which key', () => {
    const alert = alertSchema.parse(namedChange(row));
    expect(alert).toMatchObject({
      rule: 'key-deletion-scheduled',
      severity: 'high',
      events: ['e-1'],
    });
    expect(alert.reason).toContain('Alice scheduled the deletion of a key');
  });

  it('tells of a stopped trail, which names no key', () => {
    const stop = { ...row, source: 'cloudtrail.amazonaws.com', name: 'StopLogging', keys: [] };
    const alert = namedChange(stop);
    expect(alert?.rule).toBe('trail-stopped');
    expect(alert).not.toHaveProperty('key');
  });

  it.each([
    ['a harmless event', { name: 'Decrypt' }],
    ['a name that every object has', { source: 'constructor', name: 'name' }],
    ['a refused change', { outcome: 'denied' as const }],
    ['a failed change', { outcome: 'failed' as const }],
    ['a test of the permission', { dryRun: true }],
    ['another service’s event of that name', { source: 'example.amazonaws.com' }],
  ])('is quiet about %s', (_what, part) => {
    expect(namedChange({ ...row, ...part })).toBeUndefined();
  });
});
