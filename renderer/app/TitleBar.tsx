import { Monitor, Moon, RefreshCw, Search, Square, Sun } from 'lucide-react';
import { useStore } from 'zustand';
import type { Settings } from '../../shared/contract/settings';
import { ScopeButton } from '../accounts';
import { cx, IconButton, Kbd, Menu, Progress, Segmented, Spinner, Time, Tooltip } from '../ui';
import { useApp, useScope, useSettings } from './context';

/** The bar that never goes away: accounts and Regions, age of what is shown, palette, zone, theme. */
export function TitleBar({ onPalette }: { onPalette: () => void }) {
  const { practice } = useScope();
  return (
    <header
      className={cx(
        'relative flex h-10 shrink-0 items-center gap-2 border-b pr-2 pl-3 print:hidden',
        practice ? 'border-practice-line bg-practice-soft' : 'bg-surface',
      )}
    >
      <ScopeButton />
      <AsOf />
      {practice && (
        <span className="ml-2 truncate text-xs text-practice max-[1400px]:hidden">
          Simulated on this machine: nothing here reaches AWS.
        </span>
      )}
      <div className="ml-auto flex shrink-0 items-center gap-2">
        <button
          type="button"
          onClick={onPalette}
          aria-keyshortcuts="Control+K"
          className="flex h-7 w-52 items-center gap-2 rounded-md border border-line-strong bg-surface px-2 text-xs text-ink-3 select-none hover:bg-hover max-lg:w-auto"
        >
          <Search aria-hidden size={13} />
          <span className="flex-1 text-left whitespace-nowrap max-lg:sr-only">Search commands</span>
          <span className="max-lg:hidden">
            <Kbd keys="mod+k" />
          </span>
        </button>
        <ZoneSwitch />
        <ThemeMenu />
      </div>
      <RefreshLine />
    </header>
  );
}

function AsOf() {
  const { screen } = useApp();
  const { asOf, asOfNote, refresh, refreshing, progressNote, cancel } = useStore(screen);
  if (!asOf && !refresh) return null;
  return (
    // Gives way before the account does.
    <div className="flex min-w-0 shrink-[999] items-center gap-1 text-xs text-ink-2">
      <span aria-hidden className="mr-1 h-4 w-px shrink-0 bg-line-strong" />
      {refreshing ? (
        <span className="flex min-w-0 items-center gap-1.5">
          <Spinner />
          <span className="truncate">{progressNote ?? 'Refreshing'}</span>
        </span>
      ) : (
        <Tooltip label={asOfNote ?? 'When the newest part of what is shown was read'}>
          <span className="truncate">
            {asOf && (
              <>
                as of <Time iso={asOf} zone bare />
              </>
            )}
          </span>
        </Tooltip>
      )}
      {refreshing && cancel ? (
        <IconButton icon={Square} label="Stop refreshing" onClick={cancel} />
      ) : (
        refresh && (
          <IconButton
            icon={RefreshCw}
            label="Refresh"
            shortcut="r"
            disabled={refreshing}
            onClick={refresh}
          />
        )
      )}
    </div>
  );
}

/** A hairline along the lower edge while something is being read. */
function RefreshLine() {
  const { screen } = useApp();
  const { refreshing, progress } = useStore(screen);
  if (!refreshing) return null;
  return (
    <Progress
      label="Refresh"
      value={progress ?? null}
      max={1}
      className="absolute inset-x-0 -bottom-px [&>*]:h-0.5 [&>*]:rounded-none"
    />
  );
}

function ZoneSwitch() {
  const [{ timeZone }, update] = useSettings();
  return (
    <Segmented<Settings['timeZone']>
      label="Time zone"
      value={timeZone}
      segments={[
        { value: 'utc', label: 'UTC' },
        { value: 'local', label: 'Local' },
      ]}
      onChange={(next) => void update({ timeZone: next })}
    />
  );
}

function ThemeMenu() {
  const [{ theme }, update] = useSettings();
  const current = themes.find(({ value }) => value === theme) ?? themes[0];
  return (
    <Menu
      align="end"
      trigger={<IconButton icon={current.icon} label={`Theme: ${current.label}`} />}
      entries={themes.map(({ value, label, icon }) => ({
        label,
        icon,
        checked: value === theme,
        onSelect: () => void update({ theme: value }),
      }))}
    />
  );
}

/** The themes in the order in which they are offered. */
export const themes = [
  { value: 'system', label: 'System', icon: Monitor },
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
] as const;
