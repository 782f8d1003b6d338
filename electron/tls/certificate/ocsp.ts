import { createHash } from 'node:crypto';
import { hashName } from './algorithms';
import { issuedBy } from './chainOrder';
import { tags } from './der';
import { writeDer, writeOid } from './derWriter';
import { readOcspAnswer, type OcspAnswer, type OcspStatus } from './ocspAnswer';
import { checkSignature, type SignatureCheck } from './signature';
import type { X509 } from './x509';

/** What an OCSP answer or CRL comes to, once its signature, subject and times were looked at. */
export type RevocationAnswer =
  | {
      readonly kind: 'verified';
      readonly status: 'good' | 'revoked' | 'unknown';
      readonly revokedAt?: Date;
      readonly producedAt: Date;
      readonly nextUpdate?: Date;
      readonly scts: number;
    }
  /** It is surely not to be believed. */
  | { readonly kind: 'invalid'; readonly why: string }
  /** Nobody can say: the issuer is not there, or an algorithm is not known here. */
  | { readonly kind: 'unsure'; readonly why: string };

/** Clocks differ: an answer may come from so far in the future. */
const skewMs = 5 * 60_000;
/** The longest that an answer may be good for (CA/Browser Forum Baseline Requirements, 4.9.10). */
const oldestMs = 10 * 86_400_000;

/** Reads and verifies an OCSP answer for a certificate (RFC 6960, 3.2). Never throws. */
export function checkOcsp(
  der: Buffer,
  { certificate, issuer }: { readonly certificate: X509; readonly issuer: X509 | undefined },
  now: Date,
): RevocationAnswer {
  const read = readOcspAnswer(der);
  if (read.kind === 'none') return { kind: 'invalid', why: read.why };
  if (!issuer)
    return { kind: 'unsure', why: "the issuer's certificate was not sent and is no known root" };
  const { answer } = read;
  const ours = answer.statuses.find((status) => isFor(status, certificate, issuer));
  if (!ours) return { kind: 'invalid', why: 'it is for another certificate' };
  const signed = signedBy(answer, issuer, now);
  if (signed !== 'valid') {
    return signed === 'unsupported'
      ? { kind: 'unsure', why: 'its signature cannot be verified here' }
      : { kind: 'invalid', why: 'nobody who may has signed it' };
  }
  const { nextUpdate, revokedAt, scts, status, thisUpdate } = ours;
  const late = outOfTime(thisUpdate, nextUpdate, now);
  if (late) return { kind: 'invalid', why: late };
  const times = { producedAt: answer.producedAt, ...(nextUpdate && { nextUpdate }) };
  return { kind: 'verified', status, ...(revokedAt && { revokedAt }), ...times, scts };
}

/** The DER of an OCSPRequest for one certificate: SHA-1 ids, no nonce, as RFC 5019 has it for many clients. */
export function ocspRequest(certificate: X509, issuer: X509): Buffer {
  const algorithm = writeDer(tags.sequence, writeOid('1.3.14.3.2.26'), writeDer(tags.null));
  const { keyHash, nameHash } = issuerHashes(issuer, 'SHA1');
  const id = writeDer(
    tags.sequence,
    algorithm,
    writeDer(tags.octetString, nameHash),
    writeDer(tags.octetString, keyHash),
    writeDer(tags.integer, certificate.serial),
  );
  const list = writeDer(tags.sequence, writeDer(tags.sequence, id));
  return writeDer(tags.sequence, writeDer(tags.sequence, list));
}

/** Why an answer's times make it one not to go by; nothing where they are right. */
export function outOfTime(
  thisUpdate: Date,
  nextUpdate: Date | undefined,
  now: Date,
): string | undefined {
  if (thisUpdate.getTime() > now.getTime() + skewMs) return 'it is from the future';
  if (nextUpdate) {
    return nextUpdate < now ? `it was good until ${nextUpdate.toISOString()}` : undefined;
  }
  const old = now.getTime() - thisUpdate.getTime() > oldestMs;
  return old ? `it is from ${thisUpdate.toISOString()} and names no end` : undefined;
}

function isFor(status: OcspStatus, certificate: X509, issuer: X509): boolean {
  const hash = hashName(status.hash.oid);
  if (status.serial !== certificate.serialText || !hash || !hash.startsWith('SHA')) return false;
  const { keyHash, nameHash } = issuerHashes(issuer, hash);
  return status.issuerNameHash.equals(nameHash) && status.issuerKeyHash.equals(keyHash);
}

/** RFC 6960, 4.1.1: of the issuer's name and of its key's bits. */
function issuerHashes(issuer: X509, hash: string): { nameHash: Buffer; keyHash: Buffer } {
  const digest = (bytes: Buffer) => createHash(hash).update(bytes).digest();
  return { nameHash: digest(issuer.subject.raw), keyHash: digest(issuer.key.octets) };
}

/** The issuer itself, or a responder that it certified for OCSP (RFC 6960, 4.2.2.2). */
function signedBy(answer: OcspAnswer, issuer: X509, now: Date): SignatureCheck {
  let best: SignatureCheck = 'invalid';
  for (const signer of [issuer, ...answer.certificates]) {
    if (!isResponder(answer, signer)) continue;
    const authority = signer.sha256 === issuer.sha256 ? 'valid' : delegated(signer, issuer, now);
    if (authority === 'invalid') continue;
    const signature = checkSignature(
      answer.signatureKind,
      signer.key,
      answer.signed,
      answer.signature,
    );
    if (authority === 'valid' && signature === 'valid') return 'valid';
    if (signature !== 'invalid') best = 'unsupported';
  }
  return best;
}

function isResponder({ responder }: OcspAnswer, signer: X509): boolean {
  if ('name' in responder) return responder.name === signer.subject.key;
  return createHash('sha1').update(signer.key.octets).digest().equals(responder.keyHash);
}

function delegated(signer: X509, issuer: X509, now: Date): SignatureCheck {
  const may = signer.extensions.extendedKeyUsage?.includes('OCSPSigning') ?? false;
  if (!may || now < signer.notBefore || now > signer.notAfter) return 'invalid';
  return issuedBy(signer, issuer);
}
