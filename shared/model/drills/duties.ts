import type { Participant } from './entry';

/** What somebody acknowledges in a drill, by their role: shown to them and recorded word for word. */
export const duties: Readonly<Record<Participant['role'], string>> = {
  operator: 'I know my part in this drill and keep to it.',
  approver: 'I know my part in this drill and keep to it.',
  custodian:
    'I keep my share of the key material where only I have access, tell nobody, and report its loss at once (PCI DSS 3.7.8).',
};
