import { Bird, FileLock, Gauge, LockOpen } from 'lucide-react';
import { navigate, usePlace } from '../app/location';
import { useApp, useCommands, useScreen } from '../app';
import { DropTarget, ScreenHeader, Segmented } from '../ui';
import { CanariesView } from './canaries/CanariesView';
import { EncryptView } from './EncryptView';
import { MeasureView } from './MeasureView';
import { OpenView } from './OpenView';

const views = ['encrypt', 'open', 'canaries', 'measure'] as const;
type View = (typeof views)[number];

/** Envelope encryption: seal, open, prove, measure. What is dropped on it goes to the view that shows. */
export function EnvelopesScreen() {
  const { envelope } = useApp();
  const { search } = usePlace();
  const view = viewOf(search);
  useScreen({});
  useCommands([
    command('envelopes.encrypt', 'Encrypt files', FileLock, 'encrypt'),
    command('envelopes.open', 'Open envelopes', LockOpen, 'open'),
    command('envelopes.canaries', 'Show canaries', Bird, 'canaries'),
    command('envelopes.measure', 'Measure the cost of encrypting records', Gauge, 'measure'),
  ]);
  return (
    <DropTarget
      className="flex min-h-0 min-w-0 flex-1 flex-col"
      onFiles={(files) => {
        const bench = view === 'open' ? envelope.opening : envelope.encrypting;
        if (view === 'open' || view === 'encrypt') void bench.getState().drop(files);
      }}
    >
      <ScreenHeader
        title="Envelopes"
        views={
          <Segmented
            label="View"
            value={view}
            segments={[
              { value: 'encrypt', label: 'Encrypt' },
              { value: 'open', label: 'Open' },
              { value: 'canaries', label: 'Canaries' },
              { value: 'measure', label: 'Measure' },
            ]}
            onChange={goTo}
          />
        }
      />
      {view === 'encrypt' && <EncryptView />}
      {view === 'open' && <OpenView />}
      {view === 'canaries' && <CanariesView />}
      {view === 'measure' && <MeasureView />}
    </DropTarget>
  );
}

function command(id: string, title: string, icon: typeof Bird, view: View) {
  return { id, title, group: 'Envelopes', icon, run: () => goTo(view) };
}

function goTo(view: View): void {
  navigate(view === 'encrypt' ? '/envelopes' : `/envelopes?view=${view}`);
}

function viewOf(search: string): View {
  const named = new URLSearchParams(search).get('view');
  return views.find((view) => view === named) ?? 'encrypt';
}
