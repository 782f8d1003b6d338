import { CircleFadingPlus, PencilLine, Unlink, type LucideIcon } from 'lucide-react';
import type { KeyChange } from '../../shared/model/key';
import { cx } from '../ui';

/** What happened to a key since the snapshot before, as icon, word and colour. */
export function ChangeMark({ kind }: { kind: KeyChange['kind'] }) {
  const { word, icon: Icon, ink } = looks[kind];
  return (
    <span className={cx('key-change', ink)}>
      <Icon aria-hidden size={12} strokeWidth={2.25} />
      {word}
    </span>
  );
}

const looks: Record<KeyChange['kind'], { word: string; icon: LucideIcon; ink: string }> = {
  new: { word: 'new', icon: CircleFadingPlus, ink: 'bg-info-soft text-info' },
  changed: { word: 'changed', icon: PencilLine, ink: 'bg-stale-soft text-stale' },
  gone: { word: 'gone', icon: Unlink, ink: 'bg-fail-soft text-fail' },
};
