import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import {
  memo,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type MouseEvent,
  type Ref,
} from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { KeyView } from '../../shared/model/keyLens';
import type { KeyQuery } from '../../shared/model/keyQuery';
import { columnTemplate, tableWidth, type TableColumn } from './columns';
import { useColumnsInSight } from './columnsInSight';
import { KeyTableHead } from './KeyTableHead';
import { KeyTableRow } from './KeyTableRow';
import { rowDomId } from './rowDomId';
import { createRowSlots } from './rowSlots';
import { extendTo, toggleRow, type SelectionState } from './selection';
import { tableKeyHandler, useSequenceGuard } from './tableKeys';
import './keys.css';

export interface KeyTableProps {
  readonly views: readonly KeyView[];
  readonly columns: readonly TableColumn[];
  readonly sort: KeyQuery['sort'];
  readonly onSort: (sort: KeyQuery['sort']) => void;
  readonly selection: StoreApi<SelectionState>;
  /** The row whose drawer is open. */
  readonly openId: string | undefined;
  readonly onOpen: (view: KeyView) => void;
  readonly onCopy: (views: readonly KeyView[]) => void;
  readonly rowHeight: number;
  readonly timeZone: 'utc' | 'local';
  /** The grid: it takes the focus, its rows do not. */
  readonly ref: Ref<HTMLTableElement>;
}

/** Height of the head in pixels, as in keys.css. */
const headHeight = 28;

/**
 * The table of keys: a grid of which only the rows in sight are in the document. The grid has the
 * focus and names the row on which the keyboard stands (WAI-ARIA grid with aria-activedescendant),
 * so that a refresh or fast scrolling never loses the focus.
 */
export const KeyTable = memo(function KeyTable(props: KeyTableProps) {
  const { views, columns, sort, onSort, selection, openId, onOpen, rowHeight, timeZone } = props;
  const { selected, active } = useStore(selection);
  const [slotsOf] = useState(createRowSlots);
  const scroller = useRef<HTMLTableElement>(null);
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
    const row = target.closest('[data-index]');
    const view = views[Number(row?.getAttribute('data-index') ?? -1)];
    if (!row || !view) return;
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
      aria-label="Keys"
      aria-rowcount={views.length + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      aria-activedescendant={active !== undefined && activeShown ? rowDomId(active) : undefined}
      className="key-grid"
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
        if (event.shiftKey) event.preventDefault(); // Shift-click chooses rows, not text
      }}
      style={
        {
          '--key-columns': columnTemplate(columns),
          '--key-width': `${tableWidth(columns)}px`,
          '--key-row': `${rowHeight}px`,
        } as React.CSSProperties
      }
    >
      <KeyTableHead
        columns={columns}
        sort={sort}
        onSort={onSort}
        chosen={selected.size}
        total={views.length}
        onChooseAll={chooseAll}
      />
      <tbody className="key-body" style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const view = views[item.index];
          if (!view) return null;
          return (
            <KeyTableRow
              key={slots.get(item.index)}
              view={view}
              index={item.index}
              top={item.start}
              columns={columns}
              span={span}
              selected={selected.has(view.id)}
              active={view.id === active}
              open={view.id === openId}
              timeZone={timeZone}
            />
          );
        })}
      </tbody>
    </table>
  );
});

function indexOf(views: readonly KeyView[], id: string | undefined): number {
  return id === undefined ? -1 : views.findIndex((view) => view.id === id);
}

/** The rows in sight, and the one on which the keyboard stands: assistive technology follows it. */
function withActive(range: Range, activeIndex: number): number[] {
  const indexes = defaultRangeExtractor(range);
  if (activeIndex < 0 || activeIndex >= range.count || indexes.includes(activeIndex))
    return indexes;
  return [...indexes, activeIndex].sort((a, b) => a - b);
}
