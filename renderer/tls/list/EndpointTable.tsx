import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useLayoutEffect, useMemo, useRef, type MouseEvent, type Ref } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { extendTo, toggleRow, type SelectionState } from '../../keys/selection';
import { tableKeyHandler, useSequenceGuard } from '../../keys/tableKeys';
import { columnTemplate, endpointColumns, tableWidth } from './columns';
import { EndpointTableHead } from './EndpointTableHead';
import { EndpointTableRow, endpointRowId } from './EndpointTableRow';
import type { EndpointView } from './lens';
import type { EndpointSort } from './query';
import '../../keys/keys.css';

export interface EndpointTableProps {
  readonly views: readonly EndpointView[];
  readonly sort: EndpointSort;
  readonly onSort: (sort: EndpointSort) => void;
  readonly selection: StoreApi<SelectionState>;
  readonly onOpen: (view: EndpointView) => void;
  readonly onCopy: (views: readonly EndpointView[]) => void;
  readonly rowHeight: number;
  readonly timeZone: 'utc' | 'local';
  /** The grid: it takes the focus, its rows do not. */
  readonly ref: Ref<HTMLTableElement>;
}

/** Height of the head in pixels, as in keys.css. */
const headHeight = 28;

/**
 * The endpoints as a grid of which only the rows in sight are in the document. It looks and is walked
 * as the table of keys: the grid has the focus and names the row on which the keyboard stands.
 */
export const EndpointTable = memo(function EndpointTable(props: EndpointTableProps) {
  const { views, sort, onSort, selection, onOpen, rowHeight, timeZone } = props;
  const { selected, active } = useStore(selection);
  const scroller = useRef<HTMLTableElement>(null);
  const activeIndex = useMemo(() => views.findIndex(({ id }) => id === active), [views, active]);

  const virtualizer = useVirtualizer({
    count: views.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollPaddingEnd: headHeight,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  // Back from a report the row that was opened is in sight again.
  useLayoutEffect(() => {
    if (activeIndex >= 0) virtualizer.scrollToIndex(activeIndex, { align: 'auto' });
    // oxlint-disable-next-line react/exhaustive-deps -- once, when the list is shown
  }, []);

  const onKeyDown = useSequenceGuard(
    tableKeyHandler({
      ...props,
      activeIndex,
      pageRows: Math.max(
        1,
        Math.floor(((virtualizer.scrollRect?.height ?? 600) - headHeight) / rowHeight) - 1,
      ),
      scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
    }),
  );

  function onClick(event: MouseEvent<HTMLTableElement>): void {
    const target = event.target as Element;
    const view = views[Number(target.closest('[data-index]')?.getAttribute('data-index') ?? -1)];
    if (!view) return;
    const state = selection.getState();
    if (event.shiftKey) selection.setState(extendTo(state, view.id, views));
    else if (event.ctrlKey || event.metaKey || target.closest('.key-select')) {
      selection.setState(toggleRow(state, view.id));
    } else {
      // A text that was just marked is being copied, not opened.
      if (getSelection()?.isCollapsed === false) return;
      selection.setState({ active: view.id, anchor: view.id });
      onOpen(view);
    }
  }

  const items = virtualizer.getVirtualItems();
  const activeShown = items.some(({ index }) => index === activeIndex);
  return (
    <table
      ref={(element) => {
        scroller.current = element;
        if (typeof props.ref === 'function') props.ref(element);
        else if (props.ref) props.ref.current = element;
      }}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- the ARIA pattern for a table walked with the arrow keys
      role="grid"
      tabIndex={0}
      aria-label="Endpoints"
      aria-rowcount={views.length + 1}
      aria-colcount={endpointColumns.length + 1}
      aria-multiselectable
      aria-activedescendant={
        active !== undefined && activeShown ? endpointRowId(active) : undefined
      }
      className="key-grid"
      onKeyDown={onKeyDown}
      onScroll={({ currentTarget: grid }) =>
        grid.classList.toggle('is-shifted', grid.scrollLeft > 0)
      }
      onFocus={({ target, currentTarget }) => {
        // The keyboard has to stand somewhere for Enter to open it.
        const [first] = views;
        if (target !== currentTarget || activeIndex >= 0 || !first) return;
        selection.setState({ active: first.id, anchor: first.id });
      }}
      onClick={onClick}
      onMouseDown={(event) => {
        if (event.shiftKey) event.preventDefault(); // Shift-click chooses rows, not text
      }}
      style={
        {
          '--key-columns': columnTemplate,
          '--key-width': `${tableWidth}px`,
          '--key-row': `${rowHeight}px`,
        } as React.CSSProperties
      }
    >
      <EndpointTableHead
        sort={sort}
        onSort={onSort}
        chosen={selected.size}
        total={views.length}
        onChooseAll={(all) =>
          selection.setState({ selected: new Set(all ? views.map(({ id }) => id) : []) })
        }
      />
      <tbody className="key-body" style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const view = views[index];
          return (
            view && (
              <EndpointTableRow
                key={view.id}
                view={view}
                index={index}
                top={start}
                selected={selected.has(view.id)}
                active={view.id === active}
                timeZone={timeZone}
              />
            )
          );
        })}
      </tbody>
    </table>
  );
});
