import { readFileSync } from 'node:fs';
import type { Issued, Pki } from './pki';

/** How one OCSP answer is to be. */
export interface Answering {
  /** The issuer where absent. */
  readonly signer?: Issued;
  /** Until nextUpdate; 0 for none. */
  readonly days?: number;
  /** Of `openssl ocsp` for the answer, and for the request. */
  readonly options?: readonly string[];
  readonly request?: readonly string[];
}

/** What an authority knows of its certificates, told by `openssl ocsp` and `openssl ca`. */
export interface Responder {
  list(certificate: Issued): void;
  revoke(certificate: Issued): void;
  /** Adds so many revoked certificates of nobody. */
  fill(count: number): void;
  /** DER of an OCSP answer about a certificate. */
  answer(certificate: Issued, how?: Answering): Buffer;
  /** DER of a CRL for 30 days; lines go into the section of the authority. */
  crl(lines?: readonly string[]): Buffer;
}

let responders = 0;

export function createResponder(pki: Pki, issuer: Issued, listed: readonly Issued[]): Responder {
  const name = `responder-${(responders += 1)}`;
  const known = new Map<string, 'V' | string>(listed.map(({ x509 }) => [x509.serialText, 'V']));
  const run = (...args: string[]) => {
    const { output, status } = pki.openssl(...args);
    if (status !== 0) throw new Error(output);
  };

  /** The text database of `openssl ca`: status, expiry, revocation, serial, file, subject. */
  function index(): string {
    const lines = [...known].map(([serial, status]) => {
      const even = serial.length % 2 ? `0${serial}` : serial;
      return [
        status === 'V' ? 'V' : 'R',
        '350101000000Z',
        status === 'V' ? '' : status,
        even,
        'unknown',
        `/CN=${even}`,
      ].join('\t');
    });
    return pki.file(`${name}.index`, lines.map((line) => `${line}\n`).join(''));
  }

  return {
    list: ({ x509 }) => void known.set(x509.serialText, 'V'),
    revoke: ({ x509 }) => void known.set(x509.serialText, '260102030405Z'),
    fill(count) {
      for (let at = 0; at < count; at += 1)
        known.set((0xcafe00000000 + at).toString(16).toUpperCase(), '260102030405Z');
    },
    answer(certificate, { days = 7, options = [], request = [], signer = issuer } = {}) {
      run(
        ...[
          'ocsp',
          '-no_nonce',
          ...request,
          '-issuer',
          issuer.certFile,
          '-cert',
          certificate.certFile,
        ],
        ...['-reqout', `${name}.request`],
      );
      run(
        ...['ocsp', '-index', index(), '-CA', issuer.certFile, '-reqin', `${name}.request`],
        ...['-rsigner', signer.certFile, '-rkey', signer.keyFile, ...options],
        ...(days > 0 ? ['-ndays', String(days)] : []),
        ...['-respout', `${name}.response`],
      );
      return readFileSync(`${pki.dir}/${name}.response`);
    },
    crl(lines = []) {
      const config = pki.file(
        `${name}.cnf`,
        [
          ...['[ca]', 'default_ca=own', '[own]', `database=${index()}`, `unique_subject=no`],
          ...['default_md=sha256', 'default_crl_days=30', ...lines],
        ].join('\n'),
      );
      run(
        ...[
          'ca',
          '-config',
          config,
          '-gencrl',
          '-cert',
          issuer.certFile,
          '-keyfile',
          issuer.keyFile,
        ],
        ...(lines.length > 0 ? ['-crlexts', 'idp'] : []),
        ...['-out', `${name}.crl`],
      );
      run('crl', '-in', `${name}.crl`, '-outform', 'DER', '-out', `${name}.crl.der`);
      return readFileSync(`${pki.dir}/${name}.crl.der`);
    },
  };
}
