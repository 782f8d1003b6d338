import {
  DescribeCertificateCommand,
  ListCertificatesCommand,
  type CertificateSummary,
  type KeyAlgorithm,
} from '@aws-sdk/client-acm';
import type { Certificate, RegionPosture } from '../../../shared/model/readiness/posture/region';
import { pages } from '../../aws/pages';
import type { Asker, Send } from './ask';
import { eachOf, iso, needed, said } from './parts';

/** Without a list of them ACM tells of RSA 1024 and 2048 only, and hides the others. */
const keyTypes: KeyAlgorithm[] = [
  'RSA_1024',
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'EC_prime256v1',
  'EC_secp384r1',
  'EC_secp521r1',
];

/** Asks ACM for the certificates of one Region. */
export async function collectCertificates(
  { ask }: Asker,
  region: string,
): Promise<RegionPosture['certificates']> {
  const listed = await ask(region, async (send) => {
    const found: CertificateSummary[] = [];
    const lists = pages(
      'acm:ListCertificates',
      (NextToken) =>
        send(new ListCertificatesCommand({ Includes: { keyTypes }, MaxItems: 1000, NextToken })),
      ({ NextToken }) => NextToken,
    );
    for await (const { CertificateSummaryList = [] } of lists) {
      found.push(...CertificateSummaryList);
    }
    return found;
  });
  if ('refused' in listed) return listed;
  const certificates = await eachOf(
    listed.answer,
    async ({ CertificateArn = '', DomainName = '', Exported }) => ({
      arn: CertificateArn,
      domain: DomainName,
      certificate: await ask(region, async (send) => ({
        ...(await askCertificate(send, CertificateArn)),
        ...said({ exported: Exported }),
      })),
    }),
  );
  return { calls: listed.calls, answer: certificates };
}

async function askCertificate(send: Send, CertificateArn: string): Promise<Certificate> {
  const operation = 'acm:DescribeCertificate';
  const { output } = await send(new DescribeCertificateCommand({ CertificateArn }));
  const certificate = needed(output.Certificate, operation, 'Certificate');
  const { RenewalEligibility } = certificate;
  return {
    arn: CertificateArn,
    domain: certificate.DomainName ?? '',
    names: certificate.SubjectAlternativeNames ?? [],
    type: needed(certificate.Type, operation, 'Type'),
    status: needed(certificate.Status, operation, 'Status'),
    usedBy: certificate.InUseBy ?? [],
    validation: (certificate.DomainValidationOptions ?? []).map((option) =>
      said({
        domain: option.DomainName ?? '',
        method: option.ValidationMethod,
        status: option.ValidationStatus,
      }),
    ),
    ...said({
      serial: certificate.Serial?.replaceAll(':', '').toLowerCase(),
      subject: certificate.Subject,
      issuer: certificate.Issuer,
      // ACM writes `RSA-2048` here and `RSA_2048` in lists.
      keyAlgorithm: certificate.KeyAlgorithm?.replace('RSA-', 'RSA_'),
      signatureAlgorithm: certificate.SignatureAlgorithm,
      startsAt: iso(certificate.NotBefore),
      endsAt: iso(certificate.NotAfter),
      renews: RenewalEligibility === undefined ? undefined : RenewalEligibility === 'ELIGIBLE',
      renewal: certificate.RenewalSummary?.RenewalStatus,
    }),
  };
}
