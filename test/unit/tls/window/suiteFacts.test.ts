import { expect, it } from 'vitest';
import { suiteFacts } from '../../../../renderer/tls/report/suiteFacts';
import { suites } from '../../../../shared/model/tls/registry';
import type { TlsVersion } from '../../../../shared/model/tls/scan';

const of = (id: string, version: TlsVersion = 'TLS1.2', more = {}) =>
  suiteFacts({ id, name: id, ...more }, version);

it.each([
  ['0xC02F', 'Strong', 'ECDHE, RSA'],
  ['0xCCA9', 'Strong', 'ECDHE, ECDSA'],
  ['0xC028', 'Weak', 'ECDHE, RSA'],
  ['0x009C', 'Weak', 'RSA'],
  ['0x000A', 'Weak', 'RSA'],
  ['0x0004', 'Insecure', 'RSA'],
  ['0x0008', 'Insecure', 'RSA'],
  ['0x0009', 'Insecure', 'RSA'],
  ['0x0002', 'Insecure', 'RSA'],
  ['0x00A6', 'Insecure', 'DHE, anonymous'],
])('%s is %s', (id, word, keyExchange) => {
  expect(of(id)).toMatchObject({ keyExchange, strength: { word } });
});

it('says of a TLS 1.3 suite that its exchange is always ephemeral', () => {
  expect(of('0x1302', 'TLS1.3', { group: 'X25519MLKEM768' })).toMatchObject({
    keyExchange: 'ephemeral',
    group: 'X25519MLKEM768',
    forwardSecret: true,
    strength: { word: 'Strong' },
  });
});

it('judges a Diffie-Hellman suite by its prime', () => {
  expect(of('0x009E', 'TLS1.2', { dhBits: 512 }).strength.word).toBe('Insecure');
  expect(of('0x009E', 'TLS1.2', { dhBits: 1024 }).strength.word).toBe('Weak');
  expect(of('0x009E', 'TLS1.2', { dhBits: 2048 }).strength.word).toBe('Strong');
});

it('does not call strong what it does not know', () => {
  expect(of('0xFFFE')).toMatchObject({
    strength: { word: 'Not known' },
    bits: undefined,
    aead: undefined,
    forwardSecret: undefined,
  });
});

it('calls strong only what encrypts with AEAD, at least 128 bits, and forward secrecy', () => {
  const strong = suites.filter(
    ({ id, name }) => of(`0x${id.toString(16)}`, 'TLS1.2', { name }).strength.word === 'Strong',
  );
  expect(strong.length).toBeGreaterThan(20);
  expect(strong.filter((s) => !s.aead || !s.forwardSecret || s.bits < 128 || s.export)).toEqual([]);
});
