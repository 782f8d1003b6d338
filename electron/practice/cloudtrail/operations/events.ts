import {
  listOf,
  integer,
  oneOf,
  optional,
  required,
  structure,
  text,
  timestamp,
} from '../../protocol/rules';
import { AwsError } from '../../protocol/awsError';
import { trailOperation } from '../context';
import { attributeKeys, lookupEvents, type LookupRequest } from '../lookup';

export const lookupEventsOperation = trailOperation<LookupRequest>({
  name: 'LookupEvents',
  readOnly: true,
  members: {
    LookupAttributes: optional(
      listOf(
        structure({
          AttributeKey: required(oneOf(attributeKeys)),
          AttributeValue: required(text(1, 2000)),
        }),
      ),
    ),
    StartTime: optional(timestamp),
    EndTime: optional(timestamp),
    EventCategory: optional(oneOf(['insight'])),
    MaxResults: optional(integer(1, 50)),
    NextToken: optional(text(0, 5000)),
  },
  run: (input, context) => lookupEvents(input, context),
});

export const listPublicKeys = trailOperation<{ StartTime?: Date; EndTime?: Date }>({
  name: 'ListPublicKeys',
  readOnly: true,
  members: {
    StartTime: optional(timestamp),
    EndTime: optional(timestamp),
    NextToken: optional(text(0, 5000)),
  },
  async run({ StartTime, EndTime }, { keys, region, now }) {
    if (StartTime && EndTime && StartTime > EndTime) {
      throw new AwsError(
        'InvalidTimeRangeException',
        'The start time must be before or equal to the end time.',
      );
    }
    await keys.at(region, now);
    const from = StartTime?.getTime() ?? EndTime?.getTime() ?? now;
    const to = EndTime?.getTime() ?? now;
    return {
      PublicKeyList: keys.between(region, from, Math.max(from, to)).map((key) => ({
        Value: key.publicKey,
        ValidityStartTime: new Date(key.from),
        ValidityEndTime: new Date(key.to),
        Fingerprint: key.fingerprint,
      })),
    };
  },
});
