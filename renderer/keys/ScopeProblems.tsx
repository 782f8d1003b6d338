import { ChevronRight, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { ScopeReport } from '../../shared/model/key';
import { Button, cx, Time, useUi } from '../ui';
import { iamPolicyText } from '../../shared/model/iamPolicy';
import type { RefreshScope } from './store';

/**
 * What is missing from the inventory, by Region: one line that says how much, opened it says which
 * call failed and why, with the permission to copy and a retry each.
 */
export function ScopeProblems({
  scopes,
  running,
  alone,
  onRetry,
}: {
  scopes: readonly ScopeReport[];
  running: boolean;
  /** There is no table below: the reasons are what there is to see. */
  alone: boolean;
  onRetry: (only: readonly RefreshScope[]) => void;
}) {
  const [asked, setOpen] = useState<boolean>();
  const open = asked ?? alone;
  const { copy } = useUi();
  const troubled = scopes.filter(isTroubled);
  if (troubled.length === 0) return null;
  const missing = missingPermissions(troubled);
  return (
    <section aria-label="Incomplete parts" className="shrink-0 border-b bg-unsure-soft text-xs">
      <div className="flex min-h-7 items-center gap-2 px-3">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 flex-1 items-center gap-2 text-left"
        >
          <TriangleAlert aria-hidden size={13} className="shrink-0 text-unsure" />
          <span className="truncate">
            <b className="font-semibold">
              {troubled.length} of {scopes.length} {scopes.length === 1 ? 'Region' : 'Regions'}{' '}
              incomplete.
            </b>{' '}
            {missing.length > 0
              ? `Missing: ${missing.join(', ')}.`
              : troubled.map(({ region }) => region).join(', ')}{' '}
            What could not be read is marked "Cannot tell".
          </span>
          <ChevronRight aria-hidden size={13} className={cx('shrink-0', open && 'rotate-90')} />
        </button>
        {missing.length > 0 && (
          <Button
            variant="ghost"
            className="h-6"
            onClick={() => copy(iamPolicyText(missing), 'IAM policy')}
          >
            Copy policy
          </Button>
        )}
        <Button
          variant="ghost"
          className="h-6"
          disabled={running}
          onClick={() =>
            onRetry(troubled.map(({ connection, region }) => ({ connection, region })))
          }
        >
          Retry
        </Button>
      </div>
      {open && (
        <ul className="max-h-56 overflow-y-auto border-t border-line bg-surface">
          {troubled.map((scope) => (
            <Part
              key={`${scope.connection}/${scope.region}`}
              scope={scope}
              running={running}
              onRetry={onRetry}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

/** True where something of a scope is not there: failed, stopped, or some calls refused. */
export function isTroubled({ state, problems }: ScopeReport): boolean {
  return state === 'failed' || state === 'partial' || state === 'cancelled' || problems.length > 0;
}

function Part({
  scope,
  running,
  onRetry,
}: {
  scope: ScopeReport;
  running: boolean;
  onRetry: (only: readonly RefreshScope[]) => void;
}) {
  const { connection, connectionName, region, state, asOf, problems } = scope;
  return (
    <li className="flex items-start gap-3 border-b px-3 py-2 last:border-b-0">
      <div className="w-52 shrink-0">
        <div className="font-semibold">{region}</div>
        <div className="truncate text-ink-2">{connectionName}</div>
        <div className="text-ink-3">
          {stateWords[state]}
          {asOf && (
            <>
              , as of <Time iso={asOf} bare />
            </>
          )}
        </div>
      </div>
      <ul className="min-w-0 flex-1 space-y-1">
        {problems.map((problem) => (
          <li key={`${problem.operation} ${problem.code}`} className="break-words">
            <span className="font-mono text-2xs text-ink-2">{problem.operation}</span>{' '}
            {problem.keys > 0 && `(${problem.keys} ${problem.keys === 1 ? 'key' : 'keys'}) `}
            {problem.message}
          </li>
        ))}
        {problems.length === 0 && state === 'cancelled' && <li>Stopped before it was read.</li>}
      </ul>
      <Button disabled={running} onClick={() => onRetry([{ connection, region }])}>
        Retry
      </Button>
    </li>
  );
}

function missingPermissions(scopes: readonly ScopeReport[]): string[] {
  const named = scopes.flatMap(({ problems }) => problems.flatMap((p) => p.permission ?? []));
  return [...new Set(named)].sort();
}

const stateWords: Record<ScopeReport['state'], string> = {
  waiting: 'waiting',
  running: 'reading',
  complete: 'read',
  partial: 'partly read',
  failed: 'not read',
  cancelled: 'stopped',
};
