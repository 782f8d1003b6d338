import { useState } from 'react';
import { Dialog, Kbd } from '../ui';
import { keysOf } from './commands';
import { useApp } from './context';
import { commandGroups } from './Palette';

/** The keys of the present screen and of the whole window. */
export function CheatSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard shortcuts" wide>
      <Groups />
    </Dialog>
  );
}

function Groups() {
  const { commands } = useApp();
  const [groups] = useState(() =>
    commandGroups(commands.all().filter((command) => keysOf(command).length > 0)),
  );
  return (
    <div className="columns-2 gap-8 max-md:columns-1">
      {groups.map((group) => (
        <section key={group.value} className="mb-5 break-inside-avoid">
          <h3 className="label-text mb-1">{group.value}</h3>
          <dl>
            {group.items.map((command) => (
              <div
                key={command.id}
                className="flex min-h-7 items-center justify-between gap-4 border-b text-sm last:border-b-0"
              >
                <dt className="min-w-0">{command.title}</dt>
                <dd className="flex shrink-0 items-center gap-2">
                  {keysOf(command).map((keys) => (
                    <Kbd key={keys} keys={keys} />
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
