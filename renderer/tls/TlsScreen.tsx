import { usePlace } from '../app/location';
import { CompareScreen } from './compare/CompareScreen';
import { Dialogs } from './dialogs/Dialogs';
import { EndpointsScreen } from './list/EndpointsScreen';
import { parseTlsPath } from './places';
import { ReportScreen } from './report/ReportScreen';
import './tls.css';
import './print.css';

/** TLS scans: the list of endpoints, the report of one, or two scans side by side, as the address says. */
export function TlsScreen() {
  const { path } = usePlace();
  const place = parseTlsPath(path);
  return (
    <>
      {place.kind === 'report' && <ReportScreen key={place.id} id={place.id} />}
      {place.kind === 'compare' && <CompareScreen />}
      {place.kind === 'list' && <EndpointsScreen />}
      <Dialogs />
    </>
  );
}
