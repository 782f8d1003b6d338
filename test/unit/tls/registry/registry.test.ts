import { describe, expect, it } from 'vitest';
import {
  alertName,
  groupName,
  groups,
  schemeName,
  signatureSchemes,
  ssl2Kinds,
  suiteId,
  suiteInfo,
  suiteName,
  suites,
} from '../../../../shared/model/tls/registry';

describe('the registry', () => {
  it('names each code point once', () => {
    const ids = [...suites, ...ssl2Kinds].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length);
    expect(new Set(signatureSchemes.map(({ id }) => id)).size).toBe(signatureSchemes.length);
  });

  it('has IANA’s 350 suites and those that were deployed without IANA', () => {
    expect(suites.filter(({ name }) => name.startsWith('TLS_')).length).toBeGreaterThanOrEqual(350);
    expect(suites).toHaveLength(376);
  });

  it('leaves no property of a suite open', () => {
    const open = suites.filter(
      ({ name, keyExchange, authentication, cipher }) =>
        name !== 'TLS_NULL_WITH_NULL_NULL' &&
        (keyExchange === 'none' ||
          authentication === 'none' ||
          (cipher === 'NULL' && !/NULL|TLS_SHA\d+_SHA\d+/.test(name))),
    );
    expect(open).toEqual([]);
  });

  it('finds a suite by code point and by id, and says where there is none', () => {
    expect(suiteInfo(0xc02f)?.name).toBe('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256');
    expect(suiteInfo('0xC02F')).toBe(suiteInfo(0xc02f));
    expect(suiteInfo('0x010080')?.name).toBe('SSL_CK_RC4_128_WITH_MD5');
    expect(suiteInfo(0x1234)).toBeUndefined();
    expect(suiteName(0x1234)).toBe('unknown_0x1234');
    expect(suiteId(0x010080)).toBe('0x010080');
    expect(suiteId(0x2f)).toBe('0x002F');
  });

  it.each([
    [0x0003, { export: true, bits: 40, cipher: 'RC4', keyExchange: 'RSA' }],
    [0x0014, { export: true, bits: 40, cipher: 'DES', keyExchange: 'DHE', forwardSecret: true }],
    [0x0062, { export: true, bits: 56, cipher: 'DES' }],
    [0x001b, { authentication: 'anon', keyExchange: 'DHE', bits: 112, cipher: '3DES' }],
    [0xc003, { keyExchange: 'ECDH', authentication: 'ECDSA', forwardSecret: false }],
    [0xc0aa, { keyExchange: 'DHE', authentication: 'PSK', mode: 'CCM_8' }],
    [0x00c6, { keyExchange: 'any', cipher: 'SM4', bits: 128, aead: true }],
    [0x1307, { cipher: 'AEGIS', bits: 128, aead: true, mac: 'AEAD' }],
    [0xc100, { keyExchange: 'GOST', bits: 256, mac: 'OMAC' }],
    [0xcc13, { keyExchange: 'ECDHE', cipher: 'CHACHA20', aead: true }],
    [0xe013, { keyExchange: 'SM2', cipher: 'SM4', mac: 'SM3' }],
    [0x020080, { export: true, bits: 40, cipher: 'RC4', mac: 'MD5' }],
    [0x0700c0, { cipher: '3DES', bits: 112, mac: 'MD5' }],
    [0xff0810, { cipher: 'NULL', bits: 0 }],
  ])('reads the properties of %i off its name', (id, expected) => {
    expect(suiteInfo(id)).toMatchObject(expected);
  });

  it('names groups, schemes and alerts', () => {
    expect(groupName(0x11ec)).toBe('X25519MLKEM768');
    expect(groupName(0x9999)).toBe('unknown_0x9999');
    expect(schemeName(0x0804)).toBe('rsa_pss_rsae_sha256');
    expect(alertName(70)).toBe('protocol_version');
    expect(alertName(199)).toBe('alert 199');
    expect(groups.filter(({ postQuantum }) => postQuantum).map(({ name }) => name)).toContain(
      'SecP384r1MLKEM1024',
    );
  });
});
