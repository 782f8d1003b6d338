import { describe, expect, it } from 'vitest';
import { proxyFor } from '../../../electron/aws/proxy';

const kms = { protocol: 'https:', hostname: 'kms.eu-central-1.amazonaws.com' };
const env = { HTTPS_PROXY: 'http://proxy.corp:3128' };

describe('the proxy of a request', () => {
  it('is that of its scheme, lower case first, and http:// where it says no scheme', () => {
    expect(proxyFor(kms, {})).toBeUndefined();
    expect(proxyFor(kms, env)?.href).toBe('http://proxy.corp:3128/');
    expect(proxyFor(kms, { ...env, https_proxy: 'other:8080' })?.href).toBe('http://other:8080/');
    expect(proxyFor({ ...kms, protocol: 'http:' }, env)).toBeUndefined();
    expect(proxyFor({ ...kms, protocol: 'http:' }, { HTTP_PROXY: 'http://p' })?.host).toBe('p');
    expect(proxyFor(kms, { HTTPS_PROXY: '' })).toBeUndefined();
  });

  it.each([
    ['amazonaws.com', true],
    ['.amazonaws.com', true],
    ['*.amazonaws.com', true],
    ['aws.com', false],
    ['kms.eu-central-1.amazonaws.com:443', true],
    ['kms.eu-central-1.amazonaws.com:8443', false],
    ['corp.example, KMS.EU-CENTRAL-1.amazonaws.com', true],
    ['*', true],
    ['', false],
  ])('with NO_PROXY "%s" is left out: %s', (noProxy, straight) => {
    expect(proxyFor(kms, { ...env, NO_PROXY: noProxy }) === undefined).toBe(straight);
  });

  it.each(['localhost', '127.0.0.1', '127.1.2.3', '[::1]', '::1'])(
    'is never used for this machine: %s',
    (hostname) => expect(proxyFor({ protocol: 'https:', hostname }, env)).toBeUndefined(),
  );

  it('is refused in a sentence where the variable holds no address', () => {
    expect(() => proxyFor(kms, { HTTPS_PROXY: 'socks5://p:1' })).toThrow(
      'HTTPS_PROXY is set, but is no http or https address.',
    );
  });
});
