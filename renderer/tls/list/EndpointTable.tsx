import { memo, type ComponentProps } from 'react';
import { DataGrid } from '../../dataGrid/DataGrid';
import { endpointColumns } from './columns';
import { EndpointTableRow } from './EndpointTableRow';
import type { EndpointView } from './lens';
import type { EndpointSort } from './query';

type EndpointTableProps = Pick<
  ComponentProps<typeof DataGrid<EndpointView>>,
  'views' | 'selection' | 'onOpen' | 'onCopy' | 'rowHeight' | 'ref'
> & {
  readonly sort: EndpointSort;
  readonly onSort: (sort: EndpointSort) => void;
  readonly timeZone: 'utc' | 'local';
};

/** The table of endpoints: a head's click sorts by it, again reverses. */
export const EndpointTable = memo(function EndpointTable({
  sort,
  onSort,
  timeZone,
  ...grid
}: EndpointTableProps) {
  return (
    <DataGrid
      {...grid}
      label="Endpoints"
      name="endpoint"
      columns={endpointColumns}
      order={[sort]}
      onSort={(column) => onSort({ column, desc: column === sort.column && !sort.desc })}
      renderRow={(view, { key, domId, index, top, selected, active }) => (
        <EndpointTableRow key={key} {...{ view, domId, index, top, selected, active, timeZone }} />
      )}
    />
  );
});
