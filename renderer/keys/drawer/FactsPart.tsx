import type { KeyMetadata, KeyRow } from '../../../shared/model/key';
import { Identifier, KeyValue, Time, type KeyValueRow } from '../../ui';
import { FacetPart } from './Part';

/** What DescribeKey says beside what stands elsewhere. */
export function FactsPart({ row }: { row: KeyRow }) {
  return (
    <FacetPart title="Facts" facet={row.metadata}>
      {(metadata) => <KeyValue rows={factsOf(row, metadata)} />}
    </FacetPart>
  );
}

function factsOf(row: KeyRow, metadata: KeyMetadata): KeyValueRow[] {
  const facts: KeyValueRow[] = [
    { label: 'Description', value: metadata.description || 'none' },
    { label: 'Key id', value: <Identifier value={row.keyId} label="Key id" max={44} /> },
    { label: 'Account', value: <Identifier value={row.accountId} label="Account id" /> },
    { label: 'Region', value: row.region },
    { label: 'Key spec', value: metadata.keySpec },
    { label: 'Usage', value: metadata.keyUsage },
    { label: 'Origin', value: metadata.origin },
    { label: 'Managed by', value: metadata.keyManager === 'AWS' ? 'AWS' : 'you' },
    { label: 'Created', value: <Time iso={metadata.creationDate} /> },
  ];
  if (metadata.deletionDate) {
    facts.push({ label: 'Deletion', value: <Time iso={metadata.deletionDate} /> });
  }
  if (metadata.validTo) facts.push({ label: 'Expires', value: <Time iso={metadata.validTo} /> });
  return facts;
}
