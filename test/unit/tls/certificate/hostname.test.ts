import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchHost } from '../../../../electron/tls/certificate/hostname';
import { createPki, type Issued, type Pki } from './pki';

let pki: Pki;
let named: Issued;
beforeAll(() => {
  pki = createPki();
  const names =
    'DNS:example.test,DNS:*.wild.test,DNS:xn--bcher-kva.test,DNS:UPPER.test,DNS:w*.part.test,DNS:*.com,DNS:*.*.two.test,DNS:dot.test.,IP:192.0.2.7,IP:2001:db8::7,DNS:192.0.2.8';
  named = pki.issue('named', {
    subject: '/CN=common.test',
    extensions: [`subjectAltName=${names}`],
  });
});
afterAll(() => pki.remove());

const verdict = (host: string, issued = named) => matchHost(issued.x509, host).value;

/** `openssl x509 -checkhost` or `-checkip`. */
function opensslSays(host: string, option: '-checkhost' | '-checkip'): string {
  const { output } = pki.openssl('x509', '-in', named.certFile, '-noout', option, host);
  return output.includes('does match') ? 'pass' : 'fail';
}

describe('matches host names as openssl does', () => {
  const hosts: [string, string][] = [
    ['example.test', 'pass'],
    ['EXAMPLE.test', 'pass'],
    ['a.example.test', 'fail'],
    ['xexample.test', 'fail'],
    ['a.wild.test', 'pass'],
    ['wild.test', 'fail'],
    ['a.b.wild.test', 'fail'],
    ['xn--bcher-kva.test', 'pass'],
    ['upper.TEST', 'pass'],
    ['common.test', 'fail'],
    ['foo.com', 'fail'],
    ['a.b.two.test', 'fail'],
  ];
  it.each(hosts)('%s: %s', (host, value) => {
    expect(verdict(host)).toBe(value);
    expect(opensslSays(host, '-checkhost')).toBe(value);
  });

  const addresses: [string, string][] = [
    ['192.0.2.7', 'pass'],
    ['192.0.2.8', 'fail'],
    ['2001:db8::7', 'pass'],
    ['2001:0DB8:0:0:0:0:0:7', 'pass'],
    ['2001:db8::8', 'fail'],
  ];
  it.each(addresses)('%s: %s', (address, value) => {
    expect(verdict(address)).toBe(value);
    expect(opensslSays(address, '-checkip')).toBe(value);
  });
});

it('takes names with umlauts, a dot at the end, brackets and zones', () => {
  for (const host of [
    'bücher.test',
    'BÜCHER.test.',
    'example.test.',
    'dot.test',
    '[2001:db8::7]',
    '2001:db8::7%eth0',
  ]) {
    expect([host, verdict(host)]).toEqual([host, 'pass']);
  }
});

it('takes a wildcard for a whole label only', () => {
  expect(verdict('www.part.test')).toBe('fail'); // openssl takes it, RFC 9525 (6.3) does not
});

it('says which names there are', () => {
  expect(matchHost(named.x509, 'other.test')).toEqual({
    value: 'fail',
    reason:
      'The certificate is for example.test, *.wild.test, xn--bcher-kva.test, UPPER.test, w*.part.test and 6 more, not for other.test.',
    remedy: 'Use a certificate that names other.test.',
  });
});

it('goes by no common name, and says so', () => {
  const common = pki.issue('common', { subject: '/CN=common.test', extensions: [] });
  expect(matchHost(common.x509, 'common.test')).toMatchObject({
    value: 'fail',
    reason: expect.stringContaining('only as its common name'),
  });
  expect(matchHost(common.x509, 'other.test').reason).toBe(
    'The certificate names no host, so it is not for other.test.',
  );
});

it('cannot tell where the names or the host cannot be read', () => {
  const broken = pki.issue('broken', { extensions: ['2.5.29.17=DER:0401'] });
  expect(verdict('example.test', broken)).toBe('cannot-tell');
  expect(verdict('no host at all')).toBe('cannot-tell');
});
