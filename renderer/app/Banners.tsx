import { Info, TriangleAlert, X, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { cx, IconButton } from '../ui';
import { useScope, useSession } from './context';

/** What the operator must know before anything else, one line each; closed for this session only. */
export function Banners() {
  const info = useSession((session) => session.info);
  const infoError = useSession((session) => session.infoError);
  const notices = useSession((session) => session.notices);
  const dismissNotice = useSession((session) => session.dismissNotice);
  const { mixed } = useScope();
  const [runtimeClosed, setRuntimeClosed] = useState(false);

  return (
    <section aria-label="Notices" className="shrink-0 print:hidden">
      {infoError && (
        <Banner tone="warning" icon={TriangleAlert}>
          {infoError.message}
        </Banner>
      )}
      {info?.runtime.kind === 'evaluation' && !runtimeClosed && (
        <Banner tone="note" icon={Info} onClose={() => setRuntimeClosed(true)}>
          <strong className="font-semibold">Evaluation runtime.</strong> Electron{' '}
          {info.runtime.electron} is past its end of life: for trying Claviger, not for daily work.
          {info.realAccountsAllowed &&
            ' Real accounts are allowed in it, as asked for at the start.'}
        </Banner>
      )}
      {mixed && (
        <Banner tone="practice" icon={TriangleAlert}>
          The practice account and real accounts are shown together. The account column tells them
          apart.
        </Banner>
      )}
      {notices.map((notice) => (
        <Banner
          key={notice}
          tone="warning"
          icon={TriangleAlert}
          onClose={() => dismissNotice(notice)}
        >
          {notice}
        </Banner>
      ))}
    </section>
  );
}

const tones = {
  note: 'bg-sunken text-ink-2',
  warning: 'bg-stale-soft text-stale',
  practice: 'bg-practice-soft text-practice border-practice-line',
};

function Banner({
  tone,
  icon: Icon,
  onClose,
  children,
}: {
  tone: keyof typeof tones;
  icon: LucideIcon;
  onClose?: () => void;
  children: ReactNode;
}) {
  return (
    <div
      className={cx(
        'flex min-h-7 shrink-0 items-center gap-2 border-b py-0.5 pr-2 pl-3 text-xs',
        tones[tone],
      )}
    >
      <Icon aria-hidden size={14} className="shrink-0" />
      <p className="min-w-0 flex-1">{children}</p>
      {onClose && <IconButton icon={X} label="Close this note" small onClick={onClose} />}
    </div>
  );
}
