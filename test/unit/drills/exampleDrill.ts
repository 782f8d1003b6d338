import type { DrillEntry } from '../../../shared/model/drills/entry';
import { planFromTemplate } from '../../../shared/model/drills/templates';
import { planOf } from '../../../electron/drills/planStore';

/** A plan of the quarterly standard with everything filled in. */
export const examplePlan = planOf(
  planFromTemplate('quarterly', {
    scope: {
      connection: 'practice',
      region: 'eu-central-1',
      replicaRegion: 'eu-west-1',
      keys: [{ connection: 'practice', region: 'eu-central-1', keyId: 'a' }],
    },
    identities: {
      usual: 'practice:dora-oncall',
      breakGlassRole: 'arn:aws:iam::111122223333:role/break-glass',
      mfaSerial: 'arn:aws:iam::111122223333:mfa/dora-oncall',
      backup: 'practice:partner-operator',
    },
    alarms: { keyState: 'kms-key-deletion', withinMinutes: 30 },
  }),
  { id: 'plan', version: 1, savedAt: '2026-11-01T00:00:00Z', savedBy: 'test' },
);

export const at = (second: number) => new Date(Date.UTC(2026, 10, 28, 12, 0, second)).toISOString();

const participant = (person: string, role: 'operator' | 'approver' | 'custodian') => ({
  person,
  name: person,
  role,
  algorithm: 'Ed25519',
  fingerprint: person.charCodeAt(0).toString(16).padStart(64, '0'),
  publicKey: '',
});

export const started: DrillEntry = {
  kind: 'started',
  at: at(0),
  drill: 'drill-1',
  plan: examplePlan,
  practice: true,
  version: '0.0.0',
  participants: [
    participant('ann', 'operator'),
    participant('ben', 'approver'),
    participant('cid', 'custodian'),
    participant('dot', 'custodian'),
  ],
};

export const change = (id: string, more: object = {}) => ({
  id,
  kind: 'disable-key' as const,
  connection: 'practice',
  region: 'eu-central-1',
  target: 'arn:aws:kms:eu-central-1:111122223333:key/a',
  words: 'Disable the drill key',
  undoWords: 'Enable it',
  lasting: false,
  ...more,
});
