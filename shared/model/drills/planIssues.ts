import { planBodySchema, planProblems } from './plan';

/** What is wrong with a plan as it is written, a sentence each, by the names of the editor’s fields. */
export function planIssues(body: unknown): string[] {
  const parsed = planBodySchema.safeParse(body);
  if (parsed.success) return planProblems(parsed.data);
  return parsed.error.issues.map(({ path, message }) => `${fieldName(path)}: ${message}`);
}

function fieldName(path: readonly PropertyKey[]): string {
  const [first, second, third] = path.map(String);
  const numbered = first === 'objectives' ? 'Objective' : first === 'steps' ? 'Step' : undefined;
  if (numbered !== undefined && second !== undefined) {
    const part = third === undefined ? '' : `, ${parts[third] ?? third}`;
    return `${numbered} ${Number(second) + 1}${part}`;
  }
  return names[path.join('.')] ?? path.join('.');
}

const parts: Readonly<Record<string, string>> = {
  text: 'what is to be shown',
  criterion: 'what counts as met',
  steps: 'the steps that show it',
  withinSeconds: 'the time it may take',
  title: 'title',
  instructions: 'what to do',
  evidence: 'evidence to attach',
};

const names: Readonly<Record<string, string>> = {
  name: 'Name',
  scenario: 'Scenario',
  'scope.region': 'Region',
  'scope.replicaRegion': 'Region of the replica',
  'identities.breakGlassRole': 'Emergency role',
  'alarms.keyState': 'Alarm',
  'alarms.withinMinutes': 'Alarm, minutes',
  'restore.bucket': 'Bucket of the object to restore',
  'restore.key': 'Key of the object to restore',
  'restore.versionId': 'Version of the object to restore',
  'restore.sha256': 'SHA-256 of what must come out',
  'restoreFile.path': 'File to restore',
  'restoreFile.sha256': 'SHA-256 of what must come out',
  'massRestore.what': 'What is opened again',
  'massRestore.dataKeys': 'Data keys',
  'massRestore.quotaPercent': 'Share of the quota',
  'massRestore.withinHours': 'Hours for all of it',
  objectives: 'Objectives',
  rtoMinutes: 'Recovery time',
  rpoMinutes: 'Recovery point',
  custodians: 'Custodians',
  cadenceDays: 'Every so many days',
  remindDays: 'Reminded days before',
  steps: 'Steps',
};
