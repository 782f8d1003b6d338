import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { LucideIcon } from 'lucide-react';

export interface Segment<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly icon?: LucideIcon | undefined;
}

/** One of two to four, all in sight; arrow keys move. With `iconsOnly` the labels are for assistive technology. */
export function Segmented<T extends string>({
  label,
  value,
  segments,
  onChange,
  iconsOnly = false,
}: {
  label: string;
  value: T;
  segments: readonly Segment<T>[];
  onChange: (value: T) => void;
  iconsOnly?: boolean | undefined;
}) {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next)}
      className="inline-flex h-control shrink-0 items-stretch rounded-md border border-line bg-canvas p-0.5"
    >
      {segments.map(({ value: of, label: text, icon: Icon }) => (
        <Radio.Root
          key={of}
          value={of}
          aria-label={text}
          title={iconsOnly ? text : undefined}
          className="flex items-center justify-center gap-1.5 rounded-sm px-2 text-xs font-medium text-ink-2 select-none hover:text-ink data-checked:bg-surface data-checked:text-ink data-checked:shadow-[0_0_0_1px_var(--line-strong)]"
        >
          {Icon && <Icon aria-hidden size={14} />}
          {!iconsOnly && text}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
