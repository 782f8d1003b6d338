import { ArrowRight } from 'lucide-react';
import type { AccountFact, FactId } from '../../../shared/model/adviser/account/fact';
import type { ClavigerClient } from '../../../shared/contract';
import type { useAnswer } from '../../app/useAnswer';
import { navigate } from '../../app/location';
import { Button, cx, ErrorPanel, Loading, Part, Time, VerdictBadge } from '../../ui';

type Account = Awaited<ReturnType<ClavigerClient['adviser']['account']>>;
/** What main says of the chosen accounts, or why it does not. */
export type AccountAnswer = ReturnType<typeof useAnswer<Account>>;

/** What the chosen accounts have already for the scenario, each with its scope and its time. */
export function AccountPart({
  account: { value, error, retry },
  wanted,
}: {
  account: AccountAnswer;
  wanted: readonly FactId[];
}) {
  return (
    <Part title="What the chosen accounts have for it">
      {error && <ErrorPanel compact error={error} onRetry={retry} />}
      {!value && !error && <Loading label="Reading what is there" rows={3} />}
      {value && (
        <ul className="divide-y divide-line rounded-md border border-line">
          {wanted.flatMap((id) => {
            const fact = value.facts.find((one) => one.id === id);
            return fact ? [<FactRow key={id} fact={fact} />] : [];
          })}
        </ul>
      )}
    </Part>
  );
}

function FactRow({ fact: { title, text, scope, asOf, missing, link } }: { fact: AccountFact }) {
  return (
    <li className="flex items-start gap-3 px-3 py-2 text-sm">
      <div className="min-w-0 flex-1">
        <p className={cx(text === undefined && 'flex items-center gap-1.5')}>
          <b className="font-medium">{title}.</b>{' '}
          {text ?? <VerdictBadge value="cannot-tell" plain />}
        </p>
        {missing.map((sentence) => (
          <p key={sentence} className="mt-0.5 flex gap-1.5 text-xs text-ink-2">
            {text !== undefined && (
              <span className="shrink-0">
                <VerdictBadge value="cannot-tell" plain />
              </span>
            )}
            <span className="min-w-0 break-words">{sentence}</span>
          </p>
        ))}
        <p className="mt-0.5 text-xs text-ink-3">
          {scope}
          {asOf !== undefined && (
            <>
              , as of <Time iso={asOf} precision="minute" bare />
            </>
          )}
        </p>
      </div>
      <Button
        variant="ghost"
        icon={ArrowRight}
        onClick={() => navigate(link.to)}
        className="print:hidden"
      >
        {link.label}
      </Button>
    </li>
  );
}
