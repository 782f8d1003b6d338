import { expect, it } from 'vitest';
import { suiteFacts } from '../../../../renderer/tls/report/suiteFacts';

const of = (name: string, version: 'TLS1.2' | 'TLS1.3' | 'SSLv2' = 'TLS1.2', more = {}) =>
  suiteFacts({ id: '0x0000', name, ...more }, version);

it.each([
  ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'Strong', 128, true, true],
  ['TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256', 'Strong', 256, true, true],
  ['TLS_DHE_RSA_WITH_AES_256_CCM_8', 'Strong', 256, true, true],
  ['TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384', 'Weak', 256, true, false],
  ['TLS_RSA_WITH_AES_128_GCM_SHA256', 'Weak', 128, false, true],
  ['TLS_RSA_WITH_3DES_EDE_CBC_SHA', 'Weak', 112, false, false],
  ['TLS_RSA_WITH_IDEA_CBC_SHA', 'Weak', 128, false, false],
  ['TLS_RSA_WITH_RC4_128_MD5', 'Insecure', 128, false, false],
  ['TLS_RSA_EXPORT_WITH_DES40_CBC_SHA', 'Insecure', 40, false, false],
  ['TLS_RSA_WITH_DES_CBC_SHA', 'Insecure', 56, false, false],
  ['TLS_RSA_WITH_NULL_SHA', 'Insecure', 0, false, false],
  ['TLS_DH_anon_WITH_AES_128_GCM_SHA256', 'Insecure', 128, true, true],
])('%s is %s', (name, word, bits, forwardSecret, aead) => {
  const facts = of(name);
  expect(facts.strength.word).toBe(word);
  expect(facts).toMatchObject({ bits, forwardSecret, aead });
});

it('says of a TLS 1.3 suite that its exchange is always ephemeral', () => {
  expect(of('TLS_AES_256_GCM_SHA384', 'TLS1.3', { group: 'X25519MLKEM768' })).toMatchObject({
    group: 'X25519MLKEM768',
    forwardSecret: true,
    strength: { word: 'Strong' },
  });
});

it('judges a Diffie-Hellman suite by its prime', () => {
  const name = 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256';
  expect(of(name, 'TLS1.2', { dhBits: 512 }).strength.word).toBe('Insecure');
  expect(of(name, 'TLS1.2', { dhBits: 1024 }).strength.word).toBe('Weak');
  expect(of(name, 'TLS1.2', { dhBits: 2048 }).strength.word).toBe('Strong');
});

it('does not call strong what it does not know', () => {
  const facts = of('TLS_NEW_WITH_SOMETHING_ELSE');
  expect(facts.strength.word).toBe('Not known');
  expect(facts).toMatchObject({ bits: undefined, aead: undefined, forwardSecret: undefined });
});
