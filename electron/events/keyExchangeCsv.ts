import { readingWords, type KeyExchangeUse } from '../../shared/model/events/keyExchanges';
import { csvRecord } from '../csv';

/** Callers by key exchange, as a file for who moves them on. */
export function keyExchangeCsv(uses: readonly KeyExchangeUse[]): string {
  return [
    csvRecord(columns),
    ...uses.map((use) =>
      csvRecord([
        use.caller,
        use.role ?? '',
        use.account ?? '',
        readingWords[use.reading],
        String(use.calls),
        String(use.postQuantum),
        String(use.classical),
        String(use.untold),
        countsText(use.exchanges),
        countsText(use.versions),
        use.last,
      ]),
    ),
  ].join('');
}

const columns = [
  'Caller',
  'Role',
  'Account',
  'Key exchange',
  'Calls',
  'Post-quantum calls',
  'Classical calls',
  'Calls that do not say',
  'Groups',
  'TLS versions',
  'Last call',
];

/** `X25519MLKEM768 12, x25519 3`. */
export function countsText(counts: KeyExchangeUse['exchanges']): string {
  return counts.map(({ name, count }) => `${name} ${count}`).join(', ');
}
