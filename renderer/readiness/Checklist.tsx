import { useRef, useState, type KeyboardEvent } from 'react';
import { groupIds, groupNames } from '../../shared/model/readiness/groups';
import { requirementsFor, type FrameworkId } from '../../shared/model/readiness/frameworks';
import { Badge, cx, Time, VerdictBadge } from '../ui';
import { waivedWords, type CheckRow } from './rows';

/**
 * The checks, group by group. One row is on the way of Tab, so that the next Tab leads on into the
 * drawer; `j`, `k` and arrows move along the rows, Enter opens.
 */
export function Checklist({
  rows,
  framework,
  openId,
  onOpen,
}: {
  rows: readonly CheckRow[];
  framework: FrameworkId | undefined;
  openId: string | undefined;
  onOpen: (check: string) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const [visited, setVisited] = useState(openId);
  const groups = groupIds.map((group) => ({
    group,
    own: rows.filter(({ check }) => check.group === group),
  }));
  const inOrder = groups.flatMap(({ own }) => own);
  const tabStop = (inOrder.find(({ check }) => check.id === visited) ?? inOrder[0])?.check.id;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('[data-check]') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    if (at < 0) return;
    event.preventDefault();
    const next = buttons[Math.min(Math.max(at + step, 0), buttons.length - 1)];
    next?.focus();
    if (openId !== undefined && next?.dataset['check']) onOpen(next.dataset['check']);
  };
  return (
    <div ref={list} role="presentation" onKeyDown={onKeyDown} className="@container px-4 pb-8">
      {groups.map(({ group, own }) => {
        if (own.length === 0) return null;
        return (
          <section key={group} aria-labelledby={`group-${group}`}>
            <h2 id={`group-${group}`} className="mt-4 mb-1 text-sm font-semibold">
              {groupNames[group]}
            </h2>
            <ul className="divide-y divide-line rounded-md border border-line bg-surface">
              {own.map((row) => (
                <li key={row.check.id}>
                  <Row
                    row={row}
                    framework={framework}
                    open={row.check.id === openId}
                    tabStop={row.check.id === tabStop}
                    onFocus={() => setVisited(row.check.id)}
                    onOpen={() => onOpen(row.check.id)}
                  />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function Row({
  row: { check, state },
  framework,
  open,
  tabStop,
  onFocus,
  onOpen,
}: {
  row: CheckRow;
  framework: FrameworkId | undefined;
  open: boolean;
  tabStop: boolean;
  onFocus: () => void;
  onOpen: () => void;
}) {
  const waived = waivedWords(state);
  return (
    <button
      type="button"
      data-check={check.id}
      aria-current={open ? 'true' : undefined}
      tabIndex={tabStop ? 0 : -1}
      onFocus={onFocus}
      onClick={onOpen}
      className={cx(
        'grid w-full grid-cols-[118px_minmax(0,1fr)_auto] items-center gap-x-3 px-3 py-1.5 text-left outline-offset-[-2px]',
        open ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      <span>
        <VerdictBadge value={state.verdict.value} />
      </span>
      <span className="min-w-0">
        <span className="block text-sm">{check.question}</span>
        <span className="block truncate text-xs text-ink-3">
          {framework
            ? `${requirementsFor(check, framework).join(', ')}: ${state.verdict.reason}`
            : state.verdict.reason}
        </span>
      </span>
      <span className="flex items-center gap-2 text-xs text-ink-3">
        {waived && <Badge tone="stale">{waived}</Badge>}
        {state.care?.owner && <Badge>{state.care.owner}</Badge>}
        {state.care?.due && (
          <span className={cx(isOver(state.care.due) && 'text-fail')}>due {state.care.due}</span>
        )}
        <span className="w-14 text-right first-letter:uppercase @max-2xl:hidden">
          {check.severity}
        </span>
        <span className="w-28 text-right @max-4xl:hidden">
          {state.asOf ? <Time iso={state.asOf} precision="minute" bare /> : ''}
        </span>
      </span>
    </button>
  );
}

function isOver(day: string): boolean {
  return day < new Date().toISOString().slice(0, 10);
}
