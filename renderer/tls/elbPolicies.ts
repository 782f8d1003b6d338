/**
 * ELB security policies that an endpoint can be asked to satisfy, the newest first (AWS, Security
 * policies for your Application Load Balancer, read 2026-08).
 */
const names = [
  ...['1-3', '1-2-Res', '1-2', '1-2-Ext1', '1-2-Ext2', '1-0'].map(
    (kind) => `TLS13-${kind}-PQ-2025-09`,
  ),
  ...['1-3', '1-2-Res', '1-2', '1-2-Ext1', '1-2-Ext2', '1-1', '1-0'].map(
    (kind) => `TLS13-${kind}-2021-06`,
  ),
  'FS-1-2-Res-2020-10',
  'TLS-1-2-Ext-2018-06',
  'TLS-1-2-2017-01',
  'TLS-1-1-2017-01',
  '2016-08',
];

/** The policies to choose from: AWS's name, and as much of it as tells it from the others. */
export const elbPolicyOptions: readonly { readonly value: string; readonly label: string }[] =
  names.map((label) => ({ value: `ELBSecurityPolicy-${label}`, label }));
