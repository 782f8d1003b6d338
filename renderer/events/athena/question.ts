import type { AthenaChoices, AthenaQuestion } from '../../../shared/model/events/athena';

/** A question as it is typed in. */
export interface FormQuestion {
  /** Region and connection, as the list of places has them. */
  readonly place: string;
  readonly uri: string;
  /** Days, `2026-11-24`, both within. */
  readonly from: string;
  readonly to: string;
  readonly workGroup: string;
  readonly outputLocation: string;
  readonly key: string;
  /** Separated by commas or spaces. */
  readonly names: string;
  readonly failuresOnly: boolean;
}

const dayMs = 86_400_000;

/** The last thirty days. */
export function emptyQuestion(place: string, now: Date): FormQuestion {
  return {
    place,
    uri: 's3://',
    from: dayOf(now.getTime() - 30 * dayMs),
    to: dayOf(now.getTime()),
    workGroup: '',
    outputLocation: '',
    key: '',
    names: '',
    failuresOnly: false,
  };
}

export function toQuestion(form: FormQuestion): AthenaQuestion {
  const { place, uri, from, to, workGroup, outputLocation, key, names, failuresOnly } = form;
  const [region = '', ...rest] = place.split(' ');
  return {
    connection: rest.join(' '),
    region,
    uri: uri.trim(),
    since: `${from}T00:00:00Z`,
    // To the end of the day.
    until: new Date(Date.parse(to) + dayMs - 1000).toISOString(),
    workGroup,
    ...(outputLocation.trim() && { outputLocation: outputLocation.trim() }),
    ...(key.trim() && { key: key.trim() }),
    names: names.split(/[\s,]+/).filter(Boolean),
    failuresOnly,
  };
}

/** The place of results is asked for where the workgroup does not say it. */
export function needsLocation({ workGroup }: FormQuestion, choices: AthenaChoices | undefined) {
  const group = choices?.workGroups.find(({ name }) => name === workGroup);
  return group?.outputLocation === undefined;
}

/** Whether there is enough to find out what it costs. */
export function isAnswerable(form: FormQuestion, choices: AthenaChoices | undefined): boolean {
  const { place, uri, from, to, workGroup, outputLocation } = form;
  return (
    place !== '' &&
    choices !== undefined &&
    /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/.*)?$/.test(uri.trim()) &&
    isDay(from) &&
    isDay(to) &&
    from <= to &&
    workGroup !== '' &&
    (!needsLocation(form, choices) || /^s3:\/\/./.test(outputLocation.trim()))
  );
}

/** `2026-11-24`, and a day that there is. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** The workgroup that says where results go and lets most through. */
export function bestWorkGroup({ workGroups }: AthenaChoices): string {
  const limitOf = (limit = Infinity) => limit;
  const [best] = workGroups
    .filter(({ outputLocation }) => outputLocation !== undefined)
    .sort((a, b) => (limitOf(a.bytesLimit) < limitOf(b.bytesLimit) ? 1 : -1));
  return best?.name ?? workGroups[0]?.name ?? 'primary';
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
