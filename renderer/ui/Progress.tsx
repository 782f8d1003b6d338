import { Progress as Base } from '@base-ui/react/progress';
import { LoaderCircle } from 'lucide-react';
import { cx } from './cx';

/** Something is being waited for, and how long is not known. Decorative: say in words what it is. */
export function Spinner({ className }: { className?: string | undefined }) {
  return <LoaderCircle aria-hidden size={14} className={cx('shrink-0 animate-spin', className)} />;
}

/** How far some work is. `value` of `max`; a null value means that the end is not known yet. */
export function Progress({
  label,
  value,
  max = 100,
  className,
}: {
  label: string;
  value: number | null;
  max?: number | undefined;
  className?: string | undefined;
}) {
  return (
    <Base.Root
      aria-label={label}
      value={value}
      max={Math.max(max, 1)}
      className={cx('w-full', className)}
    >
      <Base.Track className="h-1 overflow-hidden rounded-full bg-pressed">
        <Base.Indicator
          className={cx(
            'h-full rounded-full bg-accent transition-[width] duration-150',
            value === null && 'w-full animate-breathe',
          )}
        />
      </Base.Track>
    </Base.Root>
  );
}
