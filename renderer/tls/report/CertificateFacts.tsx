import { Copy } from 'lucide-react';
import type { Certificate } from '../../../shared/model/tls/certificate';
import { Button, Identifier, KeyValue, Time, useUi, type KeyValueRow } from '../../ui';

/** All that a certificate says of itself, to read and to copy. */
export function CertificateFacts({ certificate }: { certificate: Certificate }) {
  const { copy } = useUi();
  return (
    <>
      <KeyValue rows={rowsOf(certificate)} />
      <div className="mt-2 flex flex-wrap gap-1 print:hidden">
        <Button icon={Copy} onClick={() => copy(certificate.pem, 'Certificate (PEM)')}>
          Copy PEM
        </Button>
        <Button icon={Copy} onClick={() => copy(certificate.sha256, 'SHA-256 fingerprint')}>
          Copy fingerprint
        </Button>
      </div>
    </>
  );
}

function rowsOf(certificate: Certificate): KeyValueRow[] {
  const { key } = certificate;
  const id = (value: string, label: string) => (
    <Identifier value={value} label={label} max={Infinity} />
  );
  const list = (label: string, values: readonly string[]): KeyValueRow[] =>
    values.length > 0 ? [{ label, value: values.join(', ') }] : [];
  return [
    ...(certificate.problem === undefined
      ? []
      : [{ label: 'Not readable', value: certificate.problem }]),
    { label: 'Subject', value: certificate.subject || 'none' },
    { label: 'Issuer', value: certificate.issuer },
    ...list('Names', certificate.subjectAltNames),
    { label: 'Valid from', value: <Time iso={certificate.notBefore} zone /> },
    { label: 'Valid to', value: <Time iso={certificate.notAfter} zone /> },
    {
      label: 'Key',
      value: [
        key.type,
        key.bits === undefined ? undefined : `${key.bits} bits`,
        key.curve,
        key.exponent === undefined ? undefined : `exponent ${key.exponent}`,
      ]
        .filter(Boolean)
        .join(', '),
    },
    { label: 'Signature', value: certificate.signatureAlgorithm },
    { label: 'Serial', value: id(certificate.serial, 'Serial number') },
    { label: 'SHA-256', value: id(certificate.sha256, 'SHA-256 fingerprint') },
    { label: 'SHA-1', value: id(certificate.sha1, 'SHA-1 fingerprint') },
    { label: 'Public key SHA-256', value: id(certificate.spkiSha256, 'SHA-256 of the public key') },
    ...list('Key usage', certificate.keyUsage),
    ...list('Extended key usage', certificate.extendedKeyUsage),
    { label: 'Authority', value: certificate.isCa ? 'yes' : 'no' },
    { label: 'Must staple', value: certificate.mustStaple ? 'yes' : 'no' },
    { label: 'SCTs', value: String(certificate.scts) },
    ...list('OCSP', certificate.ocspUrls),
    ...list('CRL', certificate.crlUrls),
    ...list('Issuer certificate', certificate.issuerUrls),
  ];
}
