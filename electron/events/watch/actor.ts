import type { EventTable } from '../table/eventTable';

/**
 * Who called, as a number: the role where there is one, since a role's sessions are one program, else
 * the ARN, else the name.
 */
export function actorAt({ columns }: EventTable, index: number): number {
  const role = columns.role.at(index);
  if (role !== 0) return role * 3;
  const arn = columns.callerArn.at(index);
  return arn === 0 ? columns.caller.at(index) * 3 + 2 : arn * 3 + 1;
}

/** What a person calls it: a role's or a user's name. */
export function actorName({ words }: EventTable, actor: number): string {
  const word = Math.floor(actor / 3);
  const column = (['role', 'callerArn', 'caller'] as const)[actor % 3] ?? 'caller';
  const value = words[column].valueOf(word) ?? 'a caller that the event does not name';
  return value.startsWith('arn:') ? value.slice(value.lastIndexOf('/') + 1) : value;
}
