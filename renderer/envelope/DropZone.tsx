import { FileUp, FolderUp, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui';
import type { Bench } from './bench';

/** Where there are no files yet: drop some, or pick. The whole screen takes what is dropped. */
export function DropZone({
  bench,
  icon: Icon,
  title,
  children,
}: {
  bench: Bench;
  icon: LucideIcon;
  title: string;
  children: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center rounded-lg border-2 border-dashed border-line-strong px-6 py-14 text-center">
      <Icon aria-hidden size={24} strokeWidth={1.5} className="mb-4 text-ink-3" />
      <h2 className="text-base font-semibold">{title}</h2>
      <p className="mt-1 max-w-110 text-sm text-ink-2">{children}</p>
      <div className="mt-5">
        <PickButtons bench={bench} />
      </div>
    </div>
  );
}

/** Files or a folder by the system's dialog. */
export function PickButtons({ bench }: { bench: Bench }) {
  const pick = (what: 'files' | 'folder') => void bench.getState().pick(what);
  return (
    <div className="flex gap-2">
      <Button icon={FileUp} onClick={() => pick('files')}>
        Choose files
      </Button>
      <Button icon={FolderUp} onClick={() => pick('folder')}>
        Choose a folder
      </Button>
    </div>
  );
}
