import { describe, expect, it } from 'vitest';
import { keyExchangeCsv } from '../../../electron/events/keyExchangeCsv';
import type { EventRow } from '../../../shared/model/events/event';
import { keyExchangeUses } from '../../../shared/model/events/keyExchanges';

function call(caller: string, keyExchange?: string, more: Partial<EventRow> = {}): EventRow {
  return {
    eventId: `${caller} ${keyExchange ?? ''}`,
    at: '2026-11-01T10:00:00Z',
    account: '111122223333',
    region: 'eu-central-1',
    source: 'kms.amazonaws.com',
    name: 'Decrypt',
    readOnly: true,
    outcome: 'ok',
    keys: [],
    caller,
    encryptionContext: {},
    type: 'AwsApiCall',
    dryRun: false,
    ...(keyExchange !== undefined && { keyExchange }),
    ...more,
  };
}

describe('callers by key exchange', () => {
  it('tells who is classical only, who does both, who is safe and who cannot be told', () => {
    const uses = keyExchangeUses([
      call('new', 'X25519MLKEM768'),
      call('old', 'x25519'),
      call('silent'),
      call('both', 'X25519MLKEM768'),
      call('both', 'secp256r1'),
    ]);
    expect(uses.map(({ caller, reading }) => [caller, reading])).toEqual([
      ['old', 'classical'],
      ['both', 'mixed'],
      ['silent', 'unknown'],
      ['new', 'post-quantum'],
    ]);
    expect(uses[1]).toMatchObject({ calls: 2, postQuantum: 1, classical: 1, untold: 0 });
  });

  it('takes a caller whose calls do not all say for what the others say', () => {
    const [use] = keyExchangeUses([call('a', 'X25519MLKEM768'), call('a')]);
    expect(use).toMatchObject({ reading: 'post-quantum', calls: 2, untold: 1 });
  });

  it('takes sessions of one role for one caller, and leaves out what AWS does by itself', () => {
    const role = 'arn:aws:iam::111122223333:role/app';
    const uses = keyExchangeUses([
      call('app/1', 'x25519', { role }),
      call('app/2', 'x25519', { role }),
      call('kms', undefined, { type: 'AwsServiceEvent' }),
      call('s3', undefined, { ip: 'AWS Internal' }),
    ]);
    expect(uses).toHaveLength(1);
    expect(uses[0]).toMatchObject({ caller: 'app', role, calls: 2 });
  });

  it('takes a group that it does not know for classical', () => {
    expect(keyExchangeUses([call('a', 'brainpoolP256r1tls13')])[0]?.reading).toBe('classical');
  });

  it('is a CSV of one line a caller', () => {
    const text = keyExchangeCsv(keyExchangeUses([call('=cmd', 'x25519')]));
    const [head, line] = text.split('\r\n');
    expect(head).toContain('Caller,Role,Account,Key exchange');
    expect(line).toContain("'=cmd,,,Classical only,1,0,1,0,x25519 1,");
  });
});
