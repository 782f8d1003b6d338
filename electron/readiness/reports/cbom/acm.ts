import { resourceId } from '../../../../shared/model/readiness/checks/at-rest/postureItems';
import type { Certificate } from '../../../../shared/model/readiness/posture/region';
import type { PostureScope } from '../../../../shared/model/readiness/sources';
import type { ScanResult } from '../../../../shared/model/tls/result';
import type { Algorithms, Component } from './component';

/** A certificate of ACM, and where its account keeps it. */
interface AcmCertificate {
  readonly certificate: Certificate;
  /** By which checks know it. */
  readonly subject: string;
  readonly account: string;
  readonly region: string;
}

/** The certificates of ACM that were described, each once, and in words what of them was not read. */
export function acmCertificates(scopes: readonly PostureScope[] | undefined): {
  readonly found: readonly AcmCertificate[];
  readonly unread: readonly string[];
} {
  if (!scopes) return { found: [], unread: ['the certificates of ACM'] };
  const found = new Map<string, AcmCertificate>();
  const unread: string[] = [];
  for (const scope of scopes) {
    const { connection, connectionName, account = connectionName, regions, posture } = scope;
    for (const region of regions) {
      const listed = posture?.regions.find((one) => one.region === region)?.certificates;
      if (!listed || 'refused' in listed) {
        unread.push(`the certificates of ACM of ${connectionName} in ${region}`);
        continue;
      }
      for (const { arn, certificate } of listed.answer) {
        if ('refused' in certificate) unread.push(`the certificate ${arn}`);
        else {
          const subject = resourceId({ connection, region }, arn);
          found.set(arn, { certificate: certificate.answer, subject, account, region });
        }
      }
    }
  }
  return { found: [...found.values()], unread };
}

/**
 * Those that no scan has shown, as far as their serial numbers tell: what a server shows is listed by its
 * fingerprint, which ACM does not give. Of these the key itself is not known, only its kind.
 */
export function* acmComponents(
  found: readonly AcmCertificate[],
  scans: readonly ScanResult[],
  algorithms: Algorithms,
): Generator<{ readonly component: Component; readonly subject: string }> {
  const shown = new Set(
    scans.flatMap(({ certificates }) =>
      certificates.flatMap(({ chain }) => chain.map(({ serial }) => bare(serial))),
    ),
  );
  for (const { certificate, subject: checked, account, region } of found) {
    const { arn, serial, subject, issuer, startsAt, endsAt } = certificate;
    if (serial !== undefined && shown.has(bare(serial))) continue;
    const component: Component = {
      type: 'cryptographic-asset',
      'bom-ref': arn,
      name: certificate.domain || arn,
      evidence: {
        occurrences: [arn, ...certificate.usedBy].map((location) => ({ location })),
      },
      cryptoProperties: {
        assetType: 'certificate',
        certificateProperties: {
          ...(subject !== undefined && { subjectName: subject }),
          ...(issuer !== undefined && { issuerName: issuer }),
          ...(startsAt !== undefined && { notValidBefore: startsAt }),
          ...(endsAt !== undefined && { notValidAfter: endsAt }),
          ...(certificate.signatureAlgorithm !== undefined && {
            signatureAlgorithmRef: algorithms.ref({
              name: certificate.signatureAlgorithm,
              properties: { primitive: 'signature', cryptoFunctions: ['sign', 'verify'] },
            }),
          }),
          certificateFormat: 'X.509',
        },
      },
      properties: [
        { name: 'claviger:from', value: 'ACM' },
        { name: 'claviger:account', value: account },
        { name: 'claviger:region', value: region },
        { name: 'claviger:status', value: certificate.status },
        ...(serial === undefined ? [] : [{ name: 'claviger:serial', value: serial }]),
        ...(certificate.keyAlgorithm === undefined
          ? []
          : [{ name: 'claviger:key-algorithm', value: certificate.keyAlgorithm }]),
      ],
    };
    yield { component, subject: checked };
  }
}

/** A serial number without what writes it in another form: case, colons, zeros before it. */
function bare(serial: string): string {
  return serial
    .toLowerCase()
    .replace(/[^0-9a-f]/g, '')
    .replace(/^0+/, '');
}
