import { domainToASCII } from 'node:url';
import type { Verdict } from '../../../shared/model/verdict';
import { ipBytes, ipText } from './ipAddress';
import type { X509 } from './x509';

/**
 * Whether a certificate is for a host: a name (also with umlauts or a dot at the end) or an IP address.
 * By RFC 9525: names of the subject alternative name only, a wildcard only as the whole leftmost label,
 * an address only by an address. The common name counts no longer, and the reason says where it would have.
 */
export function matchHost(certificate: X509, host: string): Verdict {
  const { subjectAltNames, broken } = certificate.extensions;
  if (broken.includes('2.5.29.17')) {
    return { value: 'cannot-tell', reason: 'The names in the certificate cannot be read.' };
  }
  const names = subjectAltNames ?? [];
  const address = ipBytes(host);
  if (address) {
    if (names.some(({ kind, bytes }) => kind === 'ip' && bytes.equals(address))) {
      return { value: 'pass', reason: `The certificate is for ${ipText(address)}.` };
    }
    return mismatch(certificate, ipText(address));
  }
  const name = asciiName(host);
  if (name === '') {
    return { value: 'cannot-tell', reason: `${host} is neither a host name nor an IP address.` };
  }
  const found = names.find(({ kind, text }) => kind === 'dns' && dnsMatches(text, name));
  if (found) return { value: 'pass', reason: `The certificate is for ${found.text}.` };
  return mismatch(certificate, name);
}

/** Lower case, A-labels, no dot at the end; empty where the text can be no host name. */
export function asciiName(host: string): string {
  return domainToASCII(host.trim()).toLowerCase().replace(/\.$/, '');
}

function dnsMatches(presented: string, name: string): boolean {
  const pattern = presented.toLowerCase().replace(/\.$/, '');
  if (!pattern.startsWith('*.')) return pattern !== '' && pattern === name;
  const domain = pattern.slice(2);
  // `*.com` would stand for every domain of a registry: as OpenSSL and browsers do, not taken.
  if (!domain.includes('.') || domain.includes('*')) return false;
  const firstDot = name.indexOf('.');
  return firstDot > 0 && name.slice(firstDot + 1) === domain;
}

function mismatch(certificate: X509, host: string): Verdict {
  const names = (certificate.extensions.subjectAltNames ?? [])
    .filter(({ kind }) => kind === 'dns' || kind === 'ip')
    .map(({ text }) => text);
  const remedy = `Use a certificate that names ${host}.`;
  if (names.length > 0) {
    const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
    const reason = `The certificate is for ${names.slice(0, 5).join(', ')}${more}, not for ${host}.`;
    return { value: 'fail', reason, remedy };
  }
  const common = certificate.subject.commonNames.some((text) => dnsMatches(text, host));
  const reason = common
    ? `The certificate names ${host} only as its common name, which clients no longer look at (RFC 9525).`
    : `The certificate names no host, so it is not for ${host}.`;
  return { value: 'fail', reason, remedy };
}
