import { AwsError } from '../../protocol/awsError';
import { flag, listOf, oneOf, optional, required, structure, text } from '../../protocol/rules';
import { trailOperation } from '../context';
import {
  currentSettings,
  withSettings,
  type AdvancedSelector,
  type EventSelector,
  type Selectors,
} from '../trail';
import { findHomeTrail, findTrail } from '../trailNames';

const values = optional(listOf(text(1, 2048)));
const fieldSelector = structure({
  Field: required(text(1, 1000)),
  Equals: values,
  StartsWith: values,
  EndsWith: values,
  NotEquals: values,
  NotStartsWith: values,
  NotEndsWith: values,
});

interface PutInput {
  readonly TrailName: string;
  readonly EventSelectors?: Partial<EventSelector>[];
  readonly AdvancedEventSelectors?: AdvancedSelector[];
}

export const putEventSelectors = trailOperation<PutInput>({
  name: 'PutEventSelectors',
  readOnly: false,
  members: {
    TrailName: required(text(0, 4096)),
    EventSelectors: optional(
      listOf(
        structure({
          ReadWriteType: optional(oneOf(['ReadOnly', 'WriteOnly', 'All'])),
          IncludeManagementEvents: optional(flag),
          DataResources: optional(
            listOf(
              structure({ Type: optional(text(0, 4096)), Values: optional(listOf(text(0, 4096))) }),
            ),
          ),
          ExcludeManagementEventSources: optional(listOf(text(0, 4096))),
        }),
      ),
    ),
    AdvancedEventSelectors: optional(
      listOf(
        structure({
          Name: optional(text(0, 1000)),
          FieldSelectors: required(listOf(fieldSelector)),
        }),
      ),
    ),
  },
  run(input, context) {
    const trail = findHomeTrail(context, input.TrailName);
    const selectors = readSelectors(input);
    const change = { selectors, afterSeq: context.log.lastSeq() };
    context.trails.put(trail.arn, withSettings(trail, context.now, change));
    return answer(trail.arn, selectors);
  },
});

export const getEventSelectors = trailOperation<{ TrailName: string }>({
  name: 'GetEventSelectors',
  readOnly: true,
  members: { TrailName: required(text(0, 4096)) },
  run(input, context) {
    const trail = findTrail(context, input.TrailName);
    return answer(trail.arn, currentSettings(trail).selectors);
  },
});

function answer(TrailARN: string, { kind, list }: Selectors): object {
  return kind === 'classic'
    ? { TrailARN, EventSelectors: list }
    : { TrailARN, AdvancedEventSelectors: list };
}

/** Sources whose management events a classic selector may leave out. */
const excludable = ['kms.amazonaws.com', 'rdsdata.amazonaws.com'];
const fields = [
  'readOnly',
  'eventCategory',
  'eventSource',
  'eventName',
  'resources.type',
  'resources.ARN',
];
fields.push('eventType', 'sessionCredentialFromConsole', 'userIdentity.arn');

function readSelectors({ EventSelectors, AdvancedEventSelectors }: PutInput): Selectors {
  const classic = EventSelectors ?? [];
  const advanced = AdvancedEventSelectors ?? [];
  if (classic.length > 0 === advanced.length > 0) {
    throw invalid('Specify either EventSelectors or AdvancedEventSelectors.');
  }
  if (advanced.length > 0) {
    for (const selector of advanced) checkAdvanced(selector);
    return { kind: 'advanced', list: advanced };
  }
  if (classic.length > 5) throw invalid('A trail can have up to 5 event selectors.');
  return {
    kind: 'classic',
    list: classic.map((selector): EventSelector => {
      const excluded = selector.ExcludeManagementEventSources ?? [];
      const strange = excluded.find((source) => !excludable.includes(source));
      if (strange !== undefined) {
        throw invalid(`${strange} is not a valid value for ExcludeManagementEventSources.`);
      }
      return {
        ReadWriteType: selector.ReadWriteType ?? 'All',
        IncludeManagementEvents: selector.IncludeManagementEvents ?? true,
        DataResources: selector.DataResources ?? [],
        ExcludeManagementEventSources: excluded,
      };
    }),
  };
}

function checkAdvanced({ FieldSelectors }: AdvancedSelector): void {
  const category = FieldSelectors.find(({ Field }) => Field === 'eventCategory');
  if (!category) throw invalid('eventCategory is a required field of an advanced event selector.');
  const [wanted, ...more] = category.Equals ?? [];
  if (more.length > 0 || !['Management', 'Data', 'NetworkActivity'].includes(wanted ?? '')) {
    throw invalid('eventCategory must equal Management, Data or NetworkActivity.');
  }
  const strange = FieldSelectors.find(({ Field }) => !fields.includes(Field));
  if (strange) throw invalid(`${strange.Field} is not a valid field.`);
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidEventSelectorsException', message);
}
