import { attestedCheck } from '../people/attestedCheck';

export const backupsElsewhere = attestedCheck({
  id: 'backups-elsewhere',
  group: 'recovery',
  question: 'Are backups kept in another account or Region, under a key that survives the first?',
  why: 'A backup under the key that was lost is lost with it, and one in the account that was taken over is taken over.',
  how: 'Attach the plan of the backups, or the restore’s report.',
  severity: 'critical',
  effort: 'days',
  topics: ['recovery'],
});
