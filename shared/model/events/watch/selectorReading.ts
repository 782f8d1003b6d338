import { z } from 'zod';

/**
 * What a PutEventSelectors record leaves out of a trail, by classic or advanced selectors; `cannot-tell`
 * where the record does not show its selectors. What is left out cannot be recovered afterwards.
 * Source: CloudTrail user guide, "Logging management events".
 * @param record the parsed raw record
 */
export function leftOut(record: unknown): 'kms' | 'management' | 'nothing' | 'cannot-tell' {
  const read = recordSchema.safeParse(record);
  if (!read.success) return 'cannot-tell';
  const { eventSelectors, advancedEventSelectors } = read.data.requestParameters;
  if (!eventSelectors && !advancedEventSelectors) return 'cannot-tell';
  const classic = eventSelectors?.some((each) => each.excludeManagementEventSources?.includes(kms));
  const advanced = advancedEventSelectors?.some((each) =>
    each.fieldSelectors.some(
      ({ field, notEquals }) => field === 'eventSource' && notEquals?.includes(kms),
    ),
  );
  if (classic || advanced) return 'kms';
  const kinds = new Set([
    ...(eventSelectors ?? []).flatMap(classicKinds),
    ...(advancedEventSelectors ?? []).flatMap(advancedKinds),
  ]);
  return kinds.has('read') && kinds.has('write') ? 'nothing' : 'management';
}

const kms = 'kms.amazonaws.com';
const words = z.array(z.string()).nullish();
const classicSchema = z.object({
  readWriteType: z.string().nullish(),
  includeManagementEvents: z.boolean().nullish(),
  excludeManagementEventSources: words,
});
const advancedSchema = z.object({
  fieldSelectors: z.array(z.object({ field: z.string(), equals: words, notEquals: words })),
});
const recordSchema = z.object({
  requestParameters: z.object({
    eventSelectors: z.array(classicSchema).nullish(),
    advancedEventSelectors: z.array(advancedSchema).nullish(),
  }),
});

type Kind = 'read' | 'write';
const both: readonly Kind[] = ['read', 'write'];

function classicKinds(selector: z.output<typeof classicSchema>): readonly Kind[] {
  if (selector.includeManagementEvents === false) return [];
  if (selector.readWriteType === 'ReadOnly') return ['read'];
  return selector.readWriteType === 'WriteOnly' ? ['write'] : both;
}

function advancedKinds({ fieldSelectors }: z.output<typeof advancedSchema>): readonly Kind[] {
  const of = (field: string) => fieldSelectors.find((each) => each.field === field)?.equals ?? [];
  if (!of('eventCategory').includes('Management')) return [];
  const sources = of('eventSource');
  if (sources.length > 0 && !sources.includes(kms)) return [];
  const readOnly = of('readOnly');
  if (readOnly.length === 0 || readOnly.length === 2) return both;
  return readOnly.includes('true') ? ['read'] : ['write'];
}
