import {
  Atom,
  CircleCheck,
  CircleDot,
  CircleQuestionMark,
  FileSpreadsheet,
  TriangleAlert,
} from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { toErrorInfo } from '../../../shared/model/errors';
import {
  isPostQuantum,
  readingWords,
  type KeyExchangeUse,
} from '../../../shared/model/events/keyExchanges';
import { eventQuerySchema, type EventQuery } from '../../../shared/model/events/query';
import { useApp } from '../../app';
import { Badge, Button, EmptyState, ErrorPanel, Loading, Time, type StatusLook } from '../../ui';
import { percentWords } from './words';

/** Who agrees on TLS keys in a way that a quantum computer could open one day. */
export function PostQuantumView({
  query,
  onShow,
}: {
  query: EventQuery;
  /** Shows the events of a caller in the list. */
  onShow: (query: EventQuery) => void;
}) {
  const { client, events, usage, toaster } = useApp();
  const stored = useStore(events, (state) => state.stored);
  const { exchanges, exchangesError, loadExchanges } = useStore(usage);
  useEffect(() => {
    // Events that were taken in meanwhile count too.
    if (stored !== undefined) void loadExchanges(query);
  }, [loadExchanges, query, stored]);

  async function write(): Promise<void> {
    try {
      const written = await client.events.exportKeyExchanges({ query });
      if (!written) return;
      toaster.add({ title: `${written.callers} callers exported`, description: written.file });
    } catch (failure) {
      const description = toErrorInfo(failure).message;
      toaster.add({ title: 'Not exported', description, type: 'error' });
    }
  }

  if (exchangesError) {
    return (
      <div className="p-4">
        <ErrorPanel error={exchangesError} onRetry={() => void loadExchanges(query)} />
      </div>
    );
  }
  if (!exchanges) return <Loading label="Looking at key exchanges" />;
  if (exchanges.length === 0) {
    return (
      <EmptyState icon={Atom} title="No caller">
        None of the stored events, as the filters have it, is a call over the network.
      </EmptyState>
    );
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      <div className="flex flex-wrap items-start gap-4">
        <Shares uses={exchanges} />
        <Button icon={FileSpreadsheet} onClick={() => void write()}>
          Export CSV
        </Button>
      </div>
      <div className="mt-4 overflow-x-auto rounded-md border border-line bg-surface">
        <table aria-label="Callers by key exchange" className="w-full min-w-150 text-sm">
          <thead>
            <tr className="border-b bg-sunken text-left">
              {heads.map((head) => (
                <th key={head} scope="col" className="px-2.5 py-1.5 label-text">
                  {head}
                </th>
              ))}
              <th scope="col" className="px-2.5 py-1.5">
                <span className="sr-only">Events</span>
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {exchanges.map((use) => (
              <Caller
                key={`${use.role ?? ''} ${use.account ?? ''} ${use.caller}`}
                use={use}
                query={query}
                onShow={onShow}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p className="mt-3 max-w-180 text-xs text-ink-3">
        Recorded traffic that was agreed on classically can be opened once there is a quantum
        computer. An SDK that offers ML-KEM (X25519MLKEM768) is post-quantum with KMS without
        further ado: bring its version up to date. Where an event does not say, nothing is proven:
        older events lack the field, and calls of AWS services on somebody’s behalf have none.
      </p>
    </div>
  );
}

const heads = ['Caller', 'Key exchange', 'Groups', 'TLS', 'Calls', 'Last'];

const looks: Readonly<Record<KeyExchangeUse['reading'], Omit<StatusLook, 'word'>>> = {
  classical: { icon: TriangleAlert, tone: 'fail' },
  mixed: { icon: CircleDot, tone: 'stale' },
  unknown: { icon: CircleQuestionMark, tone: 'unsure' },
  'post-quantum': { icon: CircleCheck, tone: 'pass' },
};

function Caller({
  use,
  query,
  onShow,
}: {
  use: KeyExchangeUse;
  query: EventQuery;
  onShow: (query: EventQuery) => void;
}) {
  const { icon, tone } = looks[use.reading];
  return (
    <tr className="align-top hover:bg-hover">
      <th scope="row" className="px-2.5 py-1.5 text-left font-medium" title={use.role}>
        {use.caller}
        {use.account && <span className="block text-xs font-normal text-ink-3">{use.account}</span>}
      </th>
      <td className="px-2.5 py-1.5">
        <Badge tone={tone} icon={icon}>
          {readingWords[use.reading]}
        </Badge>
      </td>
      <td className="px-2.5 py-1.5 text-xs text-ink-2">
        <Counts counts={use.exchanges} />
      </td>
      <td className="px-2.5 py-1.5 text-xs text-ink-2">
        <Counts counts={use.versions} />
      </td>
      <td className="px-2.5 py-1.5 text-right tabular-nums">{use.calls.toLocaleString('en')}</td>
      <td className="px-2.5 py-1.5 whitespace-nowrap text-ink-2">
        <Time iso={use.last} precision="minute" bare />
      </td>
      <td className="py-0.5 pr-1 text-right">
        <Button variant="ghost" onClick={() => onShow(queryOf(use, query))}>
          Show events<span className="sr-only"> of {use.caller}</span>
        </Button>
      </td>
    </tr>
  );
}

function Counts({ counts }: { counts: KeyExchangeUse['exchanges'] }) {
  if (counts.length === 0) return '(not told)';
  return counts.map(({ name, count }) => (
    <span key={name} className="mr-2 inline-block whitespace-nowrap">
      <span className="font-mono">{name}</span> {count.toLocaleString('en')}
    </span>
  ));
}

const parts = [
  { name: 'postQuantum', word: 'post-quantum', fill: 'bg-pass' },
  { name: 'classical', word: 'classical', fill: 'bg-fail' },
  { name: 'untold', word: 'not told', fill: 'bg-unsure' },
] as const;

/** Shares of all calls, as a bar and in words. */
function Shares({ uses }: { uses: readonly KeyExchangeUse[] }) {
  const sum = (of: (use: KeyExchangeUse) => number) => uses.reduce((all, use) => all + of(use), 0);
  const calls = sum((use) => use.calls);
  const shares = parts.map((part) => ({ ...part, share: sum((use) => use[part.name]) / calls }));
  const only = uses.filter(({ reading }) => reading === 'classical').length;
  const silent = uses.filter(({ reading }) => reading === 'unknown').length;
  return (
    <div className="min-w-60 flex-1">
      <p className="text-sm">
        {only === 0
          ? 'No caller speaks'
          : only === 1
            ? 'One caller speaks'
            : `${only} callers speak`}{' '}
        classical key exchange only, of {uses.length}
        {silent > 0 && `; of ${silent === uses.length ? 'all' : silent} of them no event tells`}.
      </p>
      <div aria-hidden className="mt-2 flex h-2 max-w-140 overflow-hidden rounded-full bg-sunken">
        {shares.map(({ name, share, fill }) => (
          <span key={name} className={fill} style={{ width: `${share * 100}%` }} />
        ))}
      </div>
      <p className="mt-1.5 flex flex-wrap gap-x-4 text-xs text-ink-2">
        {shares.map(({ name, word, share, fill }) => (
          <span key={name} className="flex items-center gap-1.5">
            <span aria-hidden className={`size-2 rounded-[2px] ${fill}`} />
            {percentWords(share)} of calls {word}
          </span>
        ))}
      </p>
    </div>
  );
}

/** A caller's events; of one who does both, the classical ones: those are to be found. */
function queryOf(use: KeyExchangeUse, query: EventQuery): EventQuery {
  const { role, caller, reading, exchanges } = use;
  const classical = exchanges.map(({ name }) => name).filter((name) => !isPostQuantum(name));
  return eventQuerySchema.parse({
    ...query,
    filters: {
      ...query.filters,
      ...(role === undefined ? { caller: [caller] } : { role: [role] }),
      ...(reading === 'mixed' && { keyExchange: classical }),
    },
  });
}
