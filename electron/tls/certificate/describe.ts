import { createHash } from 'node:crypto';
import type { Certificate } from '../../../shared/model/tls/certificate';
import { checkSignature } from './signature';
import { readCertificate, type ReadCertificate, type X509 } from './x509';

/** A certificate of the server's chain as it is stored and shown. One that cannot be read says so in `problem`. */
export function describeCertificate(
  der: Buffer,
  read: ReadCertificate = readCertificate(der),
): Certificate {
  const bytes = { sha256: hash('sha256', der), sha1: hash('sha1', der), pem: pemOf(der) };
  if (read.kind === 'unreadable') {
    return { ...unreadable, ...bytes, problem: `This certificate cannot be read: ${read.why}.` };
  }
  const { certificate } = read;
  const { extensions } = certificate;
  const names = (extensions.subjectAltNames ?? []).filter(
    ({ kind }) => kind === 'dns' || kind === 'ip',
  );
  const { hash: signatureHash, name: signatureAlgorithm } = certificate.signatureKind;
  return {
    ...bytes,
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
    serial: certificate.serialText,
    subjectAltNames: names.map(({ text }) => text),
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    spkiSha256: hash('sha256', certificate.key.raw),
    key: certificate.key.about,
    signatureAlgorithm,
    ...(signatureHash !== undefined && { signatureHash }),
    selfSigned: isSelfSigned(certificate),
    isCa: isAuthority(certificate),
    keyUsage: [...(extensions.keyUsage ?? [])],
    extendedKeyUsage: [...(extensions.extendedKeyUsage ?? [])],
    mustStaple: extensions.mustStaple,
    scts: extensions.scts ?? 0,
    ocspUrls: [...extensions.ocspUrls],
    crlUrls: [...extensions.crlUrls],
    issuerUrls: [...extensions.issuerUrls],
    ...problemOf(certificate),
  };
}

/** Signed with its own key; where this runtime cannot verify the signature, the equal names count. */
export function isSelfSigned(certificate: X509): boolean {
  if (certificate.issuer.key !== certificate.subject.key) return false;
  const { signatureKind, key, tbs, signature } = certificate;
  return checkSignature(signatureKind, key, tbs, signature) !== 'invalid';
}

/** Says of itself that it may sign certificates; a root of version 1 has no words for it and is none. */
export function isAuthority({ extensions }: X509): boolean {
  return extensions.basicConstraints?.ca === true;
}

function problemOf({ extensions }: X509): { problem?: string } {
  if (extensions.broken.length === 0) return {};
  return { problem: `Extensions that cannot be read: ${extensions.broken.join(', ')}.` };
}

function hash(algorithm: 'sha1' | 'sha256', bytes: Buffer): string {
  return createHash(algorithm).update(bytes).digest('hex');
}

function pemOf(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

const unreadable = {
  subject: '',
  issuer: '',
  serial: '',
  subjectAltNames: [],
  notBefore: '',
  notAfter: '',
  spkiSha256: '',
  key: { type: 'unsupported' },
  signatureAlgorithm: 'unsupported',
  selfSigned: false,
  isCa: false,
  keyUsage: [],
  extendedKeyUsage: [],
  mustStaple: false,
  scts: 0,
  ocspUrls: [],
  crlUrls: [],
  issuerUrls: [],
} satisfies Partial<Certificate>;
