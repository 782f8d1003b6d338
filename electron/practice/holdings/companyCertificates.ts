import { randomUUID } from 'node:crypto';
import { dayMs } from '../cloudtrail/clockwork';
import type { CertificateRecord } from './holdings';

/** The certificates that the company has in ACM. */
export function companyCertificates({
  accountId,
  home,
  second,
  third,
  now,
}: {
  readonly accountId: string;
  readonly home: string;
  readonly second: string;
  readonly third: string;
  readonly now: number;
}): Record<'home' | 'second' | 'third', CertificateRecord[]> {
  const balancer = (region: string, name: string) =>
    `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/app/${name}/50dc6c495c0c9188`;
  const certificate = (
    domain: string,
    daysLeft: number,
    validDays: number,
    more: Partial<CertificateRecord>,
  ): CertificateRecord => ({
    id: randomUUID(),
    domain,
    names: [domain],
    type: 'IMPORTED',
    keyAlgorithm: 'RSA_2048',
    startsAt: now + (daysLeft - validDays) * dayMs,
    endsAt: now + daysLeft * dayMs,
    usedBy: [],
    ...more,
  });
  return {
    home: [
      certificate('api.payments.example', 150, 198, {
        type: 'AMAZON_ISSUED',
        validation: 'DNS',
        usedBy: [balancer(home, 'payments-api')],
      }),
      // Imported: nobody but its owner renews it.
      certificate('merchants.payments.example', 12, 365, {
        usedBy: [balancer(home, 'merchant-portal')],
      }),
      certificate('old-shop.payments.example', -30, 365, {}),
    ],
    second: [
      certificate('mail.payments.example', 26, 198, {
        type: 'AMAZON_ISSUED',
        validation: 'EMAIL',
        renewalWaits: true,
        usedBy: [balancer(second, 'mail-archive')],
      }),
    ],
    third: [
      certificate('checkout.payments.example', 170, 198, {
        type: 'AMAZON_ISSUED',
        validation: 'DNS',
        keyAlgorithm: 'EC_prime256v1',
        usedBy: [balancer(third, 'checkout')],
      }),
      certificate('terminals.payments.example', 310, 365, {
        keyAlgorithm: 'RSA_1024',
        usedBy: [balancer(third, 'old-terminals')],
      }),
    ],
  };
}
