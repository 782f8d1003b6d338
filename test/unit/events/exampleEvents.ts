import * as fc from 'fast-check';
import { EventTable } from '../../../electron/events/table/eventTable';
import { PartBuilder, type Part } from '../../../electron/events/table/part';
import type { EventRow } from '../../../shared/model/events/event';

/** A Decrypt that worked; what a test gives replaces members. */
export function eventRow(members: Partial<EventRow> = {}): EventRow {
  return {
    eventId: '00000000-0000-4000-8000-000000000000',
    at: '2026-11-24T10:00:00Z',
    account: '111122223333',
    region: 'eu-central-1',
    source: 'kms.amazonaws.com',
    name: 'Decrypt',
    readOnly: true,
    outcome: 'ok',
    keys: [],
    caller: 'ann',
    encryptionContext: {},
    type: 'AwsApiCall',
    dryRun: false,
    ...members,
  };
}

const few = (...values: string[]) => fc.constantFrom(...values);

/** Rows of few different values, so that queries meet some of them. */
export const eventRows: fc.Arbitrary<EventRow[]> = fc.array(
  fc
    .record({
      eventId: fc.uuid(),
      at: fc
        .integer({ min: 0, max: 5000 })
        .map((n) => `${new Date(1.76e12 + n * 1000).toISOString().slice(0, 19)}Z`),
      name: few('Decrypt', 'GenerateDataKey', 'PutKeyPolicy'),
      region: few('eu-central-1', 'us-east-1'),
      caller: few('ann', 'Bob', 'payments/i-1', 's3.amazonaws.com'),
      outcome: fc.constantFrom('ok' as const, 'denied' as const, 'failed' as const),
      keys: fc.uniqueArray(few('key-a', 'key-b', 'key-c'), { maxLength: 2 }),
      encryptionContext: fc.dictionary(few('bucket', 'table'), few('invoices', 'orders'), {
        maxKeys: 2,
      }),
      dryRun: fc.boolean(),
    })
    .map((members) => eventRow(members)),
  { maxLength: 60 },
);

/** Rows as the part that a log file with just these would make. */
export function partOf(rows: readonly EventRow[]): Part {
  const builder = new PartBuilder();
  for (const [place, row] of rows.entries()) builder.add(row, 0, place);
  return builder.build();
}

export function tableOf(rows: readonly EventRow[]): EventTable {
  const table = new EventTable();
  table.take(partOf(rows), [1]);
  return table;
}
