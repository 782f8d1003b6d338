import { ArrowLeft } from 'lucide-react';
import { useClient, useScreen } from '../../app';
import { navigate } from '../../app/location';
import { useAnswer } from '../../app/useAnswer';
import { Button, cx, ErrorPanel, Loading, ScreenHeader } from '../../ui';
import { drillsPath } from '../places';
import { duration } from '../words';

/** Two drills side by side, step by step. */
export function CompareScreen({ before, after }: { before: string; after: string }) {
  const { drills } = useClient();
  useScreen({});
  const { value, error, retry } = useAnswer(
    (signal) => drills.compare({ before, after }, { signal }),
    `${before} ${after}`,
  );
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <ScreenHeader title="Two drills compared">
        <Button icon={ArrowLeft} onClick={() => navigate(drillsPath({ kind: 'list' }))}>
          All drills
        </Button>
      </ScreenHeader>
      <section
        aria-label="Step by step"
        // oxlint-disable-next-line no-noninteractive-tabindex -- what scrolls must be reached by keyboard (WCAG 2.1.1)
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto p-4 outline-offset-[-2px]"
      >
        {error && <ErrorPanel error={error} onRetry={retry} />}
        {!value && !error && <Loading label="Comparing" />}
        {value && (
          <table className="w-full max-w-200 text-sm">
            <thead>
              <tr className="border-b text-left">
                <th scope="col" className="py-1 label-text">
                  Step
                </th>
                <th scope="col" className="label-text">
                  Before: {before}
                </th>
                <th scope="col" className="label-text">
                  After: {after}
                </th>
              </tr>
            </thead>
            <tbody>
              <tr className="border-b">
                <th scope="row" className="py-1.5 text-left font-semibold">
                  All
                </th>
                <td>
                  {value.results.before}, {duration(value.totalSeconds.before)}
                </td>
                <td>
                  {value.results.after}, {duration(value.totalSeconds.after)}
                </td>
              </tr>
              {value.steps.map((step) => (
                <tr key={step.step} className="border-b">
                  <th scope="row" className="py-1.5 text-left font-normal">
                    {step.title}
                  </th>
                  <td className="text-ink-2">{side(step.before)}</td>
                  <td className={cx(step.after?.outcome === 'failed' && 'text-fail')}>
                    {side(step.after)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </div>
  );
}

function side(
  one: { readonly outcome?: string | undefined; readonly seconds?: number | undefined } | undefined,
): string {
  if (!one) return 'not in this plan';
  const time = one.seconds === undefined ? '' : `, ${duration(one.seconds)}`;
  return `${one.outcome ?? 'not done'}${time}`;
}
