import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type JsonValue } from '../../../electron/canonicalJson';
import { toFacts } from '../../../electron/journal/redact';

describe('facts of the journal', () => {
  it('are flat, whatever they are made of', () => {
    expect(
      toFacts({
        a: { b: [1, 'two'] },
        none: null,
        gone: undefined,
        at: new Date(0),
        raw: Buffer.of(1),
      }),
    ).toEqual({
      'a.b.0': 1,
      'a.b.1': 'two',
      none: null,
      at: '1970-01-01T00:00:00.000Z',
      raw: '1 bytes',
    });
    expect(toFacts('x')).toEqual({ value: 'x' });
    expect(toFacts(undefined)).toEqual({});
  });

  it.each([
    ['secretAccessKey', 'short'],
    ['SecretAccessKey', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
    ['sessionToken', 'x'],
    ['Plaintext', 'hello'],
    ['plaintext', Buffer.from('hello')],
    ['PrivateKeyPlaintext', 'x'],
    ['CiphertextBlob', 'x'],
    ['EncryptedKeyMaterial', 'x'],
    ['ImportToken', 'x'],
    ['mfaCode', '123456'],
    ['code', '123456'],
    ['password', { nested: 'x' }],
  ])('never keep what is named %s', (name, value) => {
    expect(Object.values(toFacts({ [name]: value, deep: { [name]: value } }))).toEqual([
      '[redacted]',
      '[redacted]',
    ]);
  });

  it.each([
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----',
    'https://x.amazonaws.com/?X-Amz-Signature=CANARY1&X-Amz-Security-Token=CANARY2',
    'aws_secret_access_key = CANARY',
  ])('never keep what looks like a secret: %s', (secret) => {
    const facts = JSON.stringify(toFacts({ note: `before ${secret} after`, [`key ${secret}`]: 1 }));
    expect(facts).not.toMatch(/CANARY|wJalrXUtnFEMI|MIIE/);
  });

  it('keep ids, ARNs, aliases and material ids readable', () => {
    const facts = {
      arn: 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      keyMaterialId: '0b7fd7ddbac6eef27907413567cad8c810e2883dc8a7534067a82ee1142fc1e6',
      alias: 'alias/billing/invoices',
      region: 'eu-central-1',
      quotaPercent: 10,
    };
    expect(toFacts(facts)).toEqual(facts);
  });

  it('of any value at all are few, short, flat and have a canonical text', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, maxDepth: 4 }), (value) => {
        const facts = toFacts(value);
        expect(Object.keys(facts).length).toBeLessThanOrEqual(100);
        for (const fact of Object.values(facts)) {
          expect(fact === null || ['string', 'number', 'boolean'].includes(typeof fact)).toBe(true);
          if (typeof fact === 'string') expect(fact.length).toBeLessThanOrEqual(501);
        }
        canonicalJson(facts);
      }),
    );
  });
});

describe('canonical JSON', () => {
  it('is the example of RFC 8785, section 3.2.2 and 3.2.3', () => {
    expect(
      canonicalJson({
        numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
        string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
        literals: [null, true, false],
      }),
    ).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const sorted = JSON.parse(canonicalJson(Object.fromEntries(names.map((name) => [name, 0]))));
    expect(new Set(Object.keys(sorted))).toEqual(new Set(names));
    expect(canonicalJson(Object.fromEntries(names.map((name) => [name, 0])))).toBe(
      '{"\\r":0,"1":0,"\u0080":0,"ö":0,"€":0,"😀":0,"\ufb33":0}',
    );
  });

  it('says the same of the same, however it was built, and nothing is lost', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text) as JsonValue)).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('refuses what JSON cannot say', () => {
    for (const value of [NaN, Infinity, '\ud800', { '\udc00': 1 }]) {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    }
  });
});
