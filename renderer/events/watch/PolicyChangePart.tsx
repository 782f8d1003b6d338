import { diffLines } from 'diff';
import type { Alert, PolicyEntry } from '../../../shared/model/events/findings';
import { Badge, CodeBlock, cx, prettyJson, Time } from '../../ui';

/** A changed policy: who gained and who lost what, then the texts line by line. */
export function PolicyChangePart({ change }: { change: NonNullable<Alert['policyChange']> }) {
  const { gained, lost, before, beforeFrom, after } = change;
  return (
    <div className="flex flex-col gap-3">
      {beforeFrom && (
        <p className="text-xs text-ink-2">
          Compared with{' '}
          {beforeFrom.kind === 'event' ? 'what an earlier event put on' : 'the inventory of'}{' '}
          <Time iso={beforeFrom.at} precision="minute" zone />.
        </p>
      )}
      {gained.length > 0 && (
        <Entries title={before === undefined ? 'It allows' : 'Gained'} entries={gained} />
      )}
      {lost.length > 0 && <Entries title="Lost" entries={lost} />}
      {before === undefined ? (
        <CodeBlock text={prettyJson(after)} label="Policy as it was put" />
      ) : (
        <TextDiff before={prettyJson(before)} after={prettyJson(after)} />
      )}
    </div>
  );
}

function Entries({ title, entries }: { title: string; entries: readonly PolicyEntry[] }) {
  return (
    <div>
      <h4 className="text-xs font-medium text-ink-2">{title}</h4>
      <ul className="mt-1 flex flex-col gap-2">
        {entries.map((entry) => (
          <li key={JSON.stringify(entry)} className="text-sm select-text">
            <span className="font-mono text-xs break-all">{entry.principal}</span>
            <span className="block text-xs break-words text-ink-2">{entry.actions.join(', ')}</span>
            <span className="mt-0.5 flex flex-wrap gap-1">
              {marks(entry).map((mark) => (
                <Badge key={mark} tone={title === 'Lost' ? 'quiet' : 'fail'}>
                  {mark}
                </Badge>
              ))}
              {entry.conditions !== undefined && <Badge>under a condition</Badge>}
              {entry.effect === 'deny' && <Badge>by a Deny</Badge>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const powerWords: Readonly<Record<string, string>> = {
  everything: 'everything',
  Decrypt: 'can decrypt',
  CreateGrant: 'can pass it on',
  PutKeyPolicy: 'can change the policy',
};

function marks({ everybody, otherAccount, powers }: PolicyEntry): string[] {
  return [
    ...(everybody ? ['everybody'] : []),
    ...(otherAccount === undefined ? [] : [`account ${otherAccount}`]),
    ...powers.map((power) => powerWords[power] ?? power),
  ];
}

/** Both texts in one, with what went and what came marked by sign, word and colour. */
function TextDiff({ before, after }: { before: string; after: string }) {
  const parts = diffLines(`${before}\n`, `${after}\n`);
  return (
    <figure className="overflow-hidden rounded-md border border-line">
      <figcaption className="border-b bg-sunken px-3 py-1.5 text-xs text-ink-2">
        The policy before and after
      </figcaption>
      <section
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region needs the keyboard
        tabIndex={0}
        aria-label="The policy before and after"
        className="max-h-96 overflow-auto bg-surface outline-offset-[-2px]"
      >
        <pre className="w-max min-w-full py-2 font-mono text-xs leading-[18px] text-ink select-text">
          {parts.map((part, index) => {
            const Tag = part.added ? 'ins' : part.removed ? 'del' : 'span';
            const sign = part.added ? '+' : part.removed ? '-' : ' ';
            const lines = part.value.replace(/\n$/, '').split('\n');
            return (
              <Tag
                // oxlint-disable-next-line react/no-array-index-key -- the parts of one text never move
                key={index}
                className={cx(
                  'block px-3 no-underline',
                  part.added && 'bg-pass-soft',
                  part.removed && 'bg-fail-soft',
                )}
              >
                {lines.map((line) => `${sign} ${line}`).join('\n')}
              </Tag>
            );
          })}
        </pre>
      </section>
    </figure>
  );
}
