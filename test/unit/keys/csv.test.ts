import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvRecord } from '../../../electron/csv';

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('defuses %j', (text) => {
  expect(csvRecord([text])).toMatch(/^"?'/);
});

it('gives back every cell that no spreadsheet would run', () => {
  const cell = fc.string({ unit: 'binary' }).filter((text) => !/^[=+\-@\t\r]/.test(text));
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
      expect(parse(csvRecord(cells))).toEqual([cells]);
    }),
  );
});

/** RFC 4180, read back by the book. */
function parse(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (let at = 0; at < text.length;) {
    let cell = '';
    if (text[at] === '"') {
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        if (text[at] === '"') at++;
        cell += text[at];
      }
      at++;
    } else {
      while (text[at] !== ',' && text[at] !== '\r') cell += text[at++];
    }
    record.push(cell);
    if (text[at] === ',') at++;
    else {
      at += 2;
      records.push(record);
      record = [];
    }
  }
  return records;
}
