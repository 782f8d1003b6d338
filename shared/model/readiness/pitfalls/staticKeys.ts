import type { Pitfall } from './pitfall';

export const staticKeys: Pitfall = {
  id: 'static-keys',
  title: 'Static keys in code',
  what: 'Keys and passwords stand in source code, environment files or configuration, because that was quick while the program was a prototype. Whoever can read the files, or their history, needs no KMS to read the data.',
  checks: [
    'no-static-keys',
    'iam-access-keys-young',
    'iam-root-no-access-keys',
    'secrets-rotate',
    'secrets-own-key',
  ],
  measures: [
    {
      text: 'Keep keys in KMS and everything else that is secret in Secrets Manager, and rotate it.',
      link: { to: '/keys', label: 'Keys' },
    },
    {
      text: 'Give programs a role at run time (IAM roles, service accounts) in place of access keys.',
    },
    {
      text: 'A secret that was found is a secret that is known: rotate it first, then take it out of the file and its history.',
    },
  ],
};
