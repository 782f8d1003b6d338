/** The steps of a drill that Claviger knows, in the order in which they make sense. */
export const stepKinds = [
  'prepare',
  'inventory',
  'break-glass',
  'old-ciphertext',
  'replica',
  'backup-account',
  'disable-enable',
  'deletion-rehearsal',
  'imported-material',
  'restore-object',
  'mass-restore',
  'manual',
  'remove',
  'close-out',
] as const;
export type StepKind = (typeof stepKinds)[number];

export interface StepFacts {
  readonly title: string;
  /** What will happen, and what it proves. */
  readonly about: string;
  /** How to get back, where something is changed. */
  readonly undo?: string;
  /** Claviger does it itself; a manual step is a person's. */
  readonly automatic: boolean;
  /** It changes a key: only ever one that the plan made, tagged for drills. */
  readonly changesKeys: boolean;
  /** What must be brought when it is done. */
  readonly needs: readonly ('mfa-code' | 'shares')[];
  /** What of the frameworks it is evidence for (docs/recovery-drills.md). */
  readonly controls: readonly string[];
}

export const stepFacts: Readonly<Record<StepKind, StepFacts>> = {
  prepare: {
    title: 'Make the drill’s keys',
    about:
      'Makes keys for this drill alone, tagged purpose=recovery-drill: one to rotate, disable and schedule, one multi-Region key with its replica, one with imported material. Seals a canary under each, and puts one sealed object away for the restore.',
    undo: 'Every one of them is scheduled for deletion, and the object is deleted.',
    automatic: true,
    changesKeys: true,
    needs: [],
    controls: ['NIST CP-4', 'NIST CP-9(1)', 'SOC 2 A1.3'],
  },
  inventory: {
    title: 'Take stock of the keys',
    about:
      'Reads state, rotation, key material, policy, grants, aliases and tags of the keys in scope, hashes what AWS says and compares it with the drill before.',
    automatic: true,
    changesKeys: false,
    needs: [],
    controls: ['PCI DSS 3.6.1.1', 'NIST SC-12', 'CSA CEK-21'],
  },
  'break-glass': {
    title: 'Break glass',
    about:
      'Shows that the usual identity may not decrypt, that the emergency role is refused without an MFA code, and that it opens a canary with one. Measures the time to access.',
    automatic: true,
    changesKeys: false,
    needs: ['mfa-code'],
    controls: ['HIPAA 164.312(a)(2)(ii)', 'SOC 2 A1.3', 'NIST SC-12(1)'],
  },
  'old-ciphertext': {
    title: 'Open what was sealed before a rotation',
    about:
      'Rotates the drill key on demand, waits until the rotation is complete, and opens a canary from before: the key material that opened it must not be the current one.',
    automatic: true,
    changesKeys: true,
    needs: [],
    controls: ['NIST SC-12(1)', 'PCI DSS 3.7.4', 'ISO 27001 A.8.24'],
  },
  replica: {
    title: 'Decrypt in the other Region',
    about:
      'Compares the policies and aliases of primary and replica, opens a canary at the replica, makes the replica the primary and turns back. Measures each.',
    undo: 'The first Region is made the primary again.',
    automatic: true,
    changesKeys: true,
    needs: [],
    controls: ['NIST CP-10', 'SOC 2 A1.2', 'ISO 27001 A.5.30'],
  },
  'backup-account': {
    title: 'Decrypt from the backup account',
    about:
      'Opens a canary with the credentials of the recovery account, across accounts: both the key’s policy and that account’s own must allow it.',
    automatic: true,
    changesKeys: false,
    needs: [],
    controls: ['NIST CP-9(1)', 'SOC 2 A1.2'],
  },
  'disable-enable': {
    title: 'Disable, see it fail, enable',
    about:
      'Disables the drill key, shows that Decrypt fails and that the alarm goes off, enables the key and opens the canary again. Measures detection and recovery.',
    undo: 'The key is enabled.',
    automatic: true,
    changesKeys: true,
    needs: [],
    controls: ['NIST CP-10', 'SOC 2 CC7.4', 'PCI DSS 12.10.2'],
  },
  'deletion-rehearsal': {
    title: 'Schedule a deletion and take it back',
    about:
      'Schedules the drill key for deletion, shows that Decrypt fails and that the alarm goes off, cancels the deletion (the key is then disabled), enables it and opens the canary.',
    undo: 'The deletion is cancelled and the key is enabled.',
    automatic: true,
    changesKeys: true,
    needs: [],
    controls: ['NIST CP-10', 'PCI DSS 3.7.5', 'SOC 2 CC7.5'],
  },
  'imported-material': {
    title: 'Delete imported material and bring it back',
    about:
      'Deletes the material of the drill’s imported key, shows that Decrypt fails, shows that AWS refuses wrong material, and imports the right one from the shares of the custodians, who each bring their own: the same key material id, and the canary opens.',
    undo: 'The custodians’ shares are imported again.',
    automatic: true,
    changesKeys: true,
    needs: ['shares'],
    controls: ['PCI DSS 3.7.6', 'PCI DSS 3.7.7', 'NIST SC-12(1)', 'CSA CEK-20'],
  },
  'restore-object': {
    title: 'Restore one object',
    about:
      'Fetches one sealed object from its bucket, opens it with the recovered key, and compares the hash of what came out with the one that was noted when it was put away.',
    automatic: true,
    changesKeys: false,
    needs: [],
    controls: ['NIST CP-9(1)', 'SOC 2 A1.3', 'HIPAA 164.308(a)(7)(ii)(B)'],
  },
  'mass-restore': {
    title: 'How long the whole estate would take',
    about:
      'Works out the hours to decrypt every data key of the estate at the request quota of the Region, and compares them with the recovery time objective.',
    automatic: true,
    changesKeys: false,
    needs: [],
    controls: ['NIST CP-10', 'ISO 27001 A.5.30', 'DORA Art. 11(6)'],
  },
  manual: {
    title: 'A step of your own',
    about: 'Done by people: follow the instructions, note what happened and attach the evidence.',
    automatic: false,
    changesKeys: false,
    needs: [],
    controls: [],
  },
  remove: {
    title: 'Put everything back',
    about:
      'Undoes what is still changed, schedules the drill’s keys for deletion and deletes its object, so that nothing of the drill is left.',
    automatic: true,
    changesKeys: true,
    needs: [],
    controls: ['PCI DSS 3.7.5'],
  },
  'close-out': {
    title: 'Collect the proof',
    about:
      'Waits until CloudTrail has delivered the event of every call, ties each to its step, and proves the log files of the drill’s time by the digests that CloudTrail signed.',
    automatic: true,
    changesKeys: false,
    needs: [],
    controls: ['NIST AU-9', 'ISO 27001 A.8.15'],
  },
};
