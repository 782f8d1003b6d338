import type { TrailEvent } from './event';
import type { AdvancedSelector, EventSelector, FieldSelector, Selectors } from './trail';

type Selected = Pick<TrailEvent, 'eventSource' | 'eventName' | 'readOnly'> & {
  readonly resources?: TrailEvent['resources'];
};

/** Whether a trail with these selectors logs a management event. */
export function isSelected(selectors: Selectors, event: Selected): boolean {
  return selectors.kind === 'classic'
    ? selectors.list.some((one) => classic(one, event))
    : selectors.list.some((one) => advanced(one, event));
}

function classic(selector: EventSelector, event: Selected): boolean {
  if (!selector.IncludeManagementEvents) return false;
  if (selector.ExcludeManagementEventSources.includes(event.eventSource)) return false;
  if (selector.ReadWriteType === 'All') return true;
  return (selector.ReadWriteType === 'ReadOnly') === event.readOnly;
}

/** Every field of a selector must agree. */
function advanced({ FieldSelectors }: AdvancedSelector, event: Selected): boolean {
  const fields: Readonly<Record<string, readonly string[]>> = {
    eventCategory: ['Management'],
    eventSource: [event.eventSource],
    eventName: [event.eventName],
    readOnly: [String(event.readOnly)],
    'resources.type': (event.resources ?? []).map(({ type }) => type),
    'resources.ARN': (event.resources ?? []).map(({ ARN }) => ARN),
    eventType: ['AwsApiCall'],
    sessionCredentialFromConsole: ['false'],
  };
  return FieldSelectors.every((field) => agrees(field, fields[field.Field] ?? []));
}

function agrees(field: FieldSelector, values: readonly string[]): boolean {
  const some = (
    wanted: readonly string[] | undefined,
    test: (value: string, one: string) => boolean,
  ) => wanted?.some((one) => values.some((value) => test(value, one)));
  const is = (value: string, one: string) => value === one;
  const starts = (value: string, one: string) => value.startsWith(one);
  const ends = (value: string, one: string) => value.endsWith(one);
  const wanted = [
    some(field.Equals, is),
    some(field.StartsWith, starts),
    some(field.EndsWith, ends),
  ].filter((one) => one !== undefined);
  const unwanted =
    some(field.NotEquals, is) || some(field.NotStartsWith, starts) || some(field.NotEndsWith, ends);
  return (wanted.length === 0 || wanted.includes(true)) && !unwanted;
}
