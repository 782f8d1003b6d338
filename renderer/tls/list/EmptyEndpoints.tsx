import { FileUp, FlaskConical, Plus, SearchX, ShieldCheck, CloudDownload } from 'lucide-react';
import { useState } from 'react';
import type { ErrorInfo } from '../../../shared/model/errors';
import { useHasPractice } from '../../app';
import { Button, EmptyState, ErrorPanel, Loading } from '../../ui';
import { useTls } from '../useTls';
import { useAddPractice } from '../useAddPractice';

/** Why the list has no rows, and the way on. */
export function EmptyEndpoints({
  waiting,
  error,
  filtered,
  onClear,
}: {
  waiting: boolean;
  error: ErrorInfo | undefined;
  /** There are endpoints, but none passes the filters. */
  filtered: boolean;
  onClear: () => void;
}) {
  const load = useTls((state) => state.load);
  if (filtered) {
    return (
      <EmptyState
        icon={SearchX}
        title="No endpoint matches"
        actions={<Button onClick={onClear}>Clear search and filters</Button>}
      >
        There are endpoints, but the search and the filters together leave none.
      </EmptyState>
    );
  }
  if (waiting) return <Loading label="Reading the endpoints" rows={12} />;
  if (error) {
    return (
      <div className="mx-auto w-full max-w-160 p-6">
        <ErrorPanel error={error} onRetry={() => void load()} />
      </div>
    );
  }
  return <FirstRun />;
}

function FirstRun() {
  const open = useTls((state) => state.open);
  const hasPractice = useHasPractice();
  const addPractice = useAddPractice();
  const [adding, setAdding] = useState(false);
  return (
    <div className="overflow-y-auto">
      <EmptyState icon={ShieldCheck} title="No endpoints yet">
        Name the TLS servers that you answer for, and Claviger says what each of them offers, which
        certificate it shows, where it is weak, and what has changed since last time. It contacts
        the endpoints in this list and nothing else.
      </EmptyState>
      <ul className="mx-auto -mt-8 grid max-w-160 grid-cols-2 gap-3 px-6 pb-8 max-md:grid-cols-1">
        {hasPractice && (
          <Way
            title="Practice endpoints"
            text="Live servers on this machine, from modern to frightful. Nothing leaves it."
          >
            <Button
              variant="primary"
              icon={FlaskConical}
              busy={adding}
              onClick={() => {
                setAdding(true);
                void addPractice().finally(() => setAdding(false));
              }}
            >
              Add practice endpoints
            </Button>
          </Way>
        )}
        <Way title="One by one" text="Host and port, a name if you like, who answers for it.">
          <Button icon={Plus} onClick={() => open({ kind: 'endpoint', endpoint: undefined })}>
            Add an endpoint
          </Button>
        </Way>
        <Way title="From a list" text="One host:port a line, or CSV with names, owners and tags.">
          <Button icon={FileUp} onClick={() => open({ kind: 'import' })}>
            Paste or open a list
          </Button>
        </Way>
        <Way
          title="From the account"
          text="Load balancers, CloudFront and API Gateway of the accounts that are chosen."
        >
          <Button icon={CloudDownload} onClick={() => open({ kind: 'discover' })}>
            Find endpoints
          </Button>
        </Way>
      </ul>
    </div>
  );
}

function Way({
  title,
  text,
  children,
}: {
  title: string;
  text: string;
  children: React.ReactNode;
}) {
  return (
    <li className="flex flex-col items-start gap-3 rounded-md border border-line p-4">
      <div className="flex-1">
        <h3 className="text-sm font-semibold">{title}</h3>
        <p className="mt-0.5 text-xs text-ink-2">{text}</p>
      </div>
      {children}
    </li>
  );
}
