import { useRef } from 'react';
import type { PitfallId } from '../../../shared/model/readiness/pitfalls/pitfall';
import type { PitfallState } from '../../../shared/model/readiness/pitfalls/pitfallState';
import { useCommands } from '../../app';
import { navigate } from '../../app/location';
import { cx, VerdictBadge } from '../../ui';
import { moveInList } from '../moveInList';

/** The pitfalls with their verdicts, left; `j`, `k` and arrows move and show at once. */
export function PitfallList({
  states,
  shown,
}: {
  states: readonly PitfallState[];
  shown: PitfallId;
}) {
  const list = useRef<HTMLUListElement>(null);
  useCommands([
    { ...move, id: 'pitfalls.next', title: 'Next pitfall', keys: ['j', 'ArrowDown'] },
    { ...move, id: 'pitfalls.previous', title: 'Previous pitfall', keys: ['k', 'ArrowUp'] },
  ]);
  return (
    <nav aria-label="Pitfalls" className="w-72 shrink-0 overflow-y-auto border-r p-2 max-lg:w-60">
      <ul
        ref={list}
        role="presentation"
        onKeyDown={(event) => moveInList(event, list.current)}
        className="space-y-0.5"
      >
        {states.map(({ pitfall: { id, title }, verdict }, index) => (
          <li key={id}>
            <a
              href={`#${pitfallPath(id)}`}
              aria-current={id === shown ? 'true' : undefined}
              onClick={(event) => {
                event.preventDefault();
                navigate(pitfallPath(id), { replace: true });
              }}
              className={cx(
                'block rounded-md px-2.5 py-2 outline-offset-[-2px]',
                id === shown ? 'bg-selected' : 'hover:bg-hover',
              )}
            >
              <span className="flex items-baseline gap-2 text-sm font-medium">
                <span className="w-3 shrink-0 text-ink-3 tabular-nums">{index + 1}</span>
                {title}
              </span>
              <span className="mt-0.5 ml-5 block text-xs">
                <VerdictBadge plain value={verdict.value} />
                <span className="block text-ink-3">{verdict.reason}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const move = { group: 'Readiness', local: true, run: () => {} } as const;

function pitfallPath(id: PitfallId): string {
  return `/readiness/pitfalls/${id}`;
}
