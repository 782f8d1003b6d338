import { useRef } from 'react';
import { scenarios } from '../../../shared/model/adviser/scenarios';
import { useCommands } from '../../app';
import { navigate } from '../../app/location';
import { cx } from '../../ui';
import { moveInList } from '../moveInList';
import { formatAdviserPath, type AdviserPlace } from './place';

const entries: readonly { place: AdviserPlace; title: string; note: string }[] = [
  ...scenarios.map(({ id, scenario, approach }) => ({
    place: id,
    title: scenario,
    note: approach,
  })),
  { place: 'other', title: 'Something else', note: 'Advice by six questions' },
];

/** The scenarios, left; `j`, `k` and arrows move and show at once. */
export function ScenarioList({ shown }: { shown: AdviserPlace }) {
  const list = useRef<HTMLUListElement>(null);
  useCommands([
    { ...move, id: 'adviser.next', title: 'Next scenario', keys: ['j', 'ArrowDown'] },
    { ...move, id: 'adviser.previous', title: 'Previous scenario', keys: ['k', 'ArrowUp'] },
  ]);
  return (
    <nav
      aria-label="Scenarios"
      className="w-72 shrink-0 overflow-y-auto border-r p-2 max-lg:w-56 print:hidden"
    >
      <ul
        ref={list}
        role="presentation"
        onKeyDown={(event) => moveInList(event, list.current)}
        className="space-y-0.5"
      >
        {entries.map(({ place, title, note }) => (
          <li key={place}>
            <a
              href={`#${formatAdviserPath(place)}`}
              aria-current={place === shown ? 'true' : undefined}
              onClick={(event) => {
                event.preventDefault();
                navigate(formatAdviserPath(place), { replace: true });
              }}
              className={cx(
                'block rounded-md px-2.5 py-2 outline-offset-[-2px]',
                place === shown ? 'bg-selected' : 'hover:bg-hover',
              )}
            >
              <span className="block text-sm font-medium">{title}</span>
              <span className="mt-0.5 block text-xs text-ink-3">{note}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const move = { group: 'Readiness', local: true, run: () => {} } as const;
