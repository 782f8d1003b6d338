/** The parts of the report in reading order, with their names in the index. */
export const reportSections: readonly (readonly [id: string, name: string])[] = [
  ['verdict', 'Verdict'],
  ['changes', 'Changes'],
  ['certificates', 'Certificates'],
  ['protocols', 'Protocols'],
  ['suites', 'Cipher suites'],
  ['groups', 'Key exchange'],
  ['vulnerabilities', 'Vulnerabilities'],
  ['features', 'Features'],
  ['http', 'HTTP'],
  ['profiles', 'Mozilla profiles'],
  ['policy', 'ELB policy'],
  ['demands', 'Demands'],
  ['history', 'History'],
  ['conduct', 'How it was scanned'],
  ['raw', 'Raw result'],
];

/** Brings a part of the report into sight and the focus to its title. */
export function showSection(id: string): void {
  const section = document.querySelector(`#report-${id}`);
  section?.scrollIntoView({ block: 'start' });
  section?.querySelector('h2')?.focus({ preventScroll: true });
}
