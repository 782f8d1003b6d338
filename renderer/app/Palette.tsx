import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { useRef, useState } from 'react';
import { Kbd, lineLook, useReturnFocus } from '../ui';
import { keysOf, type Command } from './commands';
import { useApp } from './context';

/** Every command by name. Opens at once; arrows choose, Enter runs, Esc leaves. */
export function Palette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const chosen = useRef<Command>(undefined);
  const returnFocus = useReturnFocus(open);

  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      onOpenChangeComplete={(isOpen) => {
        // After the focus is back where it was: a command may move it on.
        if (isOpen) return;
        chosen.current?.run();
        chosen.current = undefined;
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Viewport className="fixed inset-0 z-30 flex items-start justify-center overflow-hidden px-4 pt-[12vh] pb-4">
          <Dialog.Popup
            aria-label="Command palette"
            finalFocus={returnFocus}
            className="flex max-h-full w-full max-w-140 flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-popup outline-none"
          >
            <CommandList
              onChoose={(command) => {
                chosen.current = command;
                onClose();
              }}
            />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface Group {
  readonly value: string;
  readonly items: Command[];
}

function CommandList({ onChoose }: { onChoose: (command: Command) => void }) {
  const { commands } = useApp();
  const [groups] = useState(() => commandGroups(commands.all().filter(({ local }) => !local)));

  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      itemToStringValue={(command: Command) => command.title}
      filter={(command: Command, query) => matchesQuery(command, query)}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex items-center gap-2.5 border-b pl-4">
        <Search aria-hidden size={15} className="shrink-0 text-ink-3" />
        <Autocomplete.Input
          aria-label="Search commands"
          placeholder="Type a command or a place"
          className="h-11 w-full bg-transparent pr-4 text-base outline-none placeholder:text-ink-3"
        />
      </div>
      <Autocomplete.Empty>
        <div className="px-4 py-6 text-sm text-ink-2 empty:hidden">No command has this name.</div>
      </Autocomplete.Empty>
      <Autocomplete.List className="max-h-[min(50vh,420px)] scroll-py-2 overflow-y-auto py-1 outline-none">
        {(group: Group) => (
          <Autocomplete.Group key={group.value} items={group.items} className="pb-1">
            <Autocomplete.GroupLabel className="label-text px-4 pt-2 pb-1">
              {group.value}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: Command) => (
                <Autocomplete.Item
                  key={command.id}
                  value={command}
                  onClick={() => onChoose(command)}
                  className={`${lineLook} min-h-8 px-3`}
                >
                  <CommandLine command={command} />
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}

function CommandLine({ command: { icon: Icon, title, ...command } }: { command: Command }) {
  const [keys] = keysOf(command);
  return (
    <>
      <span className="flex size-4 shrink-0 items-center justify-center text-ink-3">
        {Icon && <Icon aria-hidden size={14} />}
      </span>
      <span className="min-w-0 flex-1 truncate">{title}</span>
      {keys && <Kbd keys={keys} />}
    </>
  );
}

/** Commands by their group, in the order in which the groups first occur. */
export function commandGroups(commands: readonly Command[]): Group[] {
  const groups = new Map<string, Command[]>();
  for (const command of commands) {
    groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  }
  return [...groups].map(([value, items]) => ({ value, items }));
}

/** True where all words of the query occur in the command's title, group or other words. */
export function matchesQuery(
  command: Pick<Command, 'title' | 'group' | 'keywords'>,
  query: string,
): boolean {
  const text = `${command.group} ${command.title} ${command.keywords ?? ''}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
