import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type MouseEvent,
  type ReactNode,
  type Ref,
} from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { columnTemplate, gridWidth } from './columns';
import { useColumnsInSight, type ColumnSpan } from './columnsInSight';
import { DataGridHead, type DataGridHeadProps } from './DataGridHead';
import { gridKeyHandler, useSequenceGuard } from './gridKeys';
import { rowDomId } from './rowDomId';
import { createRowSlots } from './rowSlots';
import { extendTo, toggleRow, type SelectionState } from './selection';
import './dataGrid.css';

/** What a row's element needs to know of its place in the grid. */
export interface GridRow {
  readonly key: number | undefined;
  /** Id of its element. */
  readonly domId: string;
  readonly index: number;
  /** Distance from the top of the body in pixels. */
  readonly top: number;
  readonly selected: boolean;
  /** The keyboard stands on it. */
  readonly active: boolean;
  /** Its drawer is open. */
  readonly open: boolean;
  /** Which columns are in sight; cells of the others need not be made. */
  readonly span: ColumnSpan;
}

interface DataGridProps<V extends { readonly id: string }> extends Pick<
  DataGridHeadProps,
  'columns' | 'order' | 'onSort' | 'sortsBySeveral'
> {
  /** What assistive technology calls it. */
  readonly label: string;
  /** Begins the ids of its elements. */
  readonly name: string;
  readonly views: readonly V[];
  readonly selection: StoreApi<SelectionState>;
  /** The row whose drawer is open, in a grid that has one. */
  readonly openId?: string | undefined;
  readonly onOpen: (view: V) => void;
  readonly onCopy: (views: readonly V[]) => void;
  readonly rowHeight: number;
  readonly renderRow: (view: V, row: GridRow) => ReactNode;
  /** The grid: it takes the focus, its rows do not. */
  readonly ref: Ref<HTMLTableElement>;
}

/** Height of the head in pixels, as in dataGrid.css. */
const headHeight = 28;

/**
 * A long list as a grid of which only the rows in sight are in the document. The grid has the focus
 * and names the row on which the keyboard stands (WAI-ARIA grid with aria-activedescendant), so that
 * a refresh or fast scrolling never loses the focus.
 */
export function DataGrid<V extends { readonly id: string }>(props: DataGridProps<V>) {
  const { name, views, columns, selection, openId, onOpen, rowHeight } = props;
  const { selected, active } = useStore(selection);
  const [slotsOf] = useState(createRowSlots);
  const scroller = useRef<HTMLTableElement>(null);
  /** What the button went down on: rows that come in meanwhile may put another one under the pointer. */
  const pressed = useRef<V>(undefined);
  const activeIndex = useMemo(() => indexOf(views, active), [views, active]);
  const span = useColumnsInSight(scroller, columns);

  const virtualizer = useVirtualizer({
    count: views.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    // The head covers the lower end of what the virtualizer takes for the visible part.
    scrollPaddingEnd: headHeight,
    rangeExtractor: (range) => withActive(range, activeIndex),
  });

  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  // Back from elsewhere the row on which the keyboard stood is in sight again.
  useLayoutEffect(() => {
    if (activeIndex >= 0) virtualizer.scrollToIndex(activeIndex, { align: 'auto' });
    // oxlint-disable-next-line react/exhaustive-deps -- once, when the grid is shown
  }, []);

  // A deep link or the palette opens a row that may be far from sight.
  const openIndex = useMemo(() => indexOf(views, openId), [views, openId]);
  const found = openIndex >= 0;
  useEffect(() => {
    if (!found || openId === undefined) return;
    selection.setState({ active: openId, anchor: openId });
    virtualizer.scrollToIndex(openIndex, { align: 'auto' });
    // oxlint-disable-next-line react/exhaustive-deps -- only when another row opens, not when it moves
  }, [openId, found]);

  const onKeyDown = useSequenceGuard(
    gridKeyHandler({
      ...props,
      activeIndex,
      pageRows: Math.max(
        1,
        Math.floor(((virtualizer.scrollRect?.height ?? 600) - headHeight) / rowHeight) - 1,
      ),
      scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
    }),
  );

  function viewAt({ target }: MouseEvent): V | undefined {
    const row = (target as Element).closest('[data-index]');
    return views[Number(row?.getAttribute('data-index') ?? -1)];
  }

  function onClick(event: MouseEvent<HTMLTableElement>): void {
    const target = event.target as Element;
    const shown = viewAt(event);
    if (!shown) return;
    // A click without a button, as a screen reader makes it, has no detail.
    const view = (event.detail > 0 && pressed.current) || shown;
    const state = selection.getState();
    if (event.shiftKey) selection.setState(extendTo(state, view.id, views));
    else if (event.ctrlKey || event.metaKey || target.closest('.dg-select')) {
      selection.setState(toggleRow(state, view.id));
    } else {
      // A text that was just marked is being copied, not opened.
      if (getSelection()?.isCollapsed === false) return;
      selection.setState({ active: view.id, anchor: view.id });
      onOpen(view);
    }
  }

  const chooseAll = useCallback(
    (all: boolean) =>
      selection.setState({ selected: new Set(all ? views.map((view) => view.id) : []) }),
    [selection, views],
  );

  const items = virtualizer.getVirtualItems();
  const slots = slotsOf(items.map(({ index }) => index));
  const activeShown = items.some((item) => item.index === activeIndex);
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
      aria-label={props.label}
      aria-rowcount={views.length + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      aria-activedescendant={
        active !== undefined && activeShown ? rowDomId(name, active) : undefined
      }
      className="dg-grid"
      onKeyDown={onKeyDown}
      onScroll={({ currentTarget: grid }) =>
        // Past React: it must not render for what is only a look.
        grid.classList.toggle('is-shifted', grid.scrollLeft > 0)
      }
      onFocus={({ target, currentTarget }) => {
        // The keyboard has to stand somewhere for Enter to open it; a row chosen earlier stays.
        const first = views[0];
        if (target !== currentTarget || activeIndex >= 0 || !first) return;
        selection.setState({ active: first.id, anchor: first.id });
      }}
      onClick={onClick}
      onMouseDown={(event) => {
        pressed.current = viewAt(event);
        if (event.shiftKey) event.preventDefault(); // Shift-click chooses rows, not text
      }}
      style={
        {
          '--dg-columns': columnTemplate(columns),
          '--dg-width': `${gridWidth(columns)}px`,
          '--dg-row': `${rowHeight}px`,
        } as React.CSSProperties
      }
    >
      <DataGridHead
        columns={columns}
        order={props.order}
        onSort={props.onSort}
        {...(props.sortsBySeveral && { sortsBySeveral: true })}
        chosen={selected.size}
        total={views.length}
        onChooseAll={chooseAll}
      />
      <tbody className="dg-body" style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const view = views[item.index];
          if (!view) return null;
          return props.renderRow(view, {
            key: slots.get(item.index),
            domId: rowDomId(name, view.id),
            index: item.index,
            top: item.start,
            selected: selected.has(view.id),
            active: view.id === active,
            open: view.id === openId,
            span,
          });
        })}
      </tbody>
    </table>
  );
}

function indexOf(views: readonly { readonly id: string }[], id: string | undefined): number {
  return id === undefined ? -1 : views.findIndex((view) => view.id === id);
}

/** The rows in sight, and the one on which the keyboard stands: assistive technology follows it. */
function withActive(range: Range, activeIndex: number): number[] {
  const indexes = defaultRangeExtractor(range);
  if (activeIndex < 0 || activeIndex >= range.count || indexes.includes(activeIndex))
    return indexes;
  return [...indexes, activeIndex].sort((a, b) => a - b);
}
