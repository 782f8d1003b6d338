/** The seven groups of the checklist, in the order in which they are shown. */
export const groupIds = [
  'keys',
  'at-rest',
  'in-transit',
  'certificates',
  'audit',
  'recovery',
  'people',
] as const;
export type GroupId = (typeof groupIds)[number];

export const groupNames: Readonly<Record<GroupId, string>> = {
  keys: 'Keys',
  'at-rest': 'At rest',
  'in-transit': 'In transit',
  certificates: 'Certificates',
  audit: 'Audit',
  recovery: 'Recovery',
  people: 'People and process',
};
