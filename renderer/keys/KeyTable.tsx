import { memo, useCallback, type ComponentProps } from 'react';
import { defaultKeySort } from '../../shared/model/keyOrder';
import type { KeyView } from '../../shared/model/keyLens';
import type { KeyQuery } from '../../shared/model/keyQuery';
import { DataGrid, type GridRow } from '../dataGrid/DataGrid';
import type { TableColumn } from './columns';
import { KeyTableRow } from './KeyTableRow';
import { nextSort } from './nextSort';
import './keys.css';

type KeyTableProps = Pick<
  ComponentProps<typeof DataGrid<KeyView>>,
  'views' | 'selection' | 'openId' | 'onOpen' | 'onCopy' | 'rowHeight' | 'ref'
> & {
  readonly columns: readonly TableColumn[];
  readonly sort: KeyQuery['sort'];
  readonly onSort: (sort: KeyQuery['sort']) => void;
  readonly timeZone: 'utc' | 'local';
};

/** The table of keys: a head's click sorts by it, again reverses, a third time lets go. */
export const KeyTable = memo(function KeyTable({ sort, onSort, timeZone, ...grid }: KeyTableProps) {
  const { columns } = grid;
  const sortBy = useCallback(
    (column: string, add: boolean) => onSort(nextSort(sort, column, add)),
    [onSort, sort],
  );
  const renderRow = (view: KeyView, { key, ...row }: GridRow) => (
    <KeyTableRow key={key} view={view} columns={columns} timeZone={timeZone} {...row} />
  );
  return (
    <DataGrid
      {...grid}
      label="Keys"
      name="key"
      order={sort.length > 0 ? sort : defaultKeySort}
      onSort={sortBy}
      sortsBySeveral
      renderRow={renderRow}
    />
  );
});
