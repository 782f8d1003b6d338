import { keyChecks, type KeyCheck, type KeyVerdicts } from '../../../shared/model/keyVerdicts';
import { compareVerdicts } from '../../../shared/model/verdict';
import { VerdictBadge } from '../../ui';
import { CopyPolicy, Part } from './Part';

/** The checks of the key, what needs a person first: reading, reason, remedy. */
export function VerdictsPart({ verdicts }: { verdicts: KeyVerdicts }) {
  const ordered = [...keyChecks].sort((a, b) =>
    compareVerdicts(verdicts[a].value, verdicts[b].value),
  );
  return (
    <Part title="Verdicts">
      <ul className="divide-y divide-line rounded-md border border-line">
        {ordered.map((check) => {
          const { value, reason, remedy, permission } = verdicts[check];
          return (
            <li key={check} className="grid grid-cols-[124px_minmax(0,1fr)] gap-3 px-3 py-2">
              <div className="flex flex-col items-start gap-1">
                <span className="text-sm font-medium">{checkTitles[check]}</span>
                <VerdictBadge value={value} />
              </div>
              <div className="space-y-1 text-sm">
                <p>{reason}</p>
                {remedy && (
                  <p className="text-ink-2">
                    <span className="font-medium">What to do: </span>
                    {remedy}
                  </p>
                )}
                {permission && <CopyPolicy permission={permission} />}
              </div>
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

const checkTitles: Readonly<Record<KeyCheck, string>> = {
  state: 'State',
  rotation: 'Rotation',
  material: 'Imported material',
  policy: 'Key policy',
  tags: 'Tags',
};
