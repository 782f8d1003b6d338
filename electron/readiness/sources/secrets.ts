import { secretsDocumentId } from '../../../shared/model/readiness/checks/at-rest/noStaticKeys';
import type { EvidenceDocument } from '../../../shared/model/readiness/document';
import { liesIn, type ScannedPlace, type SecretScan } from '../../../shared/model/secrets';
import type { Secrets } from '../../secrets/index';
import type { Reading, Source } from './source';

/** The scan for secrets in files: a run of the checks looks into the folders of the last one again. */
export function secretsSource(secrets: Pick<Secrets, 'last' | 'rescan'>): Source<'secrets'> {
  return {
    id: 'secrets',
    get read() {
      if (!secrets.last()) return undefined;
      return ({ signal }: Reading) => secrets.rescan({ signal, progress: () => {} });
    },
    load() {
      const scan = secrets.last();
      const documents = () => scan?.places.map((place) => documentOf(place, scan)) ?? [];
      return Promise.resolve({ evidence: { scan }, documents });
    },
  };
}

function documentOf(place: ScannedPlace, scan: SecretScan): EvidenceDocument {
  const { scannedAt, ignore, gitignore } = scan;
  const inPlace = ({ file }: { file: string }) => liesIn(file, place.path);
  const facts = {
    ...place,
    options: { ignore, gitignore },
    findings: scan.found.filter(inPlace),
    notRead: scan.unread.filter(inPlace),
  };
  return {
    id: secretsDocumentId(place.path),
    source: 'secrets',
    calls: [{ operation: `scan for secrets in ${place.path}`, asOf: scannedAt }],
    facts: JSON.parse(JSON.stringify(facts)) as EvidenceDocument['facts'],
  };
}
