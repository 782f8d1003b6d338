import { Menu as Base } from '@base-ui/react/menu';
import { Check, type LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { cx } from './cx';
import { Kbd } from './Kbd';

/** One line of a menu. With `checked` it is a box that is ticked and the menu stays open. */
export interface MenuItem {
  readonly label: string;
  readonly icon?: LucideIcon | undefined;
  readonly shortcut?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly danger?: boolean | undefined;
  readonly checked?: boolean | undefined;
  readonly onSelect: () => void;
}

export type MenuEntry = MenuItem | 'separator' | { readonly heading: string };

/** A button (`trigger`) that opens a menu of commands. Arrow keys, type-ahead and Esc come with it. */
export function Menu({
  trigger,
  entries,
  align = 'start',
}: {
  trigger: ReactElement;
  entries: readonly MenuEntry[];
  align?: 'start' | 'end' | undefined;
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      {/* Outside of the page's landmarks: it is one of its own, as long as it is open. */}
      <Base.Portal render={<section aria-label="Menu" />}>
        <Base.Positioner
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-40 outline-none"
        >
          <Base.Popup className={popupLook}>
            {sections(entries).map((section) => (
              <Base.Group key={section.key} className="py-1 not-first:border-t">
                {section.heading && (
                  <Base.GroupLabel className="label-text px-3 py-1">
                    {section.heading}
                  </Base.GroupLabel>
                )}
                {section.items.map((item) => (
                  <Line key={item.label} item={item} />
                ))}
              </Base.Group>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Line({ item }: { item: MenuItem }) {
  const Icon = item.icon;
  const content = (
    <>
      {Icon && <Icon aria-hidden size={14} className="shrink-0" />}
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      {item.shortcut && <Kbd keys={item.shortcut} />}
    </>
  );
  if (item.checked === undefined) {
    return (
      <Base.Item
        disabled={item.disabled ?? false}
        onClick={item.onSelect}
        className={cx(lineLook, item.danger && 'text-danger')}
      >
        {content}
      </Base.Item>
    );
  }
  return (
    <Base.CheckboxItem
      checked={item.checked}
      disabled={item.disabled ?? false}
      onCheckedChange={item.onSelect}
      closeOnClick={false}
      className={lineLook}
    >
      <span className="flex size-3.5 shrink-0 items-center justify-center">
        <Base.CheckboxItemIndicator>
          <Check aria-hidden size={14} className="text-accent" />
        </Base.CheckboxItemIndicator>
      </span>
      {content}
    </Base.CheckboxItem>
  );
}

interface Section {
  key: string;
  heading?: string | undefined;
  items: MenuItem[];
}

function sections(entries: readonly MenuEntry[]): Section[] {
  const all: Section[] = [{ key: '0', items: [] }];
  for (const entry of entries) {
    if (entry === 'separator') all.push({ key: String(all.length), items: [] });
    else if ('heading' in entry)
      all.push({ key: String(all.length), heading: entry.heading, items: [] });
    else all.at(-1)?.items.push(entry);
  }
  return all.filter((section) => section.items.length > 0);
}

/** The look of everything that floats: menus, lists, popovers. */
export const popupLook =
  'max-h-[min(480px,var(--available-height))] min-w-44 max-w-80 overflow-y-auto rounded-lg border border-line bg-raised text-sm text-ink shadow-popup outline-none';

/** The look of one line in what floats. */
export const lineLook =
  'mx-1 flex min-h-7 cursor-default items-center gap-2 rounded-md px-2 outline-none select-none data-disabled:text-ink-3 data-highlighted:bg-hover';
