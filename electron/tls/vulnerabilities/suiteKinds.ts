import type { OfferedSuite } from '../../../shared/model/tls/scan';

/**
 * What a suite is made of, read from its name in IANA's registry (TLS Cipher Suites) or, for SSLv2,
 * in the protocol's specification (`SSL_CK_RC4_128_EXPORT40_WITH_MD5`).
 */
type SuiteTest = (suite: OfferedSuite) => boolean;

export const isRc4: SuiteTest = ({ name }) => name.includes('_RC4_');

/** A block cipher in CBC mode. */
export const isCbc: SuiteTest = ({ name }) => name.includes('_CBC');

/** DES, 3DES, IDEA or RC2: blocks of 64 bits. */
export const isSmallBlock: SuiteTest = ({ name }) =>
  /_(3DES_EDE|DES|DES40|IDEA|RC2)_/.test(name) && isCbc({ id: '', name });

/** RSA key exchange with a temporary key of 512 or 1024 bits. */
export const isRsaExport: SuiteTest = ({ name }) => name.startsWith('TLS_RSA_EXPORT');

/** Diffie-Hellman, signed or anonymous, with a prime of 512 or 1024 bits. */
export const isDhExport: SuiteTest = ({ name }) => /^TLS_(DHE|DH)_\w+_EXPORT/.test(name);

/** Finite-field Diffie-Hellman with a key made for this handshake. */
export const isDhe: SuiteTest = ({ name }) => /^TLS_(DHE|DH_ANON)_/i.test(name);

/** The client encrypts the premaster secret to the RSA key of the server's certificate. */
export const isRsaKeyExchange: SuiteTest = ({ name }) =>
  /^(TLS|SSL)_RSA_(?!PSK)/.test(name) && !isRsaExport({ id: '', name });
