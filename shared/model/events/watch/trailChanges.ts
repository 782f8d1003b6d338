import { alertOf, parametersOf, text, timeText, type ChangeEvent, type Draft } from './draft';
import { leftOut } from './selectorReading';

export interface TrailFindings {
  readonly drafts: Draft[];
  /** Events whose record does not show what they changed. */
  readonly unreadable: string[];
}

/**
 * The alerts for trails that record less than before, or elsewhere. A change for the better is quiet.
 * @param events CloudTrail's own changes, oldest first, done
 */
export function trailChanges(events: readonly ChangeEvent[]): TrailFindings {
  const drafts: Draft[] = [];
  const unreadable: string[] = [];
  const settings = new Map<string, Settings>();
  for (const event of events) {
    const { row } = event;
    const trail = trailOf(event);
    const name = `${row.account}|${trail ?? row.eventId}`;
    const called = trail === undefined ? 'a trail that the record does not name' : `trail ${trail}`;
    const at = `at ${timeText(row.at)}.`;
    const lost = 'What is not recorded cannot be had later.';
    switch (row.name) {
      case 'StopLogging':
        drafts.push({
          alert: alertOf(row, 'trail-stopped', 'high', `stopped ${called} ${at} ${lost}`),
          undoneBy: `logging|${name}`,
          groups: false,
        });
        break;
      case 'DeleteTrail':
        settings.delete(name);
        drafts.push({
          alert: alertOf(row, 'trail-deleted', 'high', `deleted ${called} ${at} ${lost}`),
          groups: false,
        });
        break;
      case 'PutEventSelectors': {
        const missing = leftOut(event.record);
        if (missing === 'nothing') break;
        if (missing === 'cannot-tell') unreadable.push(row.eventId);
        const did = {
          kms: `made ${called} leave out all events of KMS ${at} ${lost}`,
          management: `made ${called} leave out reads or writes of the account’s management events, KMS’s among them, ${at} ${lost}`,
          'cannot-tell': `changed what ${called} records ${at} The record does not show to what: look at the trail.`,
        }[missing];
        const rule = missing === 'kms' ? 'kms-left-out' : 'management-events-left-out';
        const severity = missing === 'kms' ? 'high' : 'medium';
        drafts.push({
          alert: alertOf(row, rule, severity, did),
          undoneBy: `selectors|${name}`,
          groups: false,
        });
        break;
      }
      case 'CreateTrail':
        settings.set(name, settingsOf(event) ?? {});
        break;
      case 'UpdateTrail': {
        const now = settingsOf(event);
        const before = settings.get(name) ?? {};
        settings.set(name, { ...before, ...now });
        drafts.push(...updated(event, name, called, now, before));
        if (!now || Object.keys(now).length === 0) unreadable.push(row.eventId);
        break;
      }
      default:
        break;
    }
  }
  return { drafts, unreadable };
}

/** The names under which a trail's event takes earlier ones back. */
export function trailPutBack(event: ChangeEvent): string[] {
  const { row } = event;
  const name = `${row.account}|${trailOf(event) ?? row.eventId}`;
  const { enableLogFileValidation, isMultiRegionTrail } = settingsOf(event) ?? {};
  switch (row.name) {
    case 'StartLogging':
      return [`logging|${name}`];
    case 'PutEventSelectors':
      return leftOut(event.record) === 'nothing' ? [`selectors|${name}`] : [];
    case 'UpdateTrail':
      return [
        ...(enableLogFileValidation === true ? [`validation|${name}`] : []),
        ...(isMultiRegionTrail === true ? [`regions|${name}`] : []),
      ];
    default:
      return [];
  }
}

type Settings = Readonly<Record<string, unknown>>;

/** Settings that say where the log goes and who is told, in words. */
const places: Readonly<Record<string, string>> = {
  s3BucketName: 'bucket',
  s3KeyPrefix: 'prefix in the bucket',
  kmsKeyId: 'KMS key',
  snsTopicName: 'SNS topic',
  cloudWatchLogsLogGroupArn: 'log group',
};

function updated(
  { row }: ChangeEvent,
  name: string,
  called: string,
  now: Settings | undefined,
  before: Settings,
): Draft[] {
  const at = `at ${timeText(row.at)}.`;
  if (!now || Object.keys(now).length === 0) {
    const did = `changed ${called} ${at} The record does not show what: look at the trail.`;
    return [{ alert: alertOf(row, 'trail-updated', 'medium', did), groups: false }];
  }
  const off = (member: string) => now[member] === false && before[member] !== false;
  const validation = off('enableLogFileValidation');
  const regions = off('isMultiRegionTrail');
  const words = [
    validation && 'Log file validation is off: CloudTrail signs no digests any more.',
    regions && 'It records one Region only.',
    off('isOrganizationTrail') && 'It no longer records the organization’s other accounts.',
    off('includeGlobalServiceEvents') && 'It leaves out global services such as IAM.',
    ...Object.entries(places).map(([member, what]) => {
      if (!Object.hasOwn(now, member) || now[member] === before[member]) return false;
      const value = text(now[member]);
      return `The ${what} is ${value ?? 'none'} now${before[member] === undefined ? '' : `, before ${text(before[member]) ?? 'none'}`}.`;
    }),
  ].filter((word) => word !== false);
  if (words.length === 0) return [];
  const did = `changed ${called} ${at} ${words.join(' ')}`;
  if (!validation && !regions) {
    return [{ alert: alertOf(row, 'trail-updated', 'medium', did), groups: false }];
  }
  const undoneBy = validation ? `validation|${name}` : `regions|${name}`;
  return [{ alert: alertOf(row, 'trail-weakened', 'high', did), undoneBy, groups: false }];
}

function settingsOf({ record }: ChangeEvent): Settings | undefined {
  const parameters = parametersOf(record);
  if (!parameters) return undefined;
  const { name: _name, trailName: _trailName, ...settings } = parameters;
  return settings;
}

/** A trail's name, whether the caller wrote its name or its ARN. */
function trailOf({ record }: ChangeEvent): string | undefined {
  const parameters = parametersOf(record);
  const named = text(parameters?.['name']) ?? text(parameters?.['trailName']);
  return named?.replace(/^arn:.*:trail\//, '');
}
