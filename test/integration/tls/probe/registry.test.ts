import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { suiteInfo } from '../../../../shared/model/tls/registry';

/** One line of `openssl ciphers -V -stdname`. */
interface Listed {
  readonly id: number;
  readonly name: string;
  readonly kx: string;
  readonly au: string;
  readonly enc: string;
  readonly bits: number;
  readonly mac: string;
}

const linePattern =
  /0x(..),0x(..) - (\S+)\s+- \S+\s+\S+\s+Kx=(\S+)\s+Au=(\S+)\s+Enc=([^(\s]+)(?:\((\d+)\))?\s+Mac=(\S+)/;

function listOfOpenssl(): Listed[] {
  const text = execFileSync(
    'openssl',
    ['ciphers', '-V', '-stdname', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0'],
    { encoding: 'utf8' },
  );
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [, high = '', low = '', name = '', kx = '', au = '', enc = '', bits = '0', mac = ''] =
        linePattern.exec(line) ?? [];
      return { id: Number(`0x${high}${low}`), name, kx, au, enc, bits: Number(bits), mac };
    });
}

/** OpenSSL's words for what IANA's names say. */
const keyExchanges: Readonly<Record<string, string>> = {
  ECDH: 'ECDHE',
  DH: 'DHE',
  ECDHEPSK: 'ECDHE',
  DHEPSK: 'DHE',
  RSAPSK: 'RSA',
};
const ciphers: Readonly<Record<string, [string, string]>> = {
  AES: ['AES', 'CBC'],
  AESGCM: ['AES', 'GCM'],
  AESCCM: ['AES', 'CCM'],
  AESCCM8: ['AES', 'CCM_8'],
  ARIAGCM: ['ARIA', 'GCM'],
  Camellia: ['CAMELLIA', 'CBC'],
  'CHACHA20/POLY1305': ['CHACHA20', 'POLY1305'],
  '3DES': ['3DES', 'CBC'],
  None: ['NULL', 'none'],
};

describe('the registry of suites', () => {
  const listed = listOfOpenssl();

  it('has every suite of OpenSSL under the same name', () => {
    expect(listed.length).toBeGreaterThan(100);
    expect(listed.map(({ id }) => suiteInfo(id)?.name)).toEqual(listed.map(({ name }) => name));
  });

  it.each(listed)('knows $name as OpenSSL does', ({ id, kx, au, enc, bits, mac }) => {
    const [cipher, mode] = ciphers[enc] ?? [enc, ''];
    expect(suiteInfo(id)).toMatchObject({
      keyExchange: keyExchanges[kx] ?? kx,
      authentication: kx === 'RSAPSK' ? 'PSK' : au === 'None' ? 'anon' : au,
      cipher,
      mode,
      bits,
      mac,
      aead: mac === 'AEAD',
    });
  });
});
