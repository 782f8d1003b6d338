/** What can be made to go wrong in a rehearsal on the practice account, and the step that must show it. */
export const rehearsalFaults = {
  'replica-policy': 'The replica’s policy has drifted: it lacks what the primary’s allows.',
  'alarm-not-wired': 'The alarm for disabled keys tells nobody.',
  'wrong-share': 'A custodian brings the wrong share.',
  'throttled-restore': 'The restore is throttled.',
} as const;
export type RehearsalFault = keyof typeof rehearsalFaults;
export const rehearsalFaultIds = Object.keys(rehearsalFaults) as [
  RehearsalFault,
  ...RehearsalFault[],
];
