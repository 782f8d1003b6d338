import { keyRefString, type KeyRow, type KeyUsage } from '../../../key';
import { isPendingDeletion } from '../../../keyRotationRules';
import { lastUseOf, type KeyUsageReading } from '../../../keyUsage';
import { day, days, told } from '../../../keyVerdictParts';
import { known } from '../../../facet';
import type { Verdict } from '../../../verdict';
import { defineCheck, weekHours } from '../../check';
import type { Item } from '../../item';
import { keyCheckItems, managed } from './keyCheck';

/** A quarter, in which what is in use shows. */
const mostDays = 90;
const dayMs = 86_400_000;
const permission = 'kms:GetKeyLastUsage';

export const notUnused = defineCheck({
  id: 'keys-used',
  group: 'keys',
  question: `Was every key used within the last ${mostDays} days?`,
  why: 'A key that nothing uses still opens what it ever encrypted, costs its fee, and is one more to look after. Disable it first: deletion cannot be taken back.',
  remedy: {
    console:
      'KMS > the key > Key actions > Disable; watch for failures for some weeks; then schedule its deletion.',
    cli: 'aws kms get-key-last-usage --key-id KEY; aws kms disable-key --key-id KEY',
    terraform: 'resource "aws_kms_key": is_enabled = false',
  },
  severity: 'low',
  effort: 'days',
  shelfLifeHours: weekHours,
  topics: ['retirement', 'inventory'],
  permissions: ['kms:ListKeys', 'kms:DescribeKey', permission],
  nothing: 'There is no key in the Regions that were read.',
  view: 'keys',
  reads: ['keys', 'usage'],
  *judge({ keys, usage }, { now }): Generator<Item> {
    const readings = new Map(usage.map((one) => [keyRefString(one), one.usage]));
    for (const item of keyCheckItems(keys, ['metadata'], (row) =>
      verdictOf(row, readings.get(keyRefString(row)), now(row.connection)),
    )) {
      const reading = readings.get(item.subject.id);
      yield reading === undefined ? item : restsOn(item, reading);
    }
  },
});

/** The item is as old as the older of the two answers. */
function restsOn(item: Item, reading: KeyUsageReading['usage']): Item {
  const evidence = [...item.evidence, usageDocumentId(item.subject.id)];
  if (reading.status !== 'known' || item.verdict.value === 'not-applicable') {
    return { ...item, evidence };
  }
  const { asOf = reading.asOf } = item;
  return { ...item, evidence, asOf: asOf < reading.asOf ? asOf : reading.asOf };
}

function verdictOf(row: KeyRow, reading: KeyUsageReading['usage'] | undefined, now: Date): Verdict {
  const asManaged = managed(row);
  if (asManaged) return asManaged;
  const metadata = known(row.metadata);
  if (isPendingDeletion(metadata)) {
    return { value: 'not-applicable', reason: 'Pending deletion: nobody is to use it.' };
  }
  if (reading === undefined) {
    return {
      value: 'cannot-tell',
      reason:
        'AWS was not asked yet when it was last used: it answers slowly, so that each run asks for a part.',
      remedy: 'Run the checks again.',
    };
  }
  const usage = told(reading, permission, 'when it was last used');
  return usage.known ? judgeUsage(usage.value, now) : usage.verdict;
}

function judgeUsage(usage: KeyUsage, now: Date): Verdict {
  const age = (since: string) => Math.floor((now.getTime() - Date.parse(since)) / dayMs);
  const { operation, createdAt, trackedSince } = usage;
  const use = lastUseOf(usage);
  const remedy = 'Ask its owner; disable it, and delete it later.';
  switch (use.kind) {
    case 'used': {
      const how = operation === undefined ? '' : `, for ${operation}`;
      const reason = `Last used ${words(age(use.at))}, on ${day(use.at)}${how}.`;
      return age(use.at) > mostDays ? { value: 'fail', reason, remedy } : { value: 'pass', reason };
    }
    case 'never': {
      const old = age(createdAt ?? '');
      return old > mostDays
        ? { value: 'fail', reason: `Not used once since it was created, ${days(old)} ago.`, remedy }
        : {
            value: 'not-applicable',
            reason: `Created ${words(old)} and not used yet: too young to be judged.`,
          };
    }
    case 'unknown': {
      const since =
        trackedSince === undefined
          ? 'AWS does not say since when it keeps track of its use.'
          : `No use is on record since AWS keeps track, ${day(trackedSince)}; what was before is not known.`;
      return {
        value: 'cannot-tell',
        reason: since,
        remedy: 'Look for its last use in the log files of the trail, and ask its owner.',
      };
    }
    default:
      return use satisfies never;
  }
}

function words(age: number): string {
  return age <= 0 ? 'today' : `${days(age)} ago`;
}

export function usageDocumentId(ref: string): string {
  return `usage ${ref}`;
}
