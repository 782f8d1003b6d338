import { dayMs, hourMs } from '../clockwork';
import { decrypt, regionKeys, signing, use } from './companyCalls';
import { keysNamed, people } from './companyPeople';
import type { Workload } from './history';
import type { HistoryPlan, PlannedKey } from './plan';

/** What fails again and again, each for a reason of its own. */
export function companyFailures(plan: HistoryPlan, home: string): Workload[] {
  const here = (alias: string) => keysNamed(plan, home, alias);
  const p = people;
  const fail = (workload: Workload, code: string, message: (arn: string) => string): Workload => ({
    ...workload,
    error: { code, message },
  });
  const ago = (days: number) => plan.to - days * dayMs;
  return [
    {
      ...fail(
        use(
          home,
          p.oldPortal,
          'Sign',
          disabledSigning(plan, home),
          0.25,
          'day',
          signing('ECDSA_SHA_256'),
        ),
        'DisabledException',
        (arn) => `${arn} is disabled.`,
      ),
      from: ago(250),
    },
    {
      ...fail(
        use(home, p.crmSync, 'Decrypt', here('legacy/crm'), 0.9, 'steady', decrypt('crm')),
        'KMSInvalidStateException',
        (arn) => `${arn} is pending deletion.`,
      ),
      from: ago(20) + hourMs,
    },
    fail(
      use(
        home,
        p.portal,
        'Decrypt',
        here('customer-data'),
        0.03,
        'business',
        decrypt('wrong-tenant'),
      ),
      'InvalidCiphertextException',
      () => '',
    ),
    fail(
      use(home, p.ledger, 'Decrypt', here('payments'), 0.02, 'night', decrypt('ledger')),
      'IncorrectKeyException',
      () => 'The key ID in the request does not identify a CMK that can perform this operation.',
    ),
    fail(
      use(home, p.auditor, 'Decrypt', here('customer-data'), 0.03, 'business', decrypt('report')),
      'AccessDeniedException',
      (arn) =>
        `User: arn:aws:iam::${plan.accountId}:user/bruno-auditor is not authorized to perform: kms:Decrypt on resource: ${arn} because no identity-based policy allows the kms:Decrypt action`,
    ),
    fail(
      use(home, p.crmSync, 'GenerateDataKey', [], 0.02, 'steady', () => ({
        keyId: 'alias/prod/old-exports',
        keySpec: 'AES_256',
      })),
      'NotFoundException',
      () => `Alias arn:aws:kms:${home}:${plan.accountId}:alias/prod/old-exports is not found.`,
    ),
    {
      ...fail(
        use(home, p.pipeline, 'Decrypt', here('legacy/edi'), 0.1, 'night', decrypt('edi')),
        'KMSInvalidStateException',
        (arn) => `${arn} is pending import.`,
      ),
      from: ago(30),
    },
  ];
}

/** The key that signed access tokens until it was disabled; no alias leads to it any more. */
function disabledSigning(plan: HistoryPlan, region: string): PlannedKey[] {
  return regionKeys(plan, region).filter(
    ({ keySpec, state }) => keySpec === 'ECC_NIST_P256' && state === 'Disabled',
  );
}
