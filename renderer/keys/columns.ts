import { keyColumns, type KeyColumn } from '../../shared/model/keyColumns';

/** A column as the table shows it; `width` in pixels at 100 % zoom. */
export interface TableColumn extends KeyColumn {
  readonly width: number;
}

/** Wide enough for what AWS writes there; longer text is cut and whole in the cell's title. */
const widths: Readonly<Record<string, number>> = {
  alias: 232,
  keyId: 136,
  verdict: 130,
  state: 192,
  rotation: 136,
  period: 76,
  lastRotation: 104,
  nextRotation: 110,
  overdue: 96,
  onDemand: 96,
  kind: 148,
  origin: 124,
  region: 112,
  account: 116,
  manager: 100,
  replicas: 148,
  environment: 112,
  owner: 132,
  created: 100,
  change: 260,
};

/** Every column that the table can show, in order. */
export const tableColumns: readonly TableColumn[] = keyColumns
  .filter((column) => !column.exportOnly)
  .map((column) => ({ ...column, width: widths[column.id] ?? 120 }));

/** What is left when the operator hides some; the first names the key and always stays. */
export function visibleColumns(hidden: readonly string[]): readonly TableColumn[] {
  return tableColumns.filter((column, index) => index === 0 || !hidden.includes(column.id));
}
