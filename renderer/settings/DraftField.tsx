import { useState } from 'react';
import { TextField } from '../ui';

/** A text that is kept when the operator leaves it or presses Enter, and only where it is right. Esc takes it back. */
export function DraftField({
  label,
  value,
  onCommit,
  problemOf,
  suffix,
  width = 'w-44',
  inputMode,
}: {
  label: string;
  value: string;
  onCommit: (text: string) => void;
  problemOf: (text: string) => string | undefined;
  suffix?: string;
  width?: string;
  inputMode?: 'numeric';
}) {
  const [draft, setDraft] = useState<string>();
  const text = draft ?? value;
  const problem = problemOf(text);
  const commit = () => {
    if (draft === undefined || problem) return;
    setDraft(undefined);
    if (draft.trim() !== value) onCommit(draft);
  };

  return (
    <div className="flex items-start gap-2">
      <TextField
        label={label}
        labelHidden
        value={text}
        onChange={setDraft}
        error={problem}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setDraft(undefined);
        }}
        className={problem ? 'w-44' : width}
        {...(inputMode && { inputMode })}
      />
      {suffix && <span className="leading-(--control-height) text-ink-2">{suffix}</span>}
    </div>
  );
}
