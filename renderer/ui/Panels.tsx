import { TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ErrorInfo } from '../../shared/model/errors';
import { Button } from './Button';
import { cx } from './cx';
import { Identifier } from './Identifier';
import { KeyValue } from './KeyValue';

/** Nothing to show, and why: a sentence and, where there is one, the way on. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  actions,
}: {
  icon?: LucideIcon | undefined;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-120 flex-col items-center px-6 py-16 text-center">
      {Icon && <Icon aria-hidden size={24} strokeWidth={1.5} className="mb-4 text-ink-3" />}
      <h2 className="text-base font-semibold">{title}</h2>
      {children && <div className="mt-1 text-sm text-ink-2">{children}</div>}
      {actions && <div className="mt-5 flex gap-2">{actions}</div>}
    </div>
  );
}

/**
 * What went wrong, in the error's own sentence, with the missing permission, the call and the
 * request id where they are known, and a retry. `compact` has no frame, for use in a row or a bar.
 */
export function ErrorPanel({
  error,
  onRetry,
  compact = false,
}: {
  error: ErrorInfo;
  onRetry?: (() => void) | undefined;
  compact?: boolean | undefined;
}) {
  const facts = detailFacts(error);
  return (
    <div
      role="alert"
      className={cx(
        'flex items-start',
        compact ? 'gap-2' : 'gap-3 rounded-md border border-line bg-surface px-4 py-3',
      )}
    >
      <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0 text-fail" />
      <div className="min-w-0 flex-1">
        <p className="text-sm text-ink">{error.message}</p>
        {facts.length > 0 && (
          <div className="mt-2">
            <KeyValue rows={facts} />
          </div>
        )}
      </div>
      {onRetry && <Button onClick={onRetry}>Retry</Button>}
    </div>
  );
}

/** The facts of an error that help a person: what was asked, what is missing, where to look it up. */
function detailFacts(error: ErrorInfo): { label: string; value: ReactNode }[] {
  const detail = error.detail ?? {};
  return factNames.flatMap(([name, label]) => {
    const value = detail[name];
    if (value === undefined || value === '') return [];
    return [
      {
        label,
        value: <Identifier value={String(value)} label={label} max={60} />,
      },
    ];
  });
}

const factNames: readonly (readonly [name: string, label: string])[] = [
  ['permission', 'Missing permission'],
  ['operation', 'Call'],
  ['region', 'Region'],
  ['awsCode', 'AWS error'],
  ['requestId', 'Request id'],
];
