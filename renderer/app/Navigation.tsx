import { Keyboard } from 'lucide-react';
import { cx, Kbd, Tooltip } from '../ui';
import { useApp, useHasPractice, useSession } from './context';
import { features, openFeature, type FeatureEntry } from './features';
import { usePlace } from './location';
import { Mark } from './Mark';

/** The features, left. A link leads back to the place in its feature where the operator was last. */
export function Navigation({ onShortcuts }: { onShortcuts: () => void }) {
  const place = usePlace();
  const hasPractice = useHasPractice();
  const shown = features.filter(({ practice }) => !practice || hasPractice);
  const [work, program] = [shown.slice(0, -1), shown.slice(-1)];
  const link = (feature: FeatureEntry) => (
    <NavLink
      key={feature.path}
      feature={feature}
      active={place.path === feature.path || place.path.startsWith(`${feature.path}/`)}
    />
  );

  return (
    <nav
      aria-label="Features"
      className="flex w-44 shrink-0 flex-col border-r bg-canvas max-lg:w-12 print:hidden"
    >
      <div className="flex h-10 shrink-0 items-center gap-2 px-4 max-lg:justify-center max-lg:px-0">
        <Mark />
        <span className="text-sm font-semibold tracking-[-0.01em] max-lg:hidden">Claviger</span>
      </div>
      <ul className="flex flex-col gap-0.5 p-2">{work.map(link)}</ul>
      <ul className="mt-auto flex flex-col gap-0.5 p-2">
        <RuntimeNote />
        <li>
          <Tooltip label="Keyboard shortcuts" shortcut="?" side="right">
            <button type="button" onClick={onShortcuts} className={cx(itemLook, 'w-full')}>
              <Keyboard aria-hidden size={15} className="shrink-0" />
              <span className="max-lg:sr-only">Shortcuts</span>
            </button>
          </Tooltip>
        </li>
        {program.map(link)}
      </ul>
    </nav>
  );
}

function NavLink({ feature, active }: { feature: FeatureEntry; active: boolean }) {
  const { path, title, icon: Icon, keys, practice, Note } = feature;
  const { places } = useApp();
  return (
    <li>
      <a
        href={`#${path}`}
        onClick={(event) => {
          event.preventDefault();
          openFeature(feature, places);
        }}
        aria-current={active ? 'page' : undefined}
        title={title}
        className={cx(
          itemLook,
          'group/nav relative',
          active &&
            (practice
              ? 'bg-practice-solid font-medium text-practice-ink hover:bg-practice-solid hover:text-practice-ink'
              : 'bg-pressed font-medium text-ink'),
        )}
      >
        <Icon
          aria-hidden
          size={15}
          className={cx('shrink-0', practice && !active && 'text-practice')}
        />
        <span className="flex-1 max-lg:sr-only">{title}</span>
        {Note && <Note />}
        <span className="invisible group-hover/nav:visible max-lg:hidden">
          <Kbd keys={keys} />
        </span>
      </a>
    </li>
  );
}

/** Says for as long as the window is open that this is no runtime for daily work. */
function RuntimeNote() {
  const runtime = useSession((session) => session.info?.runtime);
  if (runtime?.kind !== 'evaluation') return null;
  return (
    <li className="px-2 pb-1 text-2xs text-ink-3 max-lg:sr-only">
      Evaluation runtime, Electron {runtime.electron}
    </li>
  );
}

const itemLook =
  'flex h-8 items-center gap-2.5 rounded-md px-2 text-sm text-ink-2 select-none hover:bg-hover hover:text-ink max-lg:justify-center';
