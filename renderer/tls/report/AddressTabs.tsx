import { Split } from 'lucide-react';
import { useRef, type KeyboardEvent } from 'react';
import type { EndpointRow } from '../../../shared/model/tls/fleet';
import type { ScanResult } from '../../../shared/model/tls/result';
import { navigate } from '../../app/location';
import { cx } from '../../ui';
import { GradeBadge } from '../GradeBadge';
import { reportPlace } from '../places';

/** One tab for each address of the name, with its grade; arrow keys walk them. */
export function AddressTabs({ row, result }: { row: EndpointRow; result: ScanResult | undefined }) {
  const list = useRef<HTMLDivElement>(null);
  const current = row.last.findIndex(({ address }) => address === result?.endpoint.address);
  const chosen = Math.max(0, current);

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (chosen + step + row.last.length) % row.last.length;
    const scan = row.last[next]?.scan;
    if (scan !== undefined) navigate(reportPlace(row.endpoint.id, scan), { replace: true });
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  }

  return (
    <div className="flex shrink-0 items-end gap-3 border-b bg-canvas px-4 pt-1 print:hidden">
      <div
        ref={list}
        role="tablist"
        aria-label="Addresses"
        className="flex min-w-0 gap-1 overflow-x-auto"
      >
        {row.last.map(({ scan, address, grade, reachable }, index) => (
          <button
            key={scan}
            type="button"
            role="tab"
            aria-selected={index === chosen}
            tabIndex={index === chosen ? 0 : -1}
            onKeyDown={onKeyDown}
            onClick={() => navigate(reportPlace(row.endpoint.id, scan), { replace: true })}
            className={cx(
              'flex h-8 shrink-0 items-center gap-2 rounded-t-md border border-b-0 px-3 text-sm outline-offset-[-2px]',
              index === chosen
                ? 'border-line bg-surface font-medium'
                : 'border-transparent text-ink-2 hover:bg-hover',
            )}
          >
            <span className="font-mono text-xs">{address ?? 'no address'}</span>
            <GradeBadge grade={reachable ? (grade ?? 'unknown') : 'unreachable'} />
          </button>
        ))}
      </div>
      {row.addressesDiffer && (
        <span className="mb-1.5 flex shrink-0 items-center gap-1.5 text-xs text-stale">
          <Split aria-hidden size={13} /> The addresses do not answer alike.
        </span>
      )}
    </div>
  );
}
