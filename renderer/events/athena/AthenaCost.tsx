import { bytesText, usdText, type AthenaPlan } from '../../../shared/model/events/athena';
import { CodeBlock, KeyValue } from '../../ui';

/** What a question to Athena would read and cost, and what would run. */
export function AthenaCost({ plan }: { plan: AthenaPlan }) {
  const { objects, bytes, costUsd, price, accounts, regions, overLimit } = plan;
  if (objects === 0) {
    return (
      <p className="text-sm text-ink-2">
        There is no log file in this time: there is nothing to ask. Choose another time or bucket.
      </p>
    );
  }
  return (
    <div className="space-y-3">
      <p className="text-sm">
        <b className="text-base font-semibold">About {usdText(costUsd)}</b>: Athena reads{' '}
        {objects.toLocaleString('en')} log files, {bytesText(bytes)}.
      </p>
      {overLimit !== undefined && (
        <p role="alert" className="rounded-md bg-stale-soft px-3 py-2 text-sm text-stale">
          The workgroup cuts queries off at {bytesText(overLimit)}: this one would be cancelled, and
          what it has read by then is charged. Choose a shorter time or another workgroup.
        </p>
      )}
      <p className="text-xs text-ink-3">
        An estimate: US$ {price.usdPerTb} a terabyte, AWS’s price in most Regions as of {price.asOf}
        , at least 10 MB. Requests to S3 and the keeping of the result come on top.
      </p>
      <KeyValue
        rows={[
          { label: 'Accounts', value: shortened(accounts) },
          { label: 'Regions', value: shortened(regions) },
          { label: 'Workgroup', value: plan.workGroup },
          { label: 'Result in', value: plan.outputLocation },
          { label: 'Table', value: `${plan.table}, made where it is not there` },
        ]}
      />
      <details>
        <summary className="cursor-pointer text-xs text-ink-2">
          The statements that would run
        </summary>
        <div className="mt-2">
          <CodeBlock text={plan.statements.join(';\n\n')} label="Statements" />
        </div>
      </details>
    </div>
  );
}

function shortened(names: readonly string[]): string {
  const shown = names.slice(0, 6).join(', ');
  return names.length > 6 ? `${shown} and ${names.length - 6} more` : shown;
}
