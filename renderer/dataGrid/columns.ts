/** A column of a data grid; `width` in pixels at 100 % zoom. */
export interface GridColumn {
  readonly id: string;
  readonly title: string;
  readonly width: number;
  /** Numbers stand to the right. */
  readonly type?: string;
}

/** The CSS grid template of the columns, with the leading box for the selection. */
export function columnTemplate(columns: readonly GridColumn[]): string {
  return [`${selectWidth}px`, ...columns.map(({ width }) => `${width}px`)].join(' ');
}

/** Width of the whole grid in pixels. */
export function gridWidth(columns: readonly GridColumn[]): number {
  return columns.reduce((sum, { width }) => sum + width, selectWidth);
}

/** Width of the column with the selection's boxes, in pixels. */
export const selectWidth = 32;
