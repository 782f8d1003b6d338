import type { Pitfall } from './pitfall';

export const escrow: Pitfall = {
  id: 'escrow',
  title: 'No escrow, no backup',
  what: 'A key is deleted, an account is closed or a Region fails, and the data that it protected is gone with it. It happens because attention goes to keys in use, and recovery is planned but never tried.',
  checks: [
    'drill-recent',
    'drill-passed',
    'drill-findings-closed',
    'keys-not-pending-deletion',
    'deletion-window',
    'primary-has-replica',
    'replicas-agree',
    'material-escrow',
    'backups-elsewhere',
    'databases-backed-up',
    'recovery-documented',
  ],
  measures: [
    {
      text: 'Hold a recovery drill every quarter, with a second person, and close its findings.',
      link: { to: '/drills', label: 'Drills' },
    },
    {
      text: 'Replicate multi-Region keys, and keep backups in another account under a key that survives the first.',
      link: { to: '/keys', label: 'Keys' },
    },
    {
      text: 'Write down how data is brought back when a key is lost, and have it attested.',
      link: { to: '/readiness?check=recovery-documented', label: 'Attest it' },
    },
  ],
};
