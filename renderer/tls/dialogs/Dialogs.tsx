import { useTls } from '../useTls';
import { DiscoverDialog } from './DiscoverDialog';
import { EndpointDialog } from './EndpointDialog';
import { ImportDialog } from './ImportDialog';
import { PolicyDialog } from './PolicyDialog';
import { RemoveDialog } from './RemoveDialog';
import { ScheduleDialog } from './ScheduleDialog';

/** The dialog of the TLS screens that is open, if one is. */
export function Dialogs() {
  const dialog = useTls((state) => state.dialog);
  const open = useTls((state) => state.open);
  const close = () => open(undefined);
  if (!dialog) return null;
  switch (dialog.kind) {
    case 'endpoint':
      return <EndpointDialog endpoint={dialog.endpoint} onClose={close} />;
    case 'import':
      return <ImportDialog onClose={close} />;
    case 'discover':
      return <DiscoverDialog onClose={close} />;
    case 'schedule':
      return <ScheduleDialog onClose={close} />;
    case 'policy':
      return <PolicyDialog onClose={close} />;
    case 'remove':
      return <RemoveDialog ids={dialog.ids} onClose={close} />;
    default:
      return dialog satisfies never;
  }
}
