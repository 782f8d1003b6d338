import { createHash } from 'node:crypto';
import type { CertificateRecord } from '../holdings/holdings';

const dayMs = 86_400_000;

/** `EXPIRED` where its end is past by the account's clock. */
export function statusOf({ endsAt }: CertificateRecord, now: number): string {
  return now >= endsAt ? 'EXPIRED' : 'ISSUED';
}

/** A certificate in ListCertificates. */
export function summaryJson(record: CertificateRecord, arn: string, now: number): object {
  return {
    CertificateArn: arn,
    DomainName: record.domain,
    SubjectAlternativeNameSummaries: record.names,
    HasAdditionalSubjectAlternativeNames: false,
    Status: statusOf(record, now),
    Type: record.type,
    KeyAlgorithm: record.keyAlgorithm.replace('RSA_', 'RSA-'),
    InUse: record.usedBy.length > 0,
    RenewalEligibility: eligibility(record),
    NotBefore: new Date(record.startsAt),
    NotAfter: new Date(record.endsAt),
    CreatedAt: new Date(record.startsAt),
    ...issuedOrImported(record),
  };
}

/** A certificate in DescribeCertificate. */
export function certificateJson(record: CertificateRecord, arn: string, now: number): object {
  const { domain, names, keyAlgorithm, validation } = record;
  const proofs = validation && names.map((name) => validationOf(name, validation, 'SUCCESS'));
  return {
    CertificateArn: arn,
    DomainName: domain,
    SubjectAlternativeNames: names,
    DomainValidationOptions: proofs,
    Serial: serialOf(arn),
    Subject: `CN=${domain}`,
    Issuer: record.type === 'IMPORTED' ? 'Example Commercial CA' : 'Amazon',
    CreatedAt: new Date(record.startsAt),
    ...issuedOrImported(record),
    Status: statusOf(record, now),
    NotBefore: new Date(record.startsAt),
    NotAfter: new Date(record.endsAt),
    KeyAlgorithm: keyAlgorithm.replace('RSA_', 'RSA-'),
    SignatureAlgorithm: keyAlgorithm.startsWith('EC') ? 'SHA256WITHECDSA' : 'SHA256WITHRSA',
    InUseBy: record.usedBy,
    Type: record.type,
    RenewalEligibility: eligibility(record),
    ...(record.renewalWaits && {
      RenewalSummary: {
        RenewalStatus: 'PENDING_VALIDATION',
        DomainValidationOptions: names.map((name) =>
          validationOf(name, validation ?? 'EMAIL', 'PENDING_VALIDATION'),
        ),
        // ACM begins 60 days before the end.
        UpdatedAt: new Date(Math.min(now, record.endsAt - 60 * dayMs)),
      },
    }),
    Options: { CertificateTransparencyLoggingPreference: 'ENABLED' },
  };
}

/** Sixteen octets as ACM writes them, `07:71:...`; a positive number, and the same whenever it is asked. */
function serialOf(arn: string): string {
  const octets = createHash('sha256').update(arn).digest().subarray(0, 16);
  octets[0] = (octets[0] ?? 0) & 0x7f;
  return octets.toString('hex').replace(/..(?!$)/g, '$&:');
}

function issuedOrImported({ type, startsAt }: CertificateRecord): object {
  const at = new Date(startsAt);
  return type === 'IMPORTED' ? { ImportedAt: at } : { IssuedAt: at };
}

/** ACM renews what it issued itself, while it is in use. */
function eligibility({ type, usedBy }: CertificateRecord): string {
  return type === 'AMAZON_ISSUED' && usedBy.length > 0 ? 'ELIGIBLE' : 'INELIGIBLE';
}

function validationOf(name: string, method: string, status: string): object {
  return {
    DomainName: name,
    ValidationDomain: name,
    ValidationStatus: status,
    ValidationMethod: method,
    ...(method === 'EMAIL' && { ValidationEmails: [`admin@${name}`, `hostmaster@${name}`] }),
  };
}
