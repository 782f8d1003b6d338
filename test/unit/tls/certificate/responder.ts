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

export function createResponder(pki: Pki, issuer: Issued, listed: readonly Issued[]): Responder {
  const name = `responder-${pki.next()}`;
  /** By serial number: `V`, or when it was revoked. */
  const known = new Map<string, string>(listed.map(({ x509 }) => [x509.serialText, 'V']));
  const run = (words: string, ...args: string[]) => {
    const { output, status } = pki.openssl(...words.split(' '), ...args);
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
      const asked = ['-issuer', issuer.certFile, '-cert', certificate.certFile];
      run(`ocsp -no_nonce -reqout ${name}.request`, ...request, ...asked);
      const signed = ['-CA', issuer.certFile, '-rsigner', signer.certFile, '-rkey', signer.keyFile];
      const until = days > 0 ? ['-ndays', String(days)] : [];
      const files = `-reqin ${name}.request -respout ${name}.response`;
      run(`ocsp ${files} -index`, index(), ...signed, ...until, ...options);
      return readFileSync(`${pki.dir}/${name}.response`);
    },
    crl(lines = []) {
      const section = [`database=${index()}`, 'default_md=sha256', 'default_crl_days=30', ...lines];
      const config = ['[ca]', 'default_ca=own', '[own]', ...section].join('\n');
      const extensions = lines.length > 0 ? ['-crlexts', 'idp'] : [];
      const signed = ['-cert', issuer.certFile, '-keyfile', issuer.keyFile];
      run(
        `ca -gencrl -out ${name}.crl -config`,
        pki.file(`${name}.cnf`, config),
        ...signed,
        ...extensions,
      );
      run(`crl -in ${name}.crl -outform DER -out ${name}.crl.der`);
      return readFileSync(`${pki.dir}/${name}.crl.der`);
    },
  };
}
