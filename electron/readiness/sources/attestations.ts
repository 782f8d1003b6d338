import { attestationDocumentId } from '../../../shared/model/readiness/checks/people/attestedCheck';
import type { EvidenceDocument } from '../../../shared/model/readiness/document';
import type { Attestation } from '../../../shared/model/readiness/people';
import type { PeopleStore } from '../store/people';
import type { Source } from './source';

/** What people have attested: also what is over or withdrawn. */
export function attestationsSource(people: PeopleStore): Source<'attestations'> {
  return {
    id: 'attestations',
    load() {
      const evidence = people.attestations();
      return Promise.resolve({ evidence, documents: () => evidence.map(documentOf) });
    },
  };
}

function documentOf(attestation: Attestation): EvidenceDocument {
  return {
    id: attestationDocumentId(attestation.id),
    source: 'attestations',
    calls: [{ operation: `attested by ${attestation.by}`, asOf: attestation.at }],
    facts: JSON.parse(JSON.stringify(attestation)) as EvidenceDocument['facts'],
  };
}
