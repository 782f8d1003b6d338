import { useRef, type KeyboardEvent } from 'react';
import { groupIds, groupNames } from '../../shared/model/readiness/groups';
import { requirementsFor, type FrameworkId } from '../../shared/model/readiness/frameworks';
import { Badge, cx, Time, VerdictBadge } from '../ui';
import { thingsWords, type CheckRow } from './rows';

/** The checks, group by group. One row has the focus; `j`, `k` and arrows move it, Enter opens. */
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
      {groupIds.map((group) => {
        const own = rows.filter(({ check }) => check.group === group);
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
  onOpen,
}: {
  row: CheckRow;
  framework: FrameworkId | undefined;
  open: boolean;
  onOpen: () => void;
}) {
  const things = thingsWords(state);
  return (
    <button
      type="button"
      data-check={check.id}
      aria-current={open ? 'true' : undefined}
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
        <span className="block truncate text-sm">{check.question}</span>
        <span className="block truncate text-xs text-ink-3">
          {framework
            ? `${requirementsFor(check, framework).join(', ')}: ${state.verdict.reason}`
            : state.verdict.reason}
        </span>
      </span>
      <span className="flex items-center gap-2 text-xs text-ink-3">
        {things && <span className="@max-3xl:hidden">{things}</span>}
        {state.care?.owner && <Badge>{state.care.owner}</Badge>}
        {state.care?.due && (
          <span className={cx(isOver(state.care.due) && 'text-fail')}>due {state.care.due}</span>
        )}
        <span className="w-14 text-right @max-2xl:hidden">{check.severity}</span>
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
