import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tellingContexts } from '../../../electron/events/tellingContexts';
import { maskValue, tellingKind } from '../../../shared/model/events/tellingContext';
import { eventRow, tableOf } from './exampleEvents';

/** Put together here, so that this file has none itself. */
const token = ['ghp', 'A1b2C3d4E5'.repeat(4).slice(0, 36)].join('_');

describe('a pair of an encryption context', () => {
  it.each([
    ['customer', 'ann.example@mail.example.com', 'e-mail'],
    ['note', 'for Ann <ann@mail.example>', 'e-mail'],
    ['card', '4111 1111 1111 1111', 'card-number'],
    ['account', 'DE89 3704 0044 0532 0130 00', 'bank-account'],
    ['contact', '+49 30 901820', 'phone'],
    ['from', '203.0.113.9', 'ip-address'],
    ['db_password', 'x', 'secret'],
    ['header', token, 'secret'],
    ['birth_date', '1980-01-02', 'personal-name'],
  ])('%s=%s is seen: %s', (name, value, kind) => {
    expect(tellingKind(name, value)).toBe(kind);
  });

  it.each([
    ['aws:s3:arn', 'arn:aws:s3:::payments-exports/2026/11/28.csv'],
    ['purpose', 'claviger-measure'],
    ['tenant', '4111111111111112'],
    ['id', '7b1f4c1e-3f6e-4a3e-9c0e-1f2d3c4b5a69'],
    ['version', '1.2.3.400'],
    ['aws:ebs:id', 'vol-0123456789abcdef0'],
    ['account', 'DE89370400440532013001'],
  ])('%s=%s tells nothing by its form', (name, value) => {
    expect(tellingKind(name, value)).toBeUndefined();
  });

  it('is never shown: a mask has the first character at most, and nothing of a secret', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 80 }), (value) => {
        const shown = maskValue(value, 'e-mail').slice(1);
        expect(/[\p{L}\p{N}]/u.test(shown)).toBe(false);
      }),
    );
    expect(maskValue(token, 'secret')).toBe('••••••••');
  });
});

describe('the contexts of the stored events', () => {
  it('are counted by name and kind, the gravest first', () => {
    const at = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
    const contexts: Record<string, string>[] = [
      { customer: 'ann@mail.example', bucket: 'invoices' },
      { customer: 'bob@mail.example' },
      { customer: 'ann@mail.example', bucket: 'invoices' },
      { apiKey: token },
      { bucket: 'invoices' },
      {},
    ];
    const rows = contexts.map((encryptionContext, n) =>
      eventRow({ eventId: at(n), encryptionContext }),
    );
    const report = tellingContexts(tableOf(rows));
    expect(report).toMatchObject({ events: 6, withContext: 5, newest: '2026-11-24T10:00:00Z' });
    expect(report.findings).toEqual([
      { kind: 'secret', name: 'apiKey', events: 1, example: '••••••••' },
      { kind: 'e-mail', name: 'customer', events: 3, example: 'a••@••••.•••••••' },
    ]);
    expect(JSON.stringify(report)).not.toContain('ann@');
  });

  it('are none where nothing is stored, and that is told', () => {
    expect(tellingContexts(tableOf([]))).toEqual({ events: 0, withContext: 0, findings: [] });
  });
});
