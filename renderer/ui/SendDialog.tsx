import { useId, useState, type ReactNode } from 'react';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { ErrorPanel } from './Panels';

/**
 * A dialog whose content is sent with one button, or with Enter in a field. Where that fails it stays as it is and says why:
 * what was typed is not lost.
 */
export function SendDialog({
  title,
  description,
  action,
  danger = false,
  disabled = false,
  send,
  onDone,
  onClose,
  children,
}: {
  title: string;
  description?: ReactNode;
  /** What the button says. */
  action: string;
  danger?: boolean;
  disabled?: boolean;
  send: () => Promise<unknown>;
  onDone: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const form = useId();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorInfo>();
  async function act(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await send();
      onDone();
    } catch (failure) {
      const info = toErrorInfo(failure);
      if (info.code !== 'cancelled') setError(info);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Dialog
      open
      title={title}
      description={description}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant={danger ? 'danger' : 'primary'}
            busy={busy}
            disabled={disabled}
            type="submit"
            form={form}
          >
            {action}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && !disabled) void act();
        }}
      >
        {error && <ErrorPanel compact error={error} />}
        {children}
      </form>
    </Dialog>
  );
}
