import type { CompanyRegions } from './company';
import type { EstateKey } from './story';

/** Staging, development and side business: some well kept, some not. */
export function otherKeys({ home, second, third }: CompanyRegions): EstateKey[] {
  const at = (daysAgo: number, operation: string, input = {}, region = home) => ({
    daysAgo,
    operation,
    input,
    region,
  });
  return [
    {
      region: home,
      daysAgo: 1050,
      description: 'Staging: everything',
      alias: 'alias/staging/app',
      tags: { Environment: 'staging' },
    },
    {
      region: home,
      daysAgo: 640,
      description: 'Staging databases',
      alias: 'alias/staging/database',
      tags: { env: 'Staging', team: 'platform' },
      later: [at(630, 'EnableKeyRotation')],
    },
    { region: home, daysAgo: 210, description: 'test' },
    {
      region: home,
      daysAgo: 95,
      description: 'Trial of the office HSM; its material was never imported',
      alias: 'alias/staging/hsm-trial',
      tags: { Environment: 'staging', Owner: 'security-team' },
      create: { Origin: 'EXTERNAL' },
    },
    {
      region: home,
      daysAgo: 390,
      description: 'Signs software bills of materials',
      alias: 'alias/build/sbom-signing',
      tags: { Environment: 'build', Owner: 'security-team' },
      create: { KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' },
    },
    {
      region: home,
      daysAgo: 1220,
      description: 'Invoices until 2024',
      alias: 'alias/prod/invoices-2022',
      tags: { Environment: 'production', Owner: 'finance-team' },
      later: [
        at(1219, 'EnableKeyRotation'),
        at(1215, 'CreateAlias', { AliasName: 'alias/prod/invoices', TargetKeyId: '{key}' }),
      ],
    },
    {
      region: home,
      daysAgo: 560,
      description: 'Invoices',
      alias: 'alias/prod/invoices-2025',
      tags: { Environment: 'production', Owner: 'finance-team' },
      later: [
        at(559, 'EnableKeyRotation'),
        at(558, 'UpdateAlias', { AliasName: 'alias/prod/invoices', TargetKeyId: '{key}' }),
      ],
    },
    {
      region: second,
      daysAgo: 720,
      description: 'Mail archive of the Irish office',
      alias: 'alias/office/mail-archive',
      tags: { Environment: 'office', Owner: 'it-services' },
      later: [at(715, 'EnableKeyRotation', {}, second)],
    },
    { region: second, daysAgo: 265, description: '', alias: 'alias/dev/experiments' },
    {
      region: third,
      daysAgo: 505,
      description: 'Signed links of the content delivery network',
      alias: 'alias/prod/cdn-links',
      tags: { Environment: 'production', Owner: 'web-team' },
      create: { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' },
    },
    {
      region: third,
      daysAgo: 430,
      description: 'Marketing exports',
      alias: 'alias/marketing/exports',
      tags: { Environment: 'production', Owner: 'marketing' },
      later: [at(120, 'DisableKey', {}, third)],
    },
  ];
}
