import type { ReactNode } from 'react';
import { bytesText, type AthenaChoices } from '../../../shared/model/events/athena';
import { Checkbox, Select, TextField } from '../../ui';
import { isDay, needsLocation, type FormQuestion } from './question';

const other = 'another';
const noDay = 'Write a day as 2026-11-24.';

/** What Athena should search, and for what. */
export function AthenaForm({
  question,
  places,
  choices,
  onChange,
}: {
  question: FormQuestion;
  places: readonly { value: string; label: string }[];
  /** Undefined until they are known. */
  choices: AthenaChoices | undefined;
  onChange: (changes: Partial<FormQuestion>) => void;
}) {
  const { trails = [], workGroups = [], problems = [] } = choices ?? {};
  const trail = trails.find(({ uri }) => uri === question.uri);
  const groups =
    workGroups.length > 0
      ? workGroups
      : [{ name: question.workGroup || 'primary', enforced: false }];
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-3">
      <Field label="Account and Region">
        <Select
          label="Account and Region"
          className="w-full"
          value={question.place}
          options={places}
          onChange={(place) => onChange({ place })}
        />
      </Field>
      <Field label="Trail">
        <Select
          label="Trail"
          className="w-full"
          value={trail?.uri ?? other}
          options={[
            ...trails.map(({ uri, name, organization }) => ({
              value: uri,
              label: organization ? `${name}, of the organisation` : name,
            })),
            { value: other, label: 'Another bucket' },
          ]}
          onChange={(uri) => onChange({ uri: uri === other ? 's3://' : uri })}
        />
      </Field>
      <TextField
        className="col-span-2"
        label="Bucket"
        value={question.uri}
        onChange={(uri) => onChange({ uri })}
        placeholder="s3://bucket/prefix"
      />
      <TextField
        label="From (UTC)"
        placeholder="2026-11-01"
        value={question.from}
        onChange={(from) => onChange({ from })}
        error={
          isDay(question.from)
            ? question.from > question.to
              ? 'It begins after its end.'
              : undefined
            : noDay
        }
      />
      <TextField
        label="To, the whole day"
        placeholder="2026-11-30"
        value={question.to}
        onChange={(to) => onChange({ to })}
        error={isDay(question.to) ? undefined : noDay}
      />
      <Field label="Athena’s workgroup">
        <Select
          label="Workgroup"
          className="w-full"
          value={question.workGroup || (groups[0]?.name ?? '')}
          options={groups.map(({ name, bytesLimit }) => ({
            value: name,
            label: bytesLimit === undefined ? name : `${name}, up to ${bytesText(bytesLimit)}`,
          }))}
          onChange={(workGroup) => onChange({ workGroup })}
        />
      </Field>
      {needsLocation(question, choices) ? (
        <TextField
          label="Where results go"
          value={question.outputLocation}
          onChange={(outputLocation) => onChange({ outputLocation })}
          placeholder="s3://bucket/prefix/"
          hint="The workgroup does not say it."
        />
      ) : (
        <Field label="Where results go">
          <p className="flex h-control items-center truncate text-sm text-ink-2">
            {workGroups.find(({ name }) => name === question.workGroup)?.outputLocation}
          </p>
        </Field>
      )}
      <TextField
        label="Only of this key"
        value={question.key}
        onChange={(key) => onChange({ key })}
        placeholder="ARN, id or alias"
      />
      <TextField
        label="Only these events"
        value={question.names}
        onChange={(names) => onChange({ names })}
        placeholder="Decrypt, ScheduleKeyDeletion"
      />
      <Checkbox
        className="col-span-2"
        checked={question.failuresOnly}
        onChange={(failuresOnly) => onChange({ failuresOnly })}
      >
        Only calls that failed
      </Checkbox>
      {problems.map((problem) => (
        <p key={problem} className="col-span-2 text-xs text-stale">
          {problem}
        </p>
      ))}
    </div>
  );
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <span className="mb-1 block text-xs font-medium text-ink-2">{label}</span>
      {children}
    </div>
  );
}
