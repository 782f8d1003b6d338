import type { VerdictValue } from '../../verdict';

/** A piece of text in a report: plain, of one width (hashes, ids), or a verdict's word with its mark. */
export type ReportText =
  | string
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'verdict'; readonly value: VerdictValue };

/** Text in a cell or beside a label; a list stands line under line. */
export type ReportCell = ReportText | readonly ReportText[];

/** What a report is made of, whether as a web page or as the window's print view. */
export type ReportBlock =
  | {
      readonly kind: 'heading';
      readonly level: 1 | 2 | 3;
      readonly text: string;
      readonly id: string;
    }
  | { readonly kind: 'text'; readonly text: ReportText }
  | {
      readonly kind: 'facts';
      readonly rows: readonly (readonly [label: string, cell: ReportCell])[];
    }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly ReportCell[])[];
    };

/** A hash or an id. */
export function code(text: string): ReportText {
  return { kind: 'code', text };
}

/** `2026-11-28 13:52:00 UTC`. */
export function time(iso: string): string {
  return `${iso.slice(0, 19).replace('T', ' ')} UTC`;
}
