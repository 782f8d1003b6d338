/** The DER of every certificate block of a PEM text (RFC 7468), in order; other blocks and text between are passed over. */
export function readPemCertificates(text: string): Buffer[] {
  const blocks = text.matchAll(
    /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END/g,
  );
  return [...blocks].map(([, base64 = '']) => Buffer.from(base64, 'base64'));
}
