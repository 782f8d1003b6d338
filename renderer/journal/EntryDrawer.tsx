import type { ReactNode } from 'react';
import type { JournalEntry } from '../../shared/contract/journal';
import { CodeBlock, Drawer, Identifier, KeyValue, Time } from '../ui';
import { kindNames } from './KindFilter';
import { OutcomeBadge } from './OutcomeBadge';

/** One entry with all that is recorded of it and the hashes that chain it to its neighbours. */
export function EntryDrawer({ entry, onClose }: { entry: JournalEntry; onClose: () => void }) {
  return (
    <Drawer
      label={`Journal entry ${entry.seq}`}
      onClose={onClose}
      returnFocus={() => document.querySelector<HTMLElement>(`[data-seq="${entry.seq}"]`)}
      header={
        <>
          <h2 className="truncate text-base font-semibold">{entry.what}</h2>
          <p className="mt-0.5 flex items-center gap-2 text-xs text-ink-2">
            Entry {entry.seq}
            <OutcomeBadge outcome={entry.outcome} />
          </p>
        </>
      }
    >
      <Part title="Record">
        <KeyValue
          rows={[
            { label: 'Time', value: <Time iso={entry.at} precision="second" zone /> },
            { label: 'Operator', value: entry.operator },
            ...optional('Principal', entry.principal, 34),
            { label: 'Kind', value: kindNames[entry.kind] },
            ...optional('Request id', entry.requestId, 36),
            ...optional('Error', entry.error, 36),
          ]}
        />
      </Part>
      {Object.keys(entry.facts).length > 0 && (
        <Part title="Facts">
          <KeyValue
            rows={Object.entries(entry.facts).map(([label, value]) => ({
              label,
              value: String(value),
            }))}
          />
        </Part>
      )}
      <Part title="Chain">
        <KeyValue
          rows={[
            {
              label: 'Hash',
              value: <Identifier value={entry.hash} label="Entry hash" max={Infinity} />,
            },
            {
              label: 'Before it',
              value: <Identifier value={entry.previousHash} label="Previous hash" max={Infinity} />,
            },
          ]}
        />
      </Part>
      <Part title="As recorded">
        <CodeBlock text={JSON.stringify(entry, null, 2)} label="Entry as JSON" />
      </Part>
    </Drawer>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-b px-4 py-3 last:border-b-0">
      <h3 className="mb-2 label-text">{title}</h3>
      {children}
    </section>
  );
}

function optional(label: string, value: string | undefined, max: number) {
  return value ? [{ label, value: <Identifier value={value} label={label} max={max} /> }] : [];
}
