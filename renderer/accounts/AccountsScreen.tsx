import { RotateCw } from 'lucide-react';
import { useStore } from 'zustand';
import type { Connection } from '../../shared/contract/accounts';
import { useApp, useSession } from '../app';
import { Button, ErrorPanel, Loading, ScreenHeader } from '../ui';
import { ConnectionRow } from './ConnectionRow';
import { NeededSection } from './NeededSection';

/** The ways into AWS accounts that there are, and which of them the inventory covers. */
export function AccountsScreen() {
  const { accounts } = useApp();
  const { status, error, connections, problems, load } = useStore(accounts);
  const chosen = connections.filter((connection) => connection.chosen).length;

  return (
    <>
      <ScreenHeader
        title="Accounts"
        note={status === 'ready' && `${chosen} of ${connections.length} in the inventory`}
      >
        <Button icon={RotateCw} onClick={() => void load()}>
          Read profiles again
        </Button>
      </ScreenHeader>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {status === 'loading' && <Loading label="Reading accounts" />}
        <div className="max-w-280 px-6 py-6">
          {error && <ErrorPanel error={error} onRetry={() => void load()} />}
          <RefusedNote />
          {problems.length > 0 && <ConfigProblems problems={problems} />}
          {groups.map(({ kind, title, note }) => (
            <Group
              key={kind}
              title={title}
              note={note}
              connections={connections.filter((connection) => connection.kind === kind)}
            />
          ))}
          {status === 'ready' && <NeededSection />}
        </div>
      </div>
    </>
  );
}

const groups: readonly { kind: Connection['kind']; title: string; note: string }[] = [
  {
    kind: 'practice',
    title: 'Practice account',
    note: 'A simulated account on this machine, with real cryptography. Nothing in it reaches AWS.',
  },
  {
    kind: 'environment',
    title: 'Environment',
    note: 'Credentials in the environment that Claviger was started with.',
  },
  {
    kind: 'profile',
    title: 'Profiles',
    note: 'Read from the AWS config files, as the AWS CLI reads them.',
  },
];

function Group({
  title,
  note,
  connections,
}: {
  title: string;
  note: string;
  connections: readonly Connection[];
}) {
  if (connections.length === 0) return null;
  return (
    <section className="mb-8">
      <div className="mb-2 flex items-baseline gap-3">
        <h2 className="text-sm font-semibold">{title}</h2>
        <p className="text-xs text-ink-3">{note}</p>
      </div>
      <ul className="divide-y rounded-md border border-line">
        {connections.map((connection) => (
          <ConnectionRow key={connection.id} connection={connection} />
        ))}
      </ul>
    </section>
  );
}

/** Why real accounts cannot be used here, said once instead of on every row. */
function RefusedNote() {
  const info = useSession((session) => session.info);
  if (!info || info.realAccountsAllowed) return null;
  return (
    <div className="mb-6 rounded-md border border-line bg-sunken px-4 py-3">
      <h2 className="text-sm font-semibold">Real accounts are refused here</h2>
      <p className="mt-0.5 max-w-180 text-sm text-ink-2">
        {info.realAccountsNote ??
          'Claviger runs on the evaluation runtime, which is past its end of life and gets no security fixes.'}
      </p>
    </div>
  );
}

function ConfigProblems({ problems }: { problems: readonly string[] }) {
  return (
    <div role="note" className="mb-6 rounded-md bg-stale-soft px-4 py-3 text-sm text-stale">
      <h2 className="font-semibold">The AWS config files have problems</h2>
      <ul className="mt-1 list-disc pl-4">
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </div>
  );
}
