import type { ClassicSelector, FieldSelector, SelectorFacts } from './evidence';

/** An event as selectors see it. */
export interface SelectedEvent {
  readonly source: string;
  readonly name: string;
  readonly readOnly: boolean;
  readonly type?: 'AwsServiceEvent';
}

/**
 * Whether a trail with these selectors records a management event; undefined where that hangs on what
 * an event of this kind may or may not have (who called, from where).
 * Source: CloudTrail API reference, EventSelector, AdvancedEventSelector, AdvancedFieldSelector.
 */
export function records(
  { classic, advanced }: SelectorFacts,
  event: SelectedEvent,
): boolean | undefined {
  const each = [
    ...classic.map((selector) => classicRecords(selector, event)),
    ...advanced.map((fields) => advancedRecords(fields, event)),
  ];
  if (each.includes(true)) return true;
  return each.length === 0 || each.includes(undefined) ? undefined : false;
}

function classicRecords(
  { readWriteType, managementEvents, excludedSources }: ClassicSelector,
  { source, readOnly }: SelectedEvent,
): boolean | undefined {
  if (managementEvents === false || excludedSources.includes(source)) return false;
  if (managementEvents === undefined) return undefined;
  if (readWriteType === 'All') return true;
  if (readWriteType === 'ReadOnly') return readOnly;
  return readWriteType === 'WriteOnly' ? !readOnly : undefined;
}

function advancedRecords(
  fields: readonly FieldSelector[],
  event: SelectedEvent,
): boolean | undefined {
  const values: Readonly<Record<string, string>> = {
    eventCategory: 'Management',
    eventSource: event.source,
    eventName: event.name,
    readOnly: String(event.readOnly),
    eventType: event.type ?? 'AwsApiCall',
  };
  const each = fields.map((field) =>
    Object.hasOwn(values, field.field) ? agrees(field, values[field.field] ?? '') : undefined,
  );
  if (each.length === 0) return undefined;
  if (each.includes(false)) return false;
  return each.includes(undefined) ? undefined : true;
}

/** One of the wanted values must fit where there are any, and none of the unwanted ones. */
function agrees(field: FieldSelector, value: string): boolean {
  const starts = (one: string) => value.startsWith(one);
  const ends = (one: string) => value.endsWith(one);
  const { equals, startsWith, endsWith, notEquals, notStartsWith, notEndsWith } = field;
  const wanted = [...(equals ?? []), ...(startsWith ?? []), ...(endsWith ?? [])].length > 0;
  const fits = equals?.includes(value) || startsWith?.some(starts) || endsWith?.some(ends);
  const unwanted =
    notEquals?.includes(value) || notStartsWith?.some(starts) || notEndsWith?.some(ends);
  return (!wanted || fits === true) && unwanted !== true;
}
