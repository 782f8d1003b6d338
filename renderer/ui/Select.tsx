import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { cx } from './cx';
import { lineLook, popupLook } from './Menu';

export interface SelectOption<T extends string> {
  readonly value: T;
  readonly label: string;
}

/** A choice of one out of a few. `label` is its accessible name. */
export function Select<T extends string>({
  label,
  value,
  options,
  onChange,
  className,
}: {
  label: string;
  value: T;
  options: readonly SelectOption<T>[];
  onChange: (value: T) => void;
  className?: string | undefined;
}) {
  return (
    <Base.Root
      items={[...options]}
      value={value}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
      modal={false}
    >
      <Base.Trigger
        aria-label={label}
        className={cx(
          'flex h-control min-w-32 items-center justify-between gap-2 rounded-md border border-line-strong bg-surface pr-2 pl-2.5 text-sm text-ink select-none hover:bg-hover data-popup-open:bg-hover',
          className,
        )}
      >
        <Base.Value />
        <Base.Icon>
          <ChevronDown aria-hidden size={14} className="text-ink-3" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          alignItemWithTrigger={false}
          sideOffset={4}
          collisionPadding={8}
          className="z-40 outline-none"
        >
          <Base.Popup className={cx(popupLook, 'py-1')}>
            <Base.List>
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} className={lineLook}>
                  <span className="flex size-3.5 shrink-0 items-center justify-center">
                    <Base.ItemIndicator>
                      <Check aria-hidden size={14} className="text-accent" />
                    </Base.ItemIndicator>
                  </span>
                  <Base.ItemText>{option.label}</Base.ItemText>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
