import type { TlsFeatures } from '../../../shared/model/tls/scan';

/** The features in the order in which the report tells them, with their names. */
export const featureNames: readonly (readonly [id: keyof TlsFeatures, name: string])[] = [
  ['alpn', 'Application protocols (ALPN)'],
  ['sessionTickets', 'Session tickets'],
  ['sessionIdResumption', 'Resumption by session id'],
  ['ticketResumption', 'Resumption by ticket'],
  ['earlyData', 'Early data (0-RTT)'],
  ['extendedMasterSecret', 'Extended master secret'],
  ['encryptThenMac', 'Encrypt-then-MAC'],
  ['secureRenegotiation', 'Secure renegotiation'],
  ['clientRenegotiation', 'Renegotiation by the client'],
  ['compression', 'TLS compression'],
  ['fallbackScsv', 'Downgrade protection (TLS_FALLBACK_SCSV)'],
  ['ocspStaple', 'OCSP staple'],
  ['heartbeat', 'Heartbeat'],
  ['clientCertificate', 'Client certificate'],
  ['sni', 'Without a name (SNI)'],
  ['greaseTolerance', 'Takes unknown values (GREASE)'],
];

/** Which answer of a feature is the good one; absent where neither is. RFC 9325. */
export const goodAnswers: Readonly<Partial<Record<keyof TlsFeatures, 'yes' | 'no'>>> = {
  extendedMasterSecret: 'yes',
  secureRenegotiation: 'yes',
  clientRenegotiation: 'no',
  compression: 'no',
  fallbackScsv: 'yes',
  ocspStaple: 'yes',
  greaseTolerance: 'yes',
};
